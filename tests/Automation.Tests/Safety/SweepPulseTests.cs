using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

public sealed class SweepPulseTests
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweeps_that_stay_away_are_told_on_every_channel_and_again_after_five_minutes_until_they_come()
    {
        var bench = new SafetyBench();
        var pulse = Pulse(bench);
        await bench.Monitor.SweepAsync(Cancel);

        await LookAsync(bench, pulse, TimeSpan.FromSeconds(60));
        bench.Core.Incidents.All.ShouldBeEmpty();

        await LookAsync(bench, pulse, TimeSpan.FromSeconds(30));
        var incident = bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Cause, incident.Remedy).ShouldBe((SafetyRules.SweepLate, Remedy.Alert));
        bench.Core.Alerts.All.Select(alert => alert.Channel).ShouldBe(["email", "sms", "push", "chat"], ignoreOrder: true);
        bench.Core.Alerts.All[0].Alert.Title.ShouldContain("nobody has looked at the campaigns for 65 s");

        await LookAsync(bench, pulse, TimeSpan.FromMinutes(5));
        bench.Core.Alerts.All.Count(alert => alert.Channel == "sms").ShouldBe(2);

        await bench.Monitor.SweepAsync(Cancel);
        await LookAsync(bench, pulse, TimeSpan.FromSeconds(5));
        bench.Core.Incidents.All.Single().Resolution.ShouldBe("the campaigns are looked at again");
    }

    [Fact]
    public async Task Before_the_first_sweep_the_start_counts()
    {
        var bench = new SafetyBench();
        var pulse = Pulse(bench);

        await LookAsync(bench, pulse, TimeSpan.FromSeconds(90));

        bench.Core.Incidents.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Where_campaign_time_runs_faster_five_seconds_of_machine_time_are_allowed()
    {
        var bench = new SafetyBench(speed: 60);
        var pulse = Pulse(bench);
        await bench.Monitor.SweepAsync(Cancel);

        await LookAsync(bench, pulse, TimeSpan.FromSeconds(5));
        bench.Core.Incidents.All.ShouldBeEmpty();

        await LookAsync(bench, pulse, TimeSpan.FromSeconds(10));
        bench.Core.Incidents.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task While_time_is_moved_ahead_no_sweep_is_late()
    {
        var bench = new SafetyBench();
        var pulse = Pulse(bench);
        for (var step = 0; step < 50; step++)
        {
            await bench.Monitor.SweepAsync(Cancel);
            bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
            bench.Core.Clock.SkipTo(bench.Core.Clock.GetUtcNow().AddMinutes(5));
            await pulse.LookAsync(SweepEvery, Cancel);
        }

        bench.Core.Incidents.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_earlier_life_told_is_ended_by_the_first_sweep()
    {
        var bench = new SafetyBench();
        await LookAsync(bench, Pulse(bench), TimeSpan.FromSeconds(90));

        var after = new SafetyBench(bench);
        await after.Monitor.SweepAsync(Cancel);
        await LookAsync(after, Pulse(after), TimeSpan.FromSeconds(5));

        bench.Core.Incidents.All.Single().State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task Whoever_has_it_is_not_told_again()
    {
        var bench = new SafetyBench();
        var pulse = Pulse(bench);
        await LookAsync(bench, pulse, TimeSpan.FromSeconds(90));
        (await bench.Desk.AcknowledgeAsync(bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();

        await LookAsync(bench, pulse, TimeSpan.FromMinutes(20));

        bench.Core.Alerts.All.Count(alert => alert.Channel == "sms").ShouldBe(1);
    }

    private static SweepPulse Pulse(SafetyBench bench) => new(
        bench.Monitor, bench.Book, bench.Voice, new IncidentReminders(bench.Book, bench.Voice, bench.Core.Machine), bench.Core.Accounts, bench.Core.Clock, bench.Core.Machine,
        NullLogger<SweepPulse>.Instance);

    private static async Task LookAsync(SafetyBench bench, SweepPulse pulse, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += SweepPulse.LookEvery)
        {
            bench.Core.Machine.Advance(SweepPulse.LookEvery);
            await pulse.LookAsync(SweepEvery, Cancel);
        }
    }
}
