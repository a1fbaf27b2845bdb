using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Bot.Jobs.Sweeping;
using ChatOpsCampaigns.Bot.Options;
using ChatOpsCampaigns.Bot.Tests.Months;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

/// <summary>The monitor's own timer, on a clock that the test moves.</summary>
public sealed class EmergencySweepTests
{
    private const int SweepsADay = 2880;
    private const int SweepsAnHour = 120;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    [Fact(Timeout = 600_000)]
    public Task An_hour_has_120_sweeps_thirty_seconds_apart_and_each_judges_what_runs() => RunAsync(SweepsAnHour, TestContext.Current.CancellationToken);

    [Proves(178)]
    [Fact(Timeout = 600_000)]
    [Trait("Length", "Long")]
    public Task A_day_has_2880_sweeps_thirty_seconds_apart_by_night_as_by_day_and_each_judges_what_runs() => RunAsync(SweepsADay, TestContext.Current.CancellationToken);

    private static async Task RunAsync(int count, CancellationToken patience)
    {
        await using var bot = await WholeBot.OpenAsync(new FaultPlan(0, 0));
        await RunningAsync(bot, patience);
        var monitor = bot.Get<EmergencyMonitor>();
        using var sweep = new EmergencySweep(
            monitor, bot.Get<ActRecorder>(), bot.Clock, bot.Get<TimeProvider>(), Microsoft.Extensions.Options.Options.Create(new SafetyOptions()), NullLogger<EmergencySweep>.Instance);
        var began = bot.Clock.GetUtcNow();
        await sweep.StartAsync(patience);
        var sweeps = new List<SweepReport> { await SweptAsync(monitor, began, patience) };

        for (var number = 1; number <= count; number++)
        {
            bot.Machine.Advance(Every);
            sweeps.Add(await SweptAsync(monitor, began + (number * Every), patience));
        }

        await sweep.StopAsync(patience);
        sweeps.ShouldAllBe(one => one.Failed == 0 && one.Judged == one.Total && one.Judged > 0);
    }

    /// <summary>The sweep of this moment; the test's own patience ends it where none comes.</summary>
    private static async Task<SweepReport> SweptAsync(EmergencyMonitor monitor, DateTimeOffset at, CancellationToken patience)
    {
        while (true)
        {
            if (monitor.LastSweep is { } last && last.At == at)
                return last;

            await Task.Delay(Look, TimeProvider.System, patience);
        }
    }

    private static async Task RunningAsync(WholeBot bot, CancellationToken patience)
    {
        var draft = await bot.DraftAsync("d-1");
        await bot.Get<LaunchDesk>().RequestAsync(draft, await bot.PersonAsync("ana"), LaunchDesk.DigestOf(draft), patience);
        foreach (var campaign in await bot.Get<ICampaignStore>().LaunchingAsync(patience))
            await bot.Get<CampaignCreationEngine>().ContinueAsync(campaign.Id, patience);
    }
}
