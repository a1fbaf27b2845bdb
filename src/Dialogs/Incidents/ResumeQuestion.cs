using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Asks before a resume that nothing forbids and that something speaks against. What would be refused is judged first and asked of nobody.</summary>
public sealed class ResumeQuestion(ResumeOutlook outlook, IncidentDesk desk, CampaignControl control)
{
    /// <summary>Asks before a paused campaign runs again, with what today has cost so far and what it may come to.</summary>
    public async Task<Confirmation?> AsksAsync(Campaign campaign, Person by, CancellationToken cancellationToken)
    {
        if (await control.ResumeObjectionAsync(campaign, by, cancellationToken) is not null)
            return null;

        var today = await outlook.TodayAsync(campaign, cancellationToken);
        return new Confirmation($"Resume {campaign.Name} at {campaign.DailyBudget} a day?")
        {
            Lines = [.. today.Says, .. Worst(today.Worst)],
            About = $"{campaign.Id} {campaign.DailyBudget} {campaign.Spec.Budget.MaxDailySpend}",
        };
    }

    public async Task<Confirmation?> AsksAsync(Incident incident, Person by, CancellationToken cancellationToken)
    {
        var foreseen = await desk.ForeseeResumeAsync(incident.Id, by, cancellationToken);
        if (foreseen.Objection is not null)
            return null;

        var warnings = await outlook.WarningsAsync(incident, cancellationToken);
        if (warnings.Count == 0)
            return null;

        return new Confirmation(
            foreseen.Known is { } known
                ? $"Ask a second person whether {incident.CampaignName} may run although the simulated {known} is still on?"
                : $"Resume {incident.CampaignName} anyway?")
        {
            Lines = [.. warnings, .. Worst(foreseen.Judged?.Worst)],
            About = $"{incident.Id} {foreseen.Known}",
            OnlyAsAsked = foreseen.Known is not null,
        };
    }

    private static IEnumerable<string> Worst(WorstDay? worst) => worst is null ? [] : [WorstDayWords.Resumed(worst)];
}
