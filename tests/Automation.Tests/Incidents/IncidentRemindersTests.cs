using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>Campaign time runs sixty times as fast; people have as long to answer as ever.</summary>
public sealed class IncidentRemindersTests
{
    private readonly SafetyBench _bench = new(speed: 60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_of_campaign_time_reminds_nobody()
    {
        await StopAsync();

        _bench.Core.Clock.SkipTo(_bench.Core.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        await _bench.Monitor.SweepAsync(Cancel);

        (_bench.Core.Clock.GetUtcNow() - A.Noon).ShouldBe(TimeSpan.FromHours(2));
        Reminders.ShouldBeEmpty();
        TheIncident.Escalated.ShouldBeFalse();
    }

    [Fact]
    public async Task Five_minutes_of_peoples_time_remind_once()
    {
        await StopAsync();

        await AfterAsync(TimeSpan.FromSeconds(299));
        Reminders.ShouldBeEmpty();

        await AfterAsync(TimeSpan.FromSeconds(1));
        await AfterAsync(TimeSpan.FromSeconds(1));

        Reminders.ShouldBe(["open for 5 min"]);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_a_day_before_a_restart_puts_no_reminder_off_for_a_day()
    {
        await StopAsync();
        var tomorrow = _bench.Core.Machine.GetUtcNow().AddDays(1);
        await _bench.Core.Incidents.ChangeAsync(TheIncident.Id, told => told with { ToldAtMachineTime = tomorrow, LastToldAtMachineTime = tomorrow }, Cancel);

        await AfterAsync(TimeSpan.FromSeconds(1));
        await AfterAsync(TimeSpan.FromMinutes(5));
        await AfterAsync(TimeSpan.FromMinutes(5));

        Reminders.ShouldBe(["open for 5 min"]);
        TheIncident.Escalated.ShouldBeTrue();
    }

    [Fact]
    public async Task What_stands_still_is_told_again_in_the_chat_alone()
    {
        await StopAsync();
        var first = _bench.Core.Alerts.All.Count;

        await AfterAsync(TimeSpan.FromMinutes(5));

        var (alert, channel) = _bench.Core.Alerts.All.Skip(first).ShouldHaveSingleItem();
        channel.ShouldBe("chat");
        (alert.IsRepeated, alert.About).ShouldBe((true, AlertAbout.Stopped));
    }

    [Fact]
    public async Task Ten_minutes_of_peoples_time_tell_every_Admin()
    {
        await StopAsync();

        await AfterAsync(TimeSpan.FromSeconds(599));
        TheIncident.Escalated.ShouldBeFalse();

        await AfterAsync(TimeSpan.FromSeconds(1));

        TheIncident.Escalated.ShouldBeTrue();
        _bench.Core.Feed.All.ShouldContain(told => told.Action == "nobody has answered for 10 min; every Admin is told");
    }

    [Fact]
    public async Task What_cannot_be_paused_is_told_again_on_every_channel()
    {
        _bench.Core.Network.Troubles = command => command is AdNetworks.NetworkCommand.Pause ? Trouble.Unavailable : null;
        _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);

        await AfterAsync(TimeSpan.FromMinutes(5));
        await AfterAsync(TimeSpan.FromMinutes(5));
        await AfterAsync(TimeSpan.FromMinutes(5));

        _bench.Core.Alerts.All.Count(sent => sent.Channel == "sms").ShouldBeGreaterThanOrEqualTo(4);
        _bench.Core.Feed.All.ShouldContain(told => told.Action.Contains("COULD NOT PAUSE yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_stands_still_is_told_again_less_often_the_longer_nobody_answers()
    {
        await StopAsync();

        for (var minutes = 5; minutes <= 3 * 24 * 60; minutes += 5)
        {
            _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
            await _bench.Reminders.RemindAsync(TheIncident, Cancel);
        }

        var reminders = Reminders.ToList();
        reminders.Take(3).ShouldBe(["open for 5 min", "open for 15 min", "open for 20 min"]);
        reminders[10..13].ShouldBe(["open for 60 min", "open for 2 h", "open for 3 h"]);
        reminders[^3..].ShouldBe(["open for 24 h", "open for 2 days", "open for 3 days"]);
    }

    [Fact]
    public async Task What_cannot_be_paused_is_told_again_every_five_minutes_for_a_whole_day()
    {
        _bench.Core.Network.Troubles = command => command is AdNetworks.NetworkCommand.Pause ? Trouble.Unavailable : null;
        _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);

        for (var minutes = 0; minutes < 24 * 60; minutes += 5)
            await AfterAsync(TimeSpan.FromMinutes(5));

        _bench.Core.Feed.All.Count(told => told.Action.Contains("COULD NOT PAUSE yet", StringComparison.Ordinal)).ShouldBeGreaterThan(280);
    }

    [Fact]
    public async Task Whoever_has_it_is_not_reminded()
    {
        await StopAsync();
        await _bench.Desk.AcknowledgeAsync(TheIncident.Id, FakePeople.Olga, Cancel);

        await AfterAsync(TimeSpan.FromMinutes(30));

        Reminders.ShouldBeEmpty();
        IncidentReminders.NextAtMachineTime(TheIncident).ShouldBeNull();
    }

    [Fact]
    public async Task An_unconfirmed_pause_is_tried_again_at_the_pace_of_campaign_time()
    {
        _bench.Running(spend: 800);
        _bench.Core.Network.Troubles = _ => Trouble.Unavailable;
        await _bench.Monitor.SweepAsync(Cancel);
        var tried = TheIncident.PauseAttempts;

        await AfterAsync(TimeSpan.FromSeconds(0.5));

        TheIncident.PauseAttempts.ShouldBeGreaterThan(tried);
        Reminders.ShouldBeEmpty();
    }

    private IEnumerable<string> Reminders =>
        _bench.Core.Feed.All.Select(told => told.Action).Where(action => action.StartsWith("open for", StringComparison.Ordinal));

    private Incident TheIncident => _bench.Core.Incidents.All.Single();

    private async Task StopAsync()
    {
        _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        TheIncident.PauseConfirmed.ShouldBeTrue();
    }

    private async Task AfterAsync(TimeSpan machineTime)
    {
        _bench.Core.Machine.Advance(machineTime);
        await _bench.Monitor.SweepAsync(Cancel);
    }
}
