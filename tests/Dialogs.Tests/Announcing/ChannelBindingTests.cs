using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>Two accounts with channels and on-call people of their own: nothing of the one reaches those of the other.</summary>
public sealed class ChannelBindingTests
{
    private static readonly AdAccount Meta = A.Account();
    private static readonly AdAccount Google = A.Account("Google");

    private readonly ChatBench _bench = new();

    public ChannelBindingTests()
    {
        _bench.Core.Accounts.Add(Google);
        _bench.Core.Accounts.Bind(new ChannelBinding(Meta.Id, "local/meta-feed", "local/meta-approvals", "local/meta-incidents", [FakePeople.Olga.Id]));
        _bench.Core.Accounts.Bind(new ChannelBinding(Google.Id, "local/google-feed", "local/google-approvals", "local/google-incidents", [FakePeople.Max.Id]));
        _bench.Core.Campaigns.With(CampaignOf(Meta));
        _bench.Core.Campaigns.With(CampaignOf(Google));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task News_goes_to_the_feed_channel_of_its_account_and_to_where_it_was_launched()
    {
        await NewsAsync(Google, FeedKind.Launch, "running at $500 a day");

        Reached().ShouldBe(["local/ana", "local/google-feed"]);
    }

    [Fact]
    public async Task What_the_agent_does_is_one_quiet_message_a_day_in_the_feed_channel_too()
    {
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $9 → $8");
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $8 → $7");

        _bench.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("bid $8 → $7");
        Reached().ShouldBe(["local/ana", "local/meta-feed"]);
    }

    [Fact]
    public async Task The_quiet_message_is_of_the_account_s_day_and_not_of_UTC_s()
    {
        var midnight = Meta.DayAt(A.Noon).End(Meta.Zone());
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $9 → $8");
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $8 → $7", midnight.AddMinutes(-5));
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $7 → $6", midnight.AddMinutes(5));

        _bench.SeenBy("meta-feed").Count.ShouldBe(2);
        _bench.SeenBy("meta-feed")[0].ShouldContain("bid $9 → $8");
        _bench.SeenBy("meta-feed")[0].ShouldContain("bid $8 → $7");
        _bench.SeenBy("meta-feed")[1].ShouldNotContain("bid $8 → $7");
    }

    [Fact]
    public async Task After_a_restart_the_quiet_message_goes_on_with_the_account_s_day()
    {
        var midnight = Meta.DayAt(A.Noon).End(Meta.Zone());
        await PublishAsync(Meta, FeedKind.BidAdjustment, "bid $9 → $8", midnight.AddMinutes(-20));

        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $8 → $7", midnight.AddMinutes(-5));

        _bench.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("bid $9 → $8");
    }

    [Fact]
    public async Task Missed_news_is_told_in_the_feed_channel_of_its_account_too()
    {
        await _bench.Announcer.CatchUpAsync(Now);
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $9 → $8");
        await PublishAsync(Meta, FeedKind.BidAdjustment, "bid $8 → $7");

        await _bench.Announcer.CatchUpAsync(Now);

        _bench.SeenBy("meta-feed")[^1].ShouldStartWith("Meanwhile");
    }

    [Fact]
    public async Task What_concerns_every_account_is_told_in_every_feed_channel_and_to_whoever_answers_for_a_campaign()
    {
        await _bench.SayAsync("olga", "freeze everything", Now);
        await _bench.Announcer.TellAsync(_bench.Core.Feed.All[^1], Now);

        Reached().ShouldBe(["local/ana", "local/google-feed", "local/meta-feed", "local/olga", "local/you"]);
    }

    [Fact]
    public async Task The_first_checkpoint_of_a_day_is_a_line_of_the_day_s_quiet_message_in_every_feed_channel()
    {
        await _bench.Announcer.TellAsync(await CheckpointAsync(), Now);
        await NewsAsync(Meta, FeedKind.BidAdjustment, "bid $9 → $8");

        Reached().ShouldBe(["local/ana", "local/google-feed", "local/meta-feed"]);
        var told = _bench.SeenBy("meta-feed").ShouldHaveSingleItem();
        told.ShouldContain("bid $9 → $8");
        told.ShouldContain("audit checkpoint after 100 entries (head of the chain)");
        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldNotContain("checkpoint");
    }

    [Fact]
    public async Task Later_checkpoints_of_a_day_edit_nothing()
    {
        await _bench.Announcer.TellAsync(await CheckpointAsync(), Now);
        var before = _bench.Channel.All.Count;

        for (var more = 2; more < 30; more++)
            await _bench.Announcer.TellAsync(await CheckpointAsync(more * 100), Now);

        _bench.Channel.All.Count.ShouldBe(before);
        _bench.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("after 100 entries");
    }

    [Fact]
    public async Task What_happened_last_is_not_crowded_out_by_checkpoints_of_the_audit_trail()
    {
        await PublishAsync(Meta, FeedKind.Launch, "running at $500 a day");
        for (var count = 0; count < 120; count++)
            await CheckpointAsync();

        await _bench.SayAsync("ana", "feed", Now);

        _bench.SeenBy("ana")[^1].ShouldContain("running at $500 a day");
        _bench.SeenBy("ana")[^1].ShouldNotContain("checkpoint");
    }

    [Fact]
    public async Task An_incident_goes_to_the_incidents_channel_and_calls_the_on_call_people_of_its_account()
    {
        await IncidentAsync(Google);

        Reached().ShouldBe(["local/ana", "local/google-incidents", "local/max"]);
    }

    [Fact]
    public async Task An_incident_of_everything_goes_to_the_channels_and_people_of_every_account()
    {
        await IncidentAsync(Meta, Incident.OfEverything);

        Reached().ShouldBe(["local/google-incidents", "local/max", "local/meta-incidents", "local/olga"]);
    }

    [Fact]
    public async Task A_request_goes_to_the_approvals_channel_of_its_account_and_to_whoever_may_decide()
    {
        await RequestAsync(Meta);

        Reached().ShouldBe(["local/max", "local/meta-approvals", "local/you"]);
    }

    [Fact]
    public async Task A_channel_that_is_a_persons_own_conversation_gets_one_message()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(Meta.Id, "local/ana", "local/you", "local/olga", [FakePeople.Olga.Id]));

        await NewsAsync(Meta, FeedKind.Launch, "running at $500 a day");
        await IncidentAsync(Meta);

        _bench.SeenBy("ana").Count.ShouldBe(2);
        _bench.SeenBy("olga").ShouldHaveSingleItem();
    }

    private IEnumerable<string> Reached() => _bench.Channel.All.Select(post => post.Conversation.Value).Distinct().Order(StringComparer.Ordinal);

    private static Campaign CampaignOf(AdAccount account) =>
        A.Campaign(id: account.Network.Value) with { Spec = A.Spec(network: account.Network.Value), Handle = account.Network.Value };

    private async Task NewsAsync(AdAccount account, FeedKind kind, string action, DateTimeOffset? at = null) => await _bench.Announcer.TellAsync(await PublishAsync(account, kind, action, at), Now);

    private Task<FeedEvent> PublishAsync(AdAccount account, FeedKind kind, string action, DateTimeOffset? at = null) => _bench.Core.Feed.PublishAsync(
        new FeedEvent(
            0, at ?? A.Noon, WorkspaceId.Local, account.Id, CampaignOf(account).Id, CampaignOf(account).Name, kind, Severity.Low, action, "because", PersonId.Agent),
        Now);

    private Task<FeedEvent> CheckpointAsync(int entries = 100) => _bench.Core.Feed.PublishAsync(
        new FeedEvent(
            0, A.Noon, WorkspaceId.Local, null, null, "audit trail", FeedKind.Checkpoint, Severity.Low, $"audit checkpoint after {entries} entries", "head of the chain",
            PersonId.System),
        Now);

    private async Task IncidentAsync(AdAccount account, CampaignId? about = null)
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, account.Id, about ?? CampaignOf(account).Id, CampaignOf(account).Name, new RuleId("daily-spend-cap"),
                Remedy.PauseCampaign, Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open)
            {
                PauseConfirmed = true,
            },
            Now);
        await _bench.Board.ShowAsync(incident.Id, Now);
    }

    private async Task RequestAsync(AdAccount account)
    {
        await _bench.Core.ApprovalStore.AddAsync(
            new PendingApproval(
                ApprovalId.New(), WorkspaceId.Local, account.Id, ApprovalKind.Launch, "d-1", Digest.Of("shown"), "launch it", FakePeople.Ana.Id, A.Noon,
                ApprovalState.Waiting),
            Now);
        await _bench.Approvals.ShowWaitingAsync(WorkspaceId.Local, Now);
    }
}
