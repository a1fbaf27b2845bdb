using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>
/// Watches the watchman: tells people on every channel when sweeps stay away, and again every five minutes until they come. Looks by
/// itself, so that whatever holds a sweep does not hold this.
/// </summary>
public sealed partial class SweepPulse(
    EmergencyMonitor monitor, IncidentBook book, IncidentVoice voice, IncidentReminders reminders, IAdAccounts accounts, CampaignClock clock, TimeProvider machine,
    ILogger<SweepPulse> logger)
{
    /// <summary>Machine time between two looks. 5 seconds.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LeastOnMachine = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private (SweepReport? Sweep, DateTimeOffset At) _seen = (null, machine.GetUtcNow());
    private bool _wasLate = true;

    /// <summary>Two sweeps, 60 s of campaign time or 5 s of machine time, whichever is longest.</summary>
    public static TimeSpan Allowed(TimeSpan sweepEvery, double speed) =>
        new[] { sweepEvery * 2, SafetyLimits.LongestBetweenPasses, LeastOnMachine * speed }.Max();

    /// <summary>Campaign time since the last sweep ended; before the first one, since the start.</summary>
    public TimeSpan Age => clock.GetUtcNow() - (monitor.LastSweep?.At ?? _began);

    public async Task LookAsync(TimeSpan sweepEvery, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        if (!ReferenceEquals(_seen.Sweep, monitor.LastSweep))
            _seen = (monitor.LastSweep, now);

        // While time is moved ahead campaign time leaps from sweep to sweep, and no sweep is late.
        var (age, allowed) = (Age, Allowed(sweepEvery, clock.Speed));
        var isLate = age > allowed && now - _seen.At > LeastOnMachine;
        if (isLate)
            await TellAsync(age, allowed, cancellationToken);
        else if (_wasLate && monitor.LastSweep is not null)
            await EndAsync(cancellationToken);

        _wasLate = isLate || (_wasLate && monitor.LastSweep is null);
    }

    private async Task TellAsync(TimeSpan age, TimeSpan allowed, CancellationToken cancellationToken)
    {
        Late(age, allowed);
        if (await FindAsync(cancellationToken) is { } open)
        {
            await reminders.RemindAsync(open, cancellationToken);
            return;
        }

        var all = await accounts.AllAsync(cancellationToken);
        var account = all[0];
        var (incident, isNew) = await book.OpenAsync(
            reminders.Begun(new Incident(
                IncidentId.New(), account.Workspace, account.Id, Incident.OfEverything, "every campaign", SafetyRules.SweepLate, Remedy.Alert, Severity.Critical,
                new Evidence("last look at the campaigns", $"{Seconds(age)} ago", $"every {Seconds(allowed)}"), clock.GetUtcNow(), IncidentState.Open)
            {
                Simulated = all.All(known => known.Mode == NetworkMode.Simulated),
            }),
            cancellationToken);
        if (isNew)
            await voice.OpenedAsync(incident, $"the emergency monitor is late: nobody has looked at the campaigns for {Seconds(age)}, and nothing is stopped meanwhile; look at them at their networks", cancellationToken);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } open)
            return;

        var closed = await book.ChangeAsync(
            open, found => found with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = "the campaigns are looked at again" }, cancellationToken);
        await voice.NoteAsync(closed, FeedKind.Incident, Severity.Medium, "the campaigns are looked at again, incident closed", closed.CauseWords, PersonId.Monitor, cancellationToken);
    }

    private async Task<Incident?> FindAsync(CancellationToken cancellationToken) =>
        (await book.OpenAsync(cancellationToken)).FirstOrDefault(open => open.Cause == SafetyRules.SweepLate);

    private static string Seconds(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0} s");

    [LoggerMessage(EventId = 241, Level = LogLevel.Critical, Message = "The last sweep ended {Age} of campaign time ago; {Allowed} are allowed.")]
    private partial void Late(TimeSpan age, TimeSpan allowed);
}
