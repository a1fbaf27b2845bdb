using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A chat that cannot be reached for a while: what happened meanwhile is told when it is back.</summary>
public sealed class AwayChatTests
{
    private static readonly ConversationId Ana = new("local/ana");
    private static readonly ConversationId Channel = new("local/meta-feed");

    private readonly ChatBench _bench = new();

    public AwayChatTests()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, Channel.Value, "", "", []));
        _bench.Core.Campaigns.With(CampaignOf("c-1", "Spring"));
        _bench.Core.Campaigns.With(CampaignOf("c-2", "Autumn"));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_gets_its_backlog_in_order_with_one_message_for_each_campaign()
    {
        Away(Channel);
        for (var number = 1; number <= 10; number++)
            await NewsAsync("c-1", "Spring", $"step {number}");
        await NewsAsync("c-2", "Autumn", "another step");

        await AgainAsync();
        _bench.SeenBy("meta-feed").ShouldBeEmpty();
        Away();
        await AgainAsync();
        await AgainAsync();

        var told = _bench.SeenBy("meta-feed");
        told.Count.ShouldBe(2);
        told[0].ShouldStartWith("Meanwhile in Spring (the last 8 of 10)");
        told[1].ShouldStartWith("Meanwhile in Autumn");
    }

    [Fact]
    public async Task The_others_are_told_at_once_and_only_once()
    {
        Away(Channel);

        await NewsAsync("c-1", "Spring", "running");
        await AgainAsync();
        Away();
        await AgainAsync();
        await AgainAsync();

        _bench.Channel.In(Ana).ShouldHaveSingleItem().Edits.ShouldBe(0);
        _bench.Channel.In(Channel).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_comes_later_waits_behind_it()
    {
        Away(Channel);
        await NewsAsync("c-1", "Spring", "first");
        Away();

        await NewsAsync("c-1", "Spring", "second");
        _bench.SeenBy("meta-feed").ShouldBeEmpty();
        await AgainAsync();

        _bench.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("second");
        await NewsAsync("c-1", "Spring", "third");
        _bench.SeenBy("meta-feed").Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_outlives_a_restart()
    {
        Away(Channel);
        await NewsAsync("c-1", "Spring", "running");

        var after = new ChatBench(_bench.Core);
        await after.Announcer.CatchUpAsync(Now);
        await after.Announcer.TellUntoldAsync(Now);

        after.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("running");
    }

    [Fact]
    public async Task Of_very_much_the_newest_is_kept()
    {
        Away(Channel);
        for (var number = 1; number <= 300; number++)
            await NewsAsync("c-1", "Spring", $"step {number}");

        Away();
        await AgainAsync();

        _bench.SeenBy("meta-feed").ShouldHaveSingleItem().ShouldContain("step 300");
        _bench.SeenBy("meta-feed")[0].ShouldStartWith("Meanwhile in Spring (the last 8 of 200)");
    }

    [Fact]
    public async Task It_is_tried_again_after_growing_pauses()
    {
        var tries = 0;
        _bench.Channel.IsAway = place => place == Channel && ++tries > 0;
        await NewsAsync("c-1", "Spring", "running");

        for (var second = 0; second < 3600; second += 30)
            await AgainAsync();

        tries.ShouldBeInRange(12, 18);
    }

    [Fact]
    public async Task An_incident_is_shown_when_the_chat_is_back()
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Spring", new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
                Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Open),
            Now);
        Away(Ana);
        await _bench.Announcer.TellAsync(
            await _bench.Core.Feed.PublishAsync(Happened("c-1", "Spring", "stopped") with { Incident = incident.Id, Kind = FeedKind.EmergencyStop }, Now), Now);
        _bench.SeenBy("ana").ShouldBeEmpty();

        Away();
        await AgainAsync();

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("daily cap");
    }

    [Fact]
    public async Task A_request_reaches_the_others_at_once_and_the_one_who_was_away_later()
    {
        await _bench.Core.ApprovalStore.AddAsync(
            new PendingApproval(
                ApprovalId.New(), WorkspaceId.Local, A.Account().Id, ApprovalKind.Launch, "d-1", Digest.Of("shown"), "launch it", FakePeople.Ana.Id, A.Noon,
                ApprovalState.Waiting),
            Now);
        Away(new ConversationId("local/max"));
        await _bench.Announcer.TellAsync(await _bench.Core.Feed.PublishAsync(Happened(null, "a1", "asked") with { Kind = FeedKind.Approval }, Now), Now);
        _bench.SeenBy("you").ShouldHaveSingleItem();
        _bench.SeenBy("max").ShouldBeEmpty();

        Away();
        await AgainAsync();

        _bench.SeenBy("max").ShouldHaveSingleItem();
    }

    private void Away(params IReadOnlyList<ConversationId> places) => _bench.Channel.IsAway = places.Contains;

    private async Task AgainAsync()
    {
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
        await _bench.Announcer.TellUntoldAsync(Now);
    }

    private static Campaign CampaignOf(string id, string name) => A.Campaign(id: id) with { Handle = id, Spec = A.Spec(name) };

    private async Task NewsAsync(string campaign, string name, string action) =>
        await _bench.Announcer.TellAsync(await _bench.Core.Feed.PublishAsync(Happened(campaign, name, action), Now), Now);

    private static FeedEvent Happened(string? campaign, string name, string action) => new(
        0, A.Noon, WorkspaceId.Local, A.Account().Id, campaign is null ? null : new CampaignId(campaign), name, FeedKind.Launch, Severity.High, action, "because", PersonId.Agent);
}
