using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What is asked for: a higher limit for one account day.</summary>
/// <param name="WholeTime">The limit is the budget for the whole time, and the day only the one on which it was asked for.</param>
public sealed record LiftedCap(IncidentId Incident, CampaignId Campaign, DayCap Cap, bool WholeTime = false);

/// <summary>A higher limit, for today or for the whole time, that a second person confirmed. It resumes nothing.</summary>
public sealed class LiftCapApproval(IIncidentStore incidents, ICampaignStore campaigns, IAdAccounts accounts, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.LiftCap;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await PointlessAsync(approval, cancellationToken) is { } says ? new ApprovalObjection(says) : null;

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Asked(approval);
        if (await campaigns.FindAsync(asked.Campaign, cancellationToken) is not { } campaign)
            return "The campaign is not known any more.";

        if (await incidents.FindAsync(asked.Incident, cancellationToken) is not { } incident || incident.State == IncidentState.Closed)
            return "The incident is closed, so no higher limit is needed.";

        if (asked.WholeTime)
            return asked.Cap.Cap > campaign.LifetimeBudget ? null : $"The lifetime budget is {campaign.LifetimeBudget?.ToString() ?? "none"} by now.";

        var today = (await accounts.GetAsync(campaign.Account, cancellationToken)).DayAt(clock.GetUtcNow());
        return asked.Cap.Day == today ? null : $"It was asked for {asked.Cap.Day}, and that day is over.";
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) => Asked(approval) is var asked
        && await campaigns.FindAsync(asked.Campaign, cancellationToken) is { } campaign && (asked.WholeTime ? campaign.HigherLifetimeBudget == asked.Cap.Cap : campaign.CapForToday == asked.Cap);

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Asked(approval);
        if (!await HasBegunAsync(approval, cancellationToken) && await PointlessAsync(approval, cancellationToken) is { } pointless)
            return $"Not done: {pointless} Ask again if it is still wanted.";

        if (asked.WholeTime)
        {
            var raised = await campaigns.ChangeAsync(asked.Campaign, now => now with { HigherLifetimeBudget = asked.Cap.Cap }, cancellationToken);
            return $"{raised.Name} may spend {asked.Cap.Cap} altogether; say resume to let it run.";
        }

        var campaign = await campaigns.ChangeAsync(asked.Campaign, now => now with { CapForToday = asked.Cap }, cancellationToken);
        return $"{campaign.Name} may spend {asked.Cap.Cap} on {asked.Cap.Day}; say resume to let it run.";
    }

    private static LiftedCap Asked(PendingApproval approval) => JsonSerializer.Deserialize<LiftedCap>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no limit.");
}
