using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>Networks take a few per cent of a day's spend back some hours later.</summary>
public sealed class CorrectionsTests
{
    [Fact]
    public async Task Spend_falls_now_and_then_by_a_few_per_cent_and_then_goes_on_rising()
    {
        var falls = new List<decimal>();
        using var bench = new SimulatedBench("Snapchat", "Etc/UTC", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        var campaign = await bench.LaunchAsync();
        var last = await bench.ReadAsync(campaign);
        for (var step = 0; step < 3 * 24 * 12; step++)
        {
            bench.Machine.Advance(TimeSpan.FromMinutes(5));
            var now = await bench.ReadAsync(campaign);
            if (now.Today.Day == last.Today.Day && now.Today.Spend < last.Today.Spend)
                falls.Add(1 - now.Today.Spend.Over(last.Today.Spend));

            last = now;
        }

        falls.ShouldNotBeEmpty();
        falls.Max().ShouldBeLessThan(.05m);
    }

    [Fact]
    public async Task A_finished_day_is_corrected_too_and_then_stays_as_it_is()
    {
        using var bench = new SimulatedBench("Google", "Etc/UTC", new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
        var campaign = await bench.LaunchAsync();
        bench.Machine.Advance(TimeSpan.FromHours(26));
        var early = (await bench.ReadAsync(campaign)).Yesterday!.Spend;
        bench.Machine.Advance(TimeSpan.FromHours(10));
        var late = (await bench.ReadAsync(campaign)).Yesterday!.Spend;
        bench.Machine.Advance(TimeSpan.FromHours(6));

        late.ShouldBeLessThan(early);
        late.Over(early).ShouldBeGreaterThan(.95m);
        (await bench.ReadAsync(campaign)).Yesterday!.Spend.ShouldBe(late);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(.03, .012, .042)]
    public void Each_profile_says_how_much(double share, double atLeast, double atMost)
    {
        var profile = AdNetworkCatalog.Profiles[0] with { TakesBack = new Sourced<decimal>((decimal)share, "test") };
        var day = new AccountDay(new DateOnly(2026, 3, 2));
        var (start, end) = (day.Start(TimeZoneInfo.Utc), day.End(TimeZoneInfo.Utc));
        var order = new CampaignOrder(
            "a", new CommandKey("k"), profile.Objectives[0].NativeName, A.Usd(500), A.Spec().Bidding, A.Spec().Targeting, A.Spec().Destination, Schedule.Now);
        var scene = new Scene(7, 1, MarketParameters.Draw(7, 1, profile, order), 500, start, []);

        double TakenBack(DateTimeOffset asOf) => Corrections.TakenBack(scene, day, start, end, asOf, until => (until - start).TotalMinutes);

        TakenBack(start.AddHours(9)).ShouldBe(0);
        TakenBack(end.AddDays(1)).ShouldBeInRange(atLeast * 1440, atMost * 1440);
        TakenBack(end.AddDays(1)).ShouldBe(TakenBack(end.AddDays(9)));
    }
}
