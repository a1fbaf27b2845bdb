using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

public sealed class BidCutTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(90, 113, 122)]
    [Fact]
    public async Task A_lowered_bid_that_was_read_back_stands_on_its_incident()
    {
        var incident = await DearAsync();

        (incident.BidCut, incident.PauseConfirmed).ShouldBe(("bid $12 → $8.40 (-30 %)", false));
        _bench.Core.Feed.All.ShouldContain(told => told.Kind == FeedKind.BidAdjustment && told.Severity == Severity.High);
    }

    [Fact]
    public async Task A_bid_that_the_network_would_not_lower_does_not()
    {
        _bench.Core.Network.Troubles = _ => Trouble.Rejected;

        (await DearAsync()).BidCut.ShouldBeNull();
    }

    private async Task<Incident> DearAsync()
    {
        var campaign = _bench.Running();
        await _bench.Stop.CarryOutAsync(
            AnObservation.Of(campaign, 100, 5), [new SafetyVerdict.Breach(new RuleId("cpa-ceiling"), Remedy.ReduceBid, new Evidence("cost per result", "$40", "$18"))], Cancel);
        return _bench.Core.Incidents.All.ShouldHaveSingleItem();
    }
}
