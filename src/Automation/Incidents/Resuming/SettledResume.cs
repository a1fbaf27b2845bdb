using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>A resume whose answer was lost, as by a crash, and that is found to have happened ends what held the campaign, as it would have.</summary>
public sealed class SettledResume(IncidentBook book, IncidentClosing closing, ICampaignStore campaigns, CampaignClock clock) : ISettledMoves
{
    public async Task RememberAsync(CommandIntent move, Campaign campaign, CancellationToken cancellationToken)
    {
        if (move.Command is not NetworkCommand.Activate || move.Resumes is not { } resumed || !campaign.MaySpend)
            return;

        var open = await book.OpenOfAsync(campaign.Id, cancellationToken);
        if (open.Count == 0)
            return;

        await campaigns.ChangeAsync(
            campaign.Id, now => now with { ResumedFrom = new ResumedFrom(now.LastResumedAt ?? clock.GetUtcNow(), [.. open.Select(held => held.Cause)]) }, cancellationToken);
        foreach (var held in open.OrderBy(held => held.Id != resumed))
            await closing.CloseAsync(held, move.By, $"resumed by {move.By.Name}", FeedKind.Resume, cancellationToken);
    }
}
