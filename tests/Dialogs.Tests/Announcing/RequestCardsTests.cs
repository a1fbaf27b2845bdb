using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A request may be shown on several cards; once it is decided, none of them offers anything any more.</summary>
public sealed class RequestCardsTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_of_a_request_says_who_decided_it_also_where_it_was_shown_three_times()
    {
        await AskedAsync();
        foreach (var person in new[] { "max", "max", "you" })
            await _bench.SayAsync(person, "approvals", Now);

        await _bench.SayAsync("max", "approve a1", Now);

        var cards = _bench.Channel.All.Select(post => post.Message.Card).OfType<ApprovalCard>().ToList();
        cards.Count.ShouldBe(5, "one to each of the two who may approve, and three that were asked for");
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
