using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Tells what a crash, or a database that was away, kept from being told: an open incident about which no alert was raised.</summary>
public sealed class UntoldIncidents(IncidentBook book, IAlertStore alerts, IncidentVoice voice, ActRecorder acts, TimeProvider machine)
{
    /// <summary>Whoever opened an incident tells of it within this time. One minute of machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(IncidentId Incident, bool Escalated), bool> _told = new();
    private readonly DateTimeOffset _started = machine.GetUtcNow();
    private int _busy;

    /// <summary>A round that is under way is not waited for.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            return;

        try
        {
            var now = machine.GetUtcNow();
            foreach (var incident in (await book.OpenAsync(cancellationToken)).Where(open => IsDue(open, now)))
                await TellAsync(incident, now, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private async Task TellAsync(Incident incident, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await alerts.KeysAsync(incident.Id, cancellationToken);
        if (keys.Count == 0)
        {
            // What is held is told first: then it is known whether the feed tells of it.
            await acts.CatchUpAsync(cancellationToken);
            await voice.BelatedAsync(incident, cancellationToken);
        }
        else if (incident.Escalated && !keys.Any(IncidentVoice.IsEscalation))
            await voice.EscalatedAsync(incident, now - incident.ToldAtMachineTime!.Value, cancellationToken);
        else
            _told.TryAdd((incident.Id, incident.Escalated), true);
    }

    private bool IsDue(Incident open, DateTimeOffset now) =>
        open.LastToldAtMachineTime is { } told && open.ToldAtMachineTime is not null && (told < _started || now - told > Patience)
        && !_told.ContainsKey((open.Id, open.Escalated))
        && !IsAboutToBeTold(open)
        && !(open.Cause == SafetyRules.StopEverything && open.PauseConfirmed);

    /// <summary>Its first pause is still to be tried, and is told of then.</summary>
    private static bool IsAboutToBeTold(Incident open) => open is { State: IncidentState.Acting, Remedy: Remedy.PauseCampaign, PauseAttempts: 0 };
}
