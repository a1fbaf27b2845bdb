using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A chat that takes what it is given and does not answer: nobody else waits for it, and it gets everything once when it answers.</summary>
public sealed class HangingChatTests
{
    private static readonly ConversationId Ana = new("local/ana");
    private static readonly ConversationId Channel = new("local/meta-feed");

    private readonly ChatBench _bench = new();
    private readonly TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HangingChatTests()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, Channel.Value, "", Channel.Value, []));
        _bench.Core.Campaigns.With(A.Campaign(id: "c-1") with { Handle = "c-1", Spec = A.Spec("Spring") });
        _bench.Channel.Takes = place => place == Channel ? _answers.Task : Task.CompletedTask;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_stop_and_the_news_after_it_are_told_to_the_others_within_seconds()
    {
        var stop = StopAsync();
        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("daily cap");
        stop.IsCompleted.ShouldBeFalse();
        await PassAsync(stop, ChatDesk.Patience);

        // The second does not even wait.
        await NewsAsync("running").WaitAsync(TestContext.Current.CancellationToken);

        _bench.SeenBy("ana").Count.ShouldBe(2);
        _bench.SeenBy("meta-feed").ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task When_it_answers_it_shows_what_it_was_given_once_and_gets_the_rest()
    {
        await PassAsync(StopAsync(), ChatDesk.Patience);
        await NewsAsync("running").WaitAsync(TestContext.Current.CancellationToken);

        _answers.SetResult();
        await UntilSeenAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        await _bench.Announcer.TellUntoldAsync(TestContext.Current.CancellationToken);

        var seen = _bench.SeenBy("meta-feed");
        seen.Count.ShouldBe(2);
        seen.ShouldContain(text => text.Contains("daily cap", StringComparison.Ordinal));
        seen.ShouldContain(text => text.Contains("running", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task News_that_was_shown_late_is_not_told_again()
    {
        await PassAsync(NewsAsync("running"), ChatDesk.Patience);

        _answers.SetResult();
        await UntilSeenAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        await _bench.Announcer.TellUntoldAsync(TestContext.Current.CancellationToken);

        _bench.SeenBy("meta-feed").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_urgent_is_tried_beside_what_hangs_and_once_at_a_time()
    {
        await PassAsync(NewsAsync("running"), ChatDesk.Patience);
        var tried = 0;
        _bench.Channel.Takes = _ =>
        {
            tried++;
            return _answers.Task;
        };

        await Should.ThrowAsync<SlowChatException>(() => _bench.Chat.AnnounceAsync(Channel, "news/2", new ChatMessage("scaled"), Now));
        tried.ShouldBe(0);

        var stop = _bench.Chat.AnnounceAsync(Channel, "incident/1", new ChatMessage("stopped") { Urgent = true }, Now);
        tried.ShouldBe(1);
        _bench.Core.Machine.Advance(ChatDesk.Patience);
        await Should.ThrowAsync<SlowChatException>(() => stop);
        await Should.ThrowAsync<SlowChatException>(() => _bench.Chat.AnnounceAsync(Channel, "incident/1", new ChatMessage("stopped") { Urgent = true }, Now));
        tried.ShouldBe(1);
    }

    private async Task UntilSeenAsync()
    {
        while (_bench.SeenBy("meta-feed").Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Now);

        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Now);
    }

    private async Task PassAsync(Task told, TimeSpan time)
    {
        _bench.Core.Machine.Advance(time);
        await told.WaitAsync(Now);
    }

    private async Task StopAsync()
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Spring", new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
                Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open),
            Now);
        await TellAsync(Happened("stopped") with { Incident = incident.Id, Kind = FeedKind.EmergencyStop });
    }

    private Task NewsAsync(string action) => TellAsync(Happened(action));

    private async Task TellAsync(FeedEvent happened) => await _bench.Announcer.TellAsync(await _bench.Core.Feed.PublishAsync(happened, Now), Now);

    private static FeedEvent Happened(string action) => new(
        0, A.Noon, WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Spring", FeedKind.Launch, Severity.High, action, "because", PersonId.Agent);
}
