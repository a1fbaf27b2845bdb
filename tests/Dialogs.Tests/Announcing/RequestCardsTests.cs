using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A request may be shown on several cards; once it is decided, none of them offers anything any more.</summary>
public sealed class RequestCardsTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_has_one_card_with_buttons_in_a_conversation_however_often_it_is_asked_for()
    {
        await AskedAsync();
        foreach (var person in new[] { "max", "max", "you" })
            await _bench.SayAsync(person, "approvals", Now);

        Cards().Count(card => card.Waits).ShouldBe(2, "one for each of the two who may approve");
        _bench.SeenBy("max").Count(text => text == "a1: raise the daily budget of Facebook installs US CA from $500 to $700. Shown again further down.").ShouldBe(2);
        _bench.SeenBy("max")[^2].ShouldStartWith("Request a1");
    }

    [Fact]
    public async Task Every_card_of_a_request_says_who_decided_it_also_where_it_was_shown_again()
    {
        await AskedAsync();
        foreach (var person in new[] { "max", "max", "you" })
            await _bench.SayAsync(person, "approvals", Now);

        await _bench.SayAsync("max", "approve a1", Now);

        var cards = Cards();
        cards.Count.ShouldBe(2, "one for each of the two who may approve");
        cards.ShouldAllBe(card => !card.Waits && card.Outcome.StartsWith("Approved by max at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("approve a1", "a1 was approved by max at 2026-03-02 07:00 (UTC-05:00): raise the daily budget of Facebook installs US CA from $500 to $700. It is done; \"status\" shows how things stand.")]
    [InlineData("reject a1 too much", "a1 was rejected by max at 2026-03-02 07:00 (UTC-05:00): too much. Nothing was changed. If it is still wanted, it has to be asked for anew.")]
    public async Task Who_comes_late_hears_who_decided_and_when_and_what_to_do(string decision, string heard)
    {
        await AskedAsync();
        await _bench.SayAsync("max", decision, Now);

        await _bench.SayAsync("you", "approve a1", Now);
        var typed = _bench.SeenBy("you")[^1];
        await PressAsync("you", "approve", await RequestAsync());
        await PressAsync("max", "reject", await RequestAsync());

        typed.ShouldBe(heard);
        _bench.SeenBy("you")[^1].ShouldBe(heard);
        _bench.SeenBy("max")[^1].ShouldBe(heard);
    }

    [Fact]
    public async Task A_request_that_another_took_the_place_of_says_so()
    {
        await AskedAsync();
        await _bench.SayAsync("ana", "set budget c1 $720", Now);
        await YesAsync("ana");

        await _bench.SayAsync("max", "approve a1", Now);

        _bench.SeenBy("max")[^1].ShouldBe(
            "a1 was withdrawn at 2026-03-02 07:00 (UTC-05:00): a newer request took its place. Nothing was changed. If it is still wanted, it has to be asked for anew.");
        (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.DailyBudget.ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task An_amount_that_cannot_be_read_is_explained_with_the_campaign_that_was_meant()
    {
        await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        await _bench.Core.Campaigns.AddAsync(A.Campaign(id: "c-2") with { Spec = A.Campaign().Spec with { Name = "Another" } }, Now);

        await _bench.SayAsync("ana", "set budget c2 five hundred", Now);

        _bench.SeenBy("ana")[^1].ShouldEndWith("For example: set budget c2 $600");
    }

    [Fact]
    public async Task A_request_decided_just_before_a_crash_is_closed_and_answered_once_after_the_restart()
    {
        await AskedAsync();
        await DecidedBeforeTheCrashAsync();

        await RestartAsync();
        await RestartAsync();

        Cards().ShouldAllBe(card => !card.Waits && card.Outcome.StartsWith("Rejected by max at ", StringComparison.Ordinal));
        Answers().ShouldBe(["max rejected your request a1: raise the daily budget of Facebook installs US CA from $500 to $700. Why: too much. Nothing was changed."]);
    }

    [Fact]
    public async Task A_request_decided_more_than_three_days_before_the_restart_is_left_as_it_is()
    {
        await AskedAsync();
        await DecidedBeforeTheCrashAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(73));

        await RestartAsync();

        Answers().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_asker_who_cannot_be_reached_hears_it_when_the_chat_is_back()
    {
        await AskedAsync();
        await DecidedBeforeTheCrashAsync();
        _bench.Channel.IsAway = _ => true;
        var announcer = await RestartAsync();

        _bench.Channel.IsAway = _ => false;
        await announcer.TellUntoldAsync(Now);

        Answers().ShouldHaveSingleItem();
        Cards().ShouldAllBe(card => !card.Waits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whoever_asked_is_told_once_at_whichever_look_the_decision_falls(int look)
    {
        await AskedAsync();
        var looks = 0;
        _bench.Core.ApprovalStore.Found = () => ++looks == look ? DecidedBeforeTheCrashAsync() : Task.CompletedTask;
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
        _bench.Core.ApprovalStore.Found = null;
        if (looks < look)
            await DecidedBeforeTheCrashAsync();

        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);

        Answers().ShouldHaveSingleItem();
        Cards().ShouldAllBe(card => !card.Waits);
    }

    /// <summary>It is on record, and the process ended before anybody heard.</summary>
    private async Task DecidedBeforeTheCrashAsync() => await _bench.Core.ApprovalStore.ChangeAsync(
        (await RequestAsync()).Id,
        now => now with
        {
            State = ApprovalState.Rejected, DecidedBy = new PersonId("max"), DecidedAt = _bench.Core.Machine.GetUtcNow(), Why = "too much", CarriedOut = true,
        },
        Now);

    private async Task<FeedAnnouncer> RestartAsync()
    {
        var core = _bench.Core;
        var board = new ApprovalBoard(core.ApprovalStore, core.Approvals, _bench.Facts, _bench.Audience, _bench.Conversations, _bench.Chat);
        var announcer = new FeedAnnouncer(core.Feed, _bench.IncidentNews, core.Incidents, board, _bench.News, core.Settings, core.Machine, NullLogger<FeedAnnouncer>.Instance);
        await announcer.CatchUpAsync(Now);
        return announcer;
    }

    private List<ApprovalCard> Cards() => [.. _bench.Channel.All.Select(post => post.Message.Card).OfType<ApprovalCard>()];

    private List<string> Answers() => [.. _bench.SeenBy("ana").Where(said => said.Contains("your request a1", StringComparison.Ordinal))];

    private async Task AskedAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
        await _bench.SayAsync("ana", "set budget c1 $700", Now);
        await YesAsync("ana");
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
    }

    private async Task<PendingApproval> RequestAsync() => (await _bench.Core.ApprovalStore.LatestAsync(WorkspaceId.Local, 1, Now))[0];

    private async Task YesAsync(string person) =>
        await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn(person, "yes"), Now), yes: true, null, Now);

    private async Task PressAsync(string person, string verb, PendingApproval request)
    {
        var action = ChatBench.Press($"approval.{verb}", ("_target", request.Handle), ("_rev", request.Shown.Value));
        await _bench.Runner.TryPressAsync(verb, action, await _bench.ContextAsync(_bench.Turn(person, null, action), Now), Now);
    }
}
