using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Opens the incident of a rule that a campaign breaks, with what people need to know of it.</summary>
public sealed class IncidentOpening(IncidentBook book, IncidentReminders reminders, IAdNetworkDirectory networks, CampaignClock clock)
{
    /// <param name="others">Broken at the same time: noted in it.</param>
    /// <returns>The open one of this campaign and cause, when there is one already.</returns>
    public Task<(Incident Incident, bool IsNew)> OpenAsync(
        Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var incident = new Incident(
            IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, breach.Rule, breach.Remedy,
            breach.Remedy == Remedy.PauseCampaign ? Severity.Critical : Severity.High, breach.Evidence, now, IncidentState.Acting)
        {
            Notify = campaign.Spec.Automation.Notify,
            Result = ResultWord.Of(campaign),
            AtNetwork = campaign.Network.Campaign is { } there ? $"{campaign.Spec.Network} campaign {there}" : null,
            OwnPages = campaign.IsSimulated ? null : networks.Profile(campaign.Spec.Network).OwnPages,
            Simulated = campaign.IsSimulated,
            Notes = [.. others.Select(other => new IncidentNote(now, PersonId.Monitor, $"also {RuleWords.Of(other.Rule, ResultWord.Of(campaign))}: {other.Evidence.Words}"))],
        };
        return book.OpenAsync(reminders.Begun(incident), cancellationToken);
    }
}
