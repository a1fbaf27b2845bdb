using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>What concerns no real money says so wherever it could be taken for real; what does never says so.</summary>
public sealed class SimulatedMarkTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NetworkMode.Simulated, true)]
    [InlineData(NetworkMode.Live, false)]
    public async Task A_stop_is_marked_in_card_feed_and_alert(NetworkMode mode, bool marked)
    {
        var campaign = _bench.Running(spend: 800);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { Mode = mode }, Now);

        await _bench.Monitor.SweepAsync(Now);

        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        IncidentCard.Of(incident, [], [], TimeZoneInfo.Utc, A.Noon).Campaign.Contains("(simulated)", StringComparison.Ordinal).ShouldBe(marked);
        _bench.Core.Feed.All.ShouldAllBe(told => told.Simulated == marked);
        _bench.Core.Alerts.All.ShouldAllBe(told => told.Alert.IsSimulated == marked);
        ActivityCard.Of("Feed", _bench.Core.Feed.All, A.Noon).Rows.ShouldAllBe(row => row.Campaign.EndsWith("(simulated)", StringComparison.Ordinal) == marked);
    }

    [Theory]
    [InlineData(NetworkMode.Simulated, true)]
    [InlineData(NetworkMode.Live, false)]
    public void A_launch_is_marked(NetworkMode mode, bool marked) =>
        LaunchingCard.Of(A.Campaign(CampaignStatus.Launching) with { Mode = mode }, LaunchStep.Upload, TimeZoneInfo.Utc).Title.Contains("simulated", StringComparison.Ordinal).ShouldBe(marked);

    [Fact]
    public async Task A_request_says_whether_the_money_is_real()
    {
        var chat = new ChatBench();
        var request = new PendingApproval(
            new ApprovalId("a"), WorkspaceId.Local, A.Account().Id, ApprovalKind.LiftCap, "i1", Digest.Of("x"), "more today", FakePeople.Ana.Id, A.Noon, ApprovalState.Waiting);

        (await chat.Facts.OfAsync(request, Now)).ShouldContain(new FactView("Money", "simulated network, no real money"));
    }
}
