using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>
/// A resume that its network confirmed ends the incident; the end of the program may come between the two, also while what an earlier end left is
/// gone on with. Without this the campaign would run with an incident open, and whoever says "resume" would hear that it runs already.
/// </summary>
public sealed class UnfinishedResumes(NetworkGate gate, SettledResume settled)
{
    /// <summary>Ends the incident when its resume is confirmed. The caller has the campaign's turn.</summary>
    public async Task<bool> FinishAsync(Incident open, Campaign campaign, CancellationToken cancellationToken)
    {
        if (!campaign.MaySpend || !open.PauseConfirmed
            || await gate.FindResumeAsync(open.Id, open.Campaign, open.ConfirmedAt ?? open.OpenedAt, cancellationToken) is not { State: IntentState.Confirmed } resume)
            return false;

        await settled.RememberAsync(resume, campaign, cancellationToken);
        return true;
    }
}
