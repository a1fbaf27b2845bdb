using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What is asked for: a higher limit for one account day.</summary>
public sealed record LiftedCap(IncidentId Incident, CampaignId Campaign, DayCap Cap);

/// <summary>A higher limit for today that a second person confirmed. It resumes nothing.</summary>
public sealed class LiftCapApproval(IIncidentStore incidents, ICampaignStore campaigns, IAdAccounts accounts, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.LiftCap;

    public async Task<string?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Asked(approval);
        if (await campaigns.FindAsync(asked.Campaign, cancellationToken) is not { } campaign)
            return "The campaign is not known any more.";

        if (await incidents.FindAsync(asked.Incident, cancellationToken) is not { } incident || incident.State == IncidentState.Closed)
            return "The incident is closed, so no higher limit is needed.";

        var today = (await accounts.GetAsync(campaign.Account, cancellationToken)).DayAt(clock.GetUtcNow());
        return asked.Cap.Day == today ? null : $"It was asked for {asked.Cap.Day}, and that day is over.";
    }

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Asked(approval);
        var campaign = await campaigns.ChangeAsync(asked.Campaign, now => now with { CapForToday = asked.Cap }, cancellationToken);
        return $"{campaign.Name} may spend {asked.Cap.Cap} on {asked.Cap.Day}; say resume to let it run.";
    }

    private static LiftedCap Asked(PendingApproval approval) => JsonSerializer.Deserialize<LiftedCap>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no limit.");
}
