using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>What the simulated networks count, and what they know of money that comes back.</summary>
public sealed class ResultTests
{
    [Fact]
    public async Task Counts_clicks_where_clicks_were_ordered_although_the_network_has_one_name_for_both()
    {
        var day = await DayAsync("Google", CampaignType.Traffic, Objective.Engagement);

        day.Conversions.ShouldBe(day.Clicks);
        day.Clicks!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_bid_for_clicks_is_held_against_the_cost_of_a_click()
    {
        var bidding = new Bidding { Strategy = BidStrategy.CostCap, TargetCpa = A.Usd(5) };

        (await DayAsync("Google", CampaignType.Traffic, Objective.Engagement, bidding)).Spend.ShouldBeGreaterThan(A.Usd(300));
    }

    [Theory]
    [InlineData(CampaignType.AppInstall, Objective.Installs, false, false)]
    [InlineData(CampaignType.AppInstall, Objective.Installs, true, true)]
    [InlineData(CampaignType.Conversion, Objective.Leads, false, false)]
    [InlineData(CampaignType.Conversion, Objective.Purchases, false, true)]
    [InlineData(CampaignType.Traffic, Objective.Purchases, true, false)]
    public async Task Reports_revenue_only_where_results_have_values(CampaignType type, Objective objective, bool said, bool reported)
    {
        var bidding = new Bidding { Strategy = BidStrategy.LowestCost, Worth = said ? A.Usd(24) : null };

        ((await DayAsync("Meta", type, objective, bidding)).Revenue is not null).ShouldBe(reported);
    }

    private static async Task<DayFigures> DayAsync(string network, CampaignType type, Objective objective, Bidding? bidding = null)
    {
        using var bench = new SimulatedBench(network, "Etc/UTC", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        var order = bench.Order(objective: bench.Profile.FindObjective(type, objective)) with { Result = ResultWord.Of(type, objective) };
        var campaign = await bench.LaunchAsync(bidding is null ? order : order with { Bidding = bidding });
        bench.Machine.Advance(TimeSpan.FromHours(23));
        return (await bench.ReadAsync(campaign)).Today;
    }
}
