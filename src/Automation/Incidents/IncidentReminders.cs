using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>
/// Reminds people of incidents that nobody has answered, and tells every Admin after ten minutes. It asks how long people have had,
/// so it goes by the machine's time however fast campaign time runs.
/// </summary>
public sealed class IncidentReminders(IncidentBook book, IncidentVoice voice, TimeProvider machine)
{
    /// <summary>People are told of it now: reminders count from here.</summary>
    public Incident Begun(Incident incident)
    {
        var now = machine.GetUtcNow();
        return incident with { ToldAtMachineTime = now, LastToldAtMachineTime = now };
    }

    /// <summary>The next reminder, in machine time; null when nobody is reminded any more.</summary>
    public static DateTimeOffset? NextAtMachineTime(Incident incident) =>
        IsSettled(incident) ? null : incident.LastToldAtMachineTime + RemindedEvery(incident);

    public async Task RemindAsync(Incident open, CancellationToken cancellationToken)
    {
        if (IsSettled(open))
            return;

        var now = machine.GetUtcNow();
        // Told later than now: the clock was set back since, and people have their time from here.
        if (open.ToldAtMachineTime is not { } told || told > now || open.LastToldAtMachineTime > now)
        {
            await book.ChangeAsync(open, Begun, cancellationToken);
            return;
        }

        if (!open.Escalated && now - told >= SafetyLimits.EscalateAfter)
        {
            open = await book.ChangeAsync(open, found => found with { Escalated = true, LastToldAtMachineTime = now }, cancellationToken);
            await voice.EscalatedAsync(open, now - told, cancellationToken);
            return;
        }

        if (NextAtMachineTime(open) > now)
            return;

        open = await book.ChangeAsync(open, found => found with { LastToldAtMachineTime = now }, cancellationToken);
        if (IsNotPaused(open))
        {
            await voice.StillNotPausedAsync(open, now - told, cancellationToken);
            return;
        }

        if (open.Cause == SafetyRules.SweepLate)
        {
            await voice.StillLateAsync(open, now - told, cancellationToken);
            return;
        }

        await voice.RemindedAsync(open, now - told, cancellationToken);
    }

    /// <summary>Where money may be flowing, as often as ever; where all stands still, less often the longer nobody answers.</summary>
    private static TimeSpan RemindedEvery(Incident incident)
    {
        if (IsNotPaused(incident) || incident.Cause == SafetyRules.SweepLate)
            return SafetyLimits.RemindEvery;

        return (incident.LastToldAtMachineTime - incident.ToldAtMachineTime) switch
        {
            { } waited when waited >= SafetyLimits.RemindDailyAfter => TimeSpan.FromDays(1),
            { } waited when waited >= SafetyLimits.RemindHourlyAfter => TimeSpan.FromHours(1),
            _ => SafetyLimits.RemindEvery,
        };
    }

    private static bool IsNotPaused(Incident incident) => incident is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false };

    /// <summary>Closed; or somebody has it, or asked for it, and nothing is left to be done by itself.</summary>
    private static bool IsSettled(Incident incident) => incident.State == IncidentState.Closed
        || (incident.AcknowledgedBy is not null && incident.State != IncidentState.Acting)
        || (incident.Cause == SafetyRules.StopEverything && incident.PauseConfirmed);
}
