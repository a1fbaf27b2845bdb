using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Asks before a resume that no rule forbids and that something speaks against.</summary>
public sealed class ResumeQuestion(ResumeOutlook outlook)
{
    public async Task<Confirmation?> AsksAsync(Incident incident, CancellationToken cancellationToken) =>
        await outlook.WarningsAsync(incident, cancellationToken) is { Count: > 0 } warnings
            ? new Confirmation($"Resume {incident.CampaignName} anyway?") { Lines = [.. warnings], About = incident.Id.Value }
            : null;
}
