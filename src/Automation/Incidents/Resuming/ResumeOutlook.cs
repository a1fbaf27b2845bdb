using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>What a person should know who resumes a paused campaign.</summary>
/// <param name="Says">What is spent, where it is stopped, and faults that are on.</param>
/// <param name="Worst">What today may cost at worst when it runs again now.</param>
public sealed record ResumeToday(IReadOnlyList<string> Says, WorstDay? Worst);

/// <summary>What speaks against a resume that no rule forbids: a person is asked first.</summary>
public sealed class ResumeOutlook(ICampaignStore campaigns, Observer observer, SafetyPanel panel, IMarketDesk market)
{
    /// <summary>Sentences, one for each thing that has not changed since the stop; none when nothing speaks against it.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(Incident incident, CancellationToken cancellationToken) =>
        incident.Remedy == Remedy.PauseCampaign && await campaigns.FindAsync(incident.Campaign, cancellationToken) is { } campaign
            ? [.. await StillAsync(incident, campaign, cancellationToken), .. await FaultsAsync(campaign, cancellationToken)]
            : [];

    public async Task<ResumeToday> TodayAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var now = await observer.PresentAsync(campaign, cancellationToken);
        return new ResumeToday(
            [now.HighestSpendToday is { } spent ? Standing(now, spent) : "What is spent today is not known.", .. await FaultsAsync(campaign, cancellationToken)], WorstDay.IfResumed(now));
    }

    private static string Standing(Observation now, Money spent) => spent >= now.Cap
        ? $"{spent} is spent today, and it is stopped at {now.Cap}: it is stopped again with the next check."
        : $"{spent} is spent today{(spent > now.Campaign.DailyBudget ? $", more than its budget of {now.Campaign.DailyBudget}" : "")}; it is stopped at {now.Cap}.";

    /// <summary>Rules of results since some moment begin anew with a resume, and a pause takes nothing of their evidence away.</summary>
    private async Task<IEnumerable<string>> StillAsync(Incident incident, Campaign campaign, CancellationToken cancellationToken)
    {
        if (!SafetyRules.BeginAnew.Contains(incident.Cause))
            return [];

        var verdicts = panel.Judge(await observer.LatestAsync(campaign, cancellationToken));
        return verdicts.OfType<SafetyVerdict.Breach>().Where(breach => breach.Rule == incident.Cause).Select(breach =>
            $"What stopped it has not changed: {breach.Evidence.Measure}: {breach.Evidence.Measured}. Counting begins anew, so it may spend as much again before it is stopped.");
    }

    private async Task<IEnumerable<string>> FaultsAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.Mode == NetworkMode.Live)
            return [];

        var faults = await market.FaultsAsync(campaign.Id, cancellationToken);
        return faults.Select(fault => $"The simulated {fault.Words} is still on; \"simulate calm {campaign.Handle}\" ends it.");
    }
}
