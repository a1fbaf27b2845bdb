using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

/// <summary>
/// What is said before a launch to be the worst of a day holds for a tenfold runaway, whenever it begins and however often a person resumes it
/// as soon as the rules let them.
/// </summary>
public sealed class WorstDayOfTheMarketTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 11)]
    [InlineData(1, 12)]
    [InlineData(2, 14)]
    [InlineData(3, 17)]
    [InlineData(4, 20)]
    [InlineData(5, 21)]
    public async Task A_runaway_that_is_resumed_again_and_again_stays_below_it(int seed, int hour)
    {
        var (worst, seen, stops) = await DayAsync((ulong)seed, hour);

        seen.ShouldBeLessThanOrEqualTo(worst.Most, $"{stops} stops");
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task Of_a_thousand_days_none_passes_it()
    {
        for (var seed = 0; seed < 42; seed++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var (worst, seen, stops) = await DayAsync((ulong)seed, hour);
                seen.ShouldBeLessThanOrEqualTo(worst.Most, $"seed {seed}, {hour}:00, {stops} stops");
            }
        }
    }

    private static async Task<(WorstDay Worst, Money Seen, int Stops)> DayAsync(ulong seed, int hour)
    {
        using var bench = new SimulatedBench(
            zone: "Etc/UTC", start: Midnight, options: new SimulatorOptions { Seed = seed, Latency = TimeSpan.Zero, ReviewTime = TimeSpan.Zero });
        var campaigns = new MemoryCampaigns();
        var external = await bench.LaunchAsync(bench.Order(bid: 12));
        var campaign = await campaigns.AddAsync(
            A.Campaign() with { Network = new NetworkIds(external, null, []), CreatedAt = Midnight, LaunchedAt = Midnight, Bid = A.Usd(12) }, Cancel);
        var observer = new Observer(
            new FakeAccounts(bench.Account), bench.Directory, new ReadingWindows(new MemoryReadings(), bench.Clock, NullLogger<ReadingWindows>.Instance),
            new StatusReconciler(campaigns, new MemoryIntents(), new MemoryFeed(), bench.Clock, NullLogger<StatusReconciler>.Instance), bench.Clock,
            new AccountReader(new MemorySettings(), bench.Clock, bench.Machine, NullLogger<AccountReader>.Instance), NullLogger<Observer>.Instance);
        var panel = new SafetyPanel();
        var (seen, stops, stoppedAt) = (A.Usd(0), 0, DateTimeOffset.MaxValue);

        for (var minute = 0; minute < (24 * 60) + 90; minute++)
        {
            if (minute == hour * 60)
                await bench.Desk.StartFaultAsync(campaign.Id, MarketFault.Runaway, 10, null, Cancel);

            if (minute == 24 * 60)
                await bench.PauseAsync(external);

            campaign = (await campaigns.FindAsync(campaign.Id, Cancel))!;
            var now = (await observer.ObserveAsync(bench.Account, [campaign], Cancel)).Single();
            var day = minute < 24 * 60 ? now.Reading?.Today : now.Reading?.Yesterday;
            seen = day is { } figures && figures.Day == bench.Account.DayAt(Midnight) ? Money.Max(seen, figures.Spend) : seen;
            if (minute < 24 * 60 && campaign.Status == CampaignStatus.Active && Stops(panel, now))
            {
                await bench.PauseAsync(external);
                (stops, stoppedAt) = (stops + 1, now.Now);
                await campaigns.ChangeAsync(campaign.Id, found => found with { Status = CampaignStatus.Stopped }, Cancel);
            }
            else if (minute < 24 * 60 && campaign.Status == CampaignStatus.Stopped && now.Now >= stoppedAt + bench.Profile.UsualReportAge.Value)
            {
                var again = campaign with { LastResumedAt = now.Now, Status = CampaignStatus.Active };
                if (!Stops(panel, now with { Campaign = again }))
                {
                    await bench.ActivateAsync(external);
                    await campaigns.ChangeAsync(campaign.Id, _ => again, Cancel);
                }
            }

            bench.Machine.Advance(TimeSpan.FromMinutes(1));
        }

        return (WorstDay.Planned(bench.Profile, campaign.DailyBudget, campaign.Spec.Budget.MaxDailySpend, lifetime: false, []), seen, stops);
    }

    private static bool Stops(SafetyPanel panel, Observation now) => panel.Judge(now).Any(verdict => verdict is SafetyVerdict.Breach { Remedy: Remedy.PauseCampaign });
}
