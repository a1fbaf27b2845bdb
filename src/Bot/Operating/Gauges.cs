using System.Diagnostics.Metrics;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Operating;

/// <summary>How things stand at the moment that somebody looks.</summary>
internal sealed class Gauges(SweepPulse pulse, EmergencyMonitor monitor, SelfAudit self, IEnumerable<IEar> ears) : IHostedService, IDisposable
{
    private readonly Meter _meter = new(Signals.Name);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("chatops.sweep.age", () => pulse.Age.TotalSeconds, "s", "Campaign time since the last sweep ended; before the first one, since the start.");
        _meter.CreateObservableGauge("chatops.sweep.campaigns", () => Campaigns(monitor.LastSweep), "{campaign}", "Campaigns of the last sweep, judged and not judged.");
        _meter.CreateObservableGauge("chatops.sweep.accounts", () => Accounts(monitor.LastSweep), "{account}", "Accounts of the last sweep, those that answered and those that did not.");
        _meter.CreateObservableGauge("chatops.self_audit.findings", () => Findings(self), "{finding}", "What the program found wrong about itself, by check.");
        _meter.CreateObservableGauge(
            "chatops.chat.sockets", () => ears.Select(ear => new Measurement<int>(ear.Open, Signals.Tag("channel", ear.Chat.ToLowerInvariant()))), "{socket}", "Connections of ours that a chat is heard by.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Campaigns(SweepReport? sweep) => sweep is null
        ? []
        : [new(sweep.Judged, Signals.Tag("outcome", "judged")), new(sweep.Total - sweep.Judged, Signals.Tag("outcome", "not_judged"))];

    private static IEnumerable<Measurement<int>> Accounts(SweepReport? sweep) => sweep is null
        ? []
        : [new(sweep.Accounts - sweep.Failed, Signals.Tag("outcome", "answered")), new(sweep.Failed, Signals.Tag("outcome", "silent"))];

    private static IEnumerable<Measurement<int>> Findings(SelfAudit self) => self.Last is not { } last
        ? []
        : self.CheckNames.Select(check => new Measurement<int>(last.Findings.Count(finding => finding.Check == check), Signals.Tag("check", check)));
}
