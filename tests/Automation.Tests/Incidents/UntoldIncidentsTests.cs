using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

public sealed class UntoldIncidentsTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_that_a_crash_kept_from_being_told_is_told_after_the_restart()
    {
        await StopAsync();
        _bench.Core.Alerts.Forget();
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(2));

        var untold = Restarted();
        await untold.TellAsync(Cancel);
        await untold.TellAsync(Cancel);

        _bench.Core.Alerts.All.Select(alert => alert.Channel).ShouldBe(["email", "sms", "push", "chat"]);
        _bench.Core.Alerts.All[0].Alert.Title.ShouldContain("stopped");
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        await StopAsync();
        var told = _bench.Core.Alerts.All.Count;
        var said = _bench.Core.Feed.All.Count;
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(2));

        await Restarted().TellAsync(Cancel);

        (_bench.Core.Alerts.All.Count, _bench.Core.Feed.All.Count).ShouldBe((told, said));
    }

    [Fact]
    public async Task Whoever_has_just_opened_an_incident_tells_of_it_alone()
    {
        var untold = Restarted();
        await StopAsync();
        _bench.Core.Alerts.Forget();

        await untold.TellAsync(Cancel);
        _bench.Core.Alerts.All.ShouldBeEmpty();

        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(61));
        await untold.TellAsync(Cancel);
        _bench.Core.Alerts.All.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_escalation_that_nobody_heard_is_told_after_the_restart()
    {
        await StopAsync();
        await _bench.Core.Incidents.ChangeAsync(TheIncident.Id, open => open with { Escalated = true }, Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(10));

        await Restarted().TellAsync(Cancel);

        _bench.Core.Alerts.All[^1].Alert.Title.ShouldContain("nobody has answered for 10 min");
    }

    private Incident TheIncident => _bench.Core.Incidents.All.Single();

    private UntoldIncidents Restarted() => new(_bench.Book, _bench.Core.Alerts, _bench.Voice, _bench.Core.Acts, _bench.Core.Machine);

    private async Task StopAsync()
    {
        _bench.Running(spend: 800);
        await _bench.Monitor.SweepAsync(Cancel);
        TheIncident.PauseConfirmed.ShouldBeTrue();
    }
}
