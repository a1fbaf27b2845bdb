using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Dialogs.Commands;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Asks before a resume that no rule forbids and that something speaks against.</summary>
public sealed class ResumeQuestion(ResumeOutlook outlook)
{
    /// <summary>Asks before a paused campaign runs again, with what today has cost so far.</summary>
    public async Task<Confirmation> AsksAsync(Campaign campaign, CancellationToken cancellationToken) => new($"Resume {campaign.Name} at {campaign.DailyBudget} a day?")
    {
        Lines = [$"It may spend up to {campaign.Spec.Budget.MaxDailySpend} a day.", .. await outlook.TodayAsync(campaign, cancellationToken)],
        About = $"{campaign.Id} {campaign.DailyBudget} {campaign.Spec.Budget.MaxDailySpend}",
    };

    public async Task<Confirmation?> AsksAsync(Incident incident, CancellationToken cancellationToken) =>
        await outlook.WarningsAsync(incident, cancellationToken) is { Count: > 0 } warnings
            ? new Confirmation($"Resume {incident.CampaignName} anyway?") { Lines = [.. warnings], About = incident.Id.Value }
            : null;
}
