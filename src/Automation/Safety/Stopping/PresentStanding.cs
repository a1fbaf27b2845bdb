using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>
/// A campaign as it stands in the moment of acting. Somebody may have written it since it was judged: then the rules speak again at once, about
/// what is written now and the same figures, so that nothing waits for the next sweep.
/// </summary>
public sealed class PresentStanding(SafetyPanel panel, ICampaignStore campaigns, JournalStanding journal)
{
    /// <summary>What to act on, judged anew when the campaign was written meanwhile. Null when it came to rest meanwhile: there is nothing to stop.</summary>
    public async Task<(Observation Now, IReadOnlyList<SafetyVerdict> Verdicts)?> JudgedAsync(
        Observation judged, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        if (await FindAsync(judged.Campaign, cancellationToken) is not { } present)
            return (judged, verdicts);

        if (present.Status == CampaignStatus.Stopped || (present.Status != judged.Campaign.Status && IsAtRest(present)))
            return null;

        if (present.Version == judged.Campaign.Version)
            return (judged, verdicts);

        // Nothing is awaited between the look and the judgement: it holds for what is acted on.
        var now = judged with { Campaign = present };
        return (now, panel.Judge(now));
    }

    /// <summary>False when it cannot be looked up: then what was handed over counts.</summary>
    public async Task<bool> IsAtRestAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await FindAsync(campaign, cancellationToken) is { } present && IsAtRest(present);

    private static bool IsAtRest(Campaign present) => present is { MaySpend: false, Status: not CampaignStatus.Launching };

    private async Task<Campaign?> FindAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (journal.IsUnread)
            return null;

        try
        {
            return await campaigns.FindAsync(campaign.Id, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            journal.NotRead();
            return null;
        }
    }
}
