using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>
/// Carries out what the rules demand: incident first, then the network, then people, in every case. One incident for a
/// campaign and cause, whoever saw it; a pause that is not confirmed is tried again with every sweep.
/// </summary>
public sealed class EmergencyStop(IncidentBook book, PresentStanding present, CampaignStop stop, MilderRemedy milder)
{
    /// <summary>Those of them that an open incident holds.</summary>
    public async Task<IReadOnlySet<CampaignId>> HeldAsync(IReadOnlyCollection<CampaignId> asked, CancellationToken cancellationToken) =>
        (await book.OpenOfAsync(asked, cancellationToken)).Select(open => open.Campaign).ToHashSet();

    /// <summary>Acts on the breaches among <paramref name="verdicts"/>, as the campaign stands by now; on none of one that came to rest meanwhile.</summary>
    public async Task CarryOutAsync(Observation seen, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(seen.Campaign.Id, cancellationToken);
        if (await present.JudgedAsync(seen, verdicts, cancellationToken) is not var (now, judged))
            return;

        // The stop first: what else is written waits for nobody.
        var breaches = judged.OfType<SafetyVerdict.Breach>().ToList();
        var stopping = breaches.Find(breach => breach.Remedy == Remedy.PauseCampaign);
        if (stopping is not null)
            await stop.CarryOutAsync(now.Campaign, stopping, [.. breaches.Where(other => other != stopping)], cancellationToken);

        await milder.CloseClearedAsync(now, judged, cancellationToken);
        if (stopping is not null)
            return;

        foreach (var breach in breaches)
            await milder.CarryOutAsync(now, breach, cancellationToken);
    }

    /// <summary>Stops a campaign because a person said <c>stop everything</c>, unless it is at rest by now.</summary>
    public async Task StopForPersonAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(campaign.Id, cancellationToken);
        if (!await present.IsAtRestAsync(campaign, cancellationToken))
            await stop.NowAsync(campaign, why, cancellationToken);
    }

    /// <summary>Stops what its network shows as running, whatever stands here.</summary>
    public async Task StopSeenAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(campaign.Id, cancellationToken);
        await stop.SeenAsync(campaign, why, cancellationToken);
    }
}
