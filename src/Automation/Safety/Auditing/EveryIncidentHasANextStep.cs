using System.Globalization;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>Somebody has each open incident, or people are reminded of it at a time that lies ahead.</summary>
public sealed class EveryIncidentHasANextStep(IncidentBook book, TimeProvider machine) : ISelfCheck
{
    /// <summary>A reminder comes with a sweep, which may wait for a network. Machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Since when nobody was told at all. Machine time.</summary>
    private readonly Dictionary<IncidentId, DateTimeOffset> _untold = [];

    public string Name => "incidents";

    public async Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        var open = await book.OpenAsync(cancellationToken);
        foreach (var gone in _untold.Keys.Except(open.Where(one => one.ToldAtMachineTime is null).Select(one => one.Id)).ToList())
            _untold.Remove(gone);

        return
        [
            .. from incident in open
               let overdue = Overdue(incident, now)
               where overdue > Patience
               select new SelfFinding(
                   Name, Severity.High,
                   string.Create(CultureInfo.InvariantCulture, $"nobody is reminded of incident {incident.Handle} ({incident.CampaignName}): its next step is {overdue.TotalMinutes:0} min late; look at it now")),
        ];
    }

    private TimeSpan Overdue(Incident incident, DateTimeOffset now)
    {
        if (incident.ToldAtMachineTime is not null)
            return IncidentReminders.NextAtMachineTime(incident) is { } next ? now - next : TimeSpan.Zero;

        if (!_untold.TryGetValue(incident.Id, out var since))
            _untold[incident.Id] = since = now;

        return now - since;
    }
}
