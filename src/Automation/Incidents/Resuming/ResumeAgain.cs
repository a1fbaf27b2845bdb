using System.Globalization;
using System.Text.Json;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>
/// A campaign that was resumed and within the hour is stopped again for the same cause: one person alone does not let it run a third time
/// before the hour is over, since the round would only begin anew. A second person may.
/// </summary>
public sealed class ResumeAgain(ApprovalDesk approvals, SecondPeople others, CampaignClock clock)
{
    /// <summary>Why it may not run again now, with what was asked for; null when it may.</summary>
    public async Task<IncidentAnswer?> ObjectionAsync(Campaign campaign, Incident incident, Person by, CancellationToken cancellationToken)
    {
        if (incident.SecondPerson is not null || FreeAt(campaign, incident) is not { } free || clock.GetUtcNow() >= free)
            return null;

        var waits = $"or wait {Math.Ceiling((free - clock.GetUtcNow()).TotalMinutes).ToString("0", CultureInfo.InvariantCulture)} min";
        var round = $"Not resumed: it was stopped again for the same cause ({incident.CauseWords}) within an hour of its last resume, and one person alone does not begin that round anew.";
        if (await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken))
            return IncidentAnswer.No($"{round} Nobody else here may agree to it.", SecondPeople.WayToAdd, waits);

        var details = JsonSerializer.Serialize(new ResumedAgain(incident.Id, campaign.Id));
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.ResumeAgain, incident.Id.Value, Digest.Of(details),
                $"{campaign.Name} was resumed and stopped again for the same cause ({incident.CauseWords}); it may be resumed once more", by.Id, approvals.Now, ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return IncidentAnswer.No(round, $"a second person is asked ({asked.Handle}); once it is approved say resume again", waits);
    }

    /// <summary>From when on one person is enough; null when this is no second round.</summary>
    private static DateTimeOffset? FreeAt(Campaign campaign, Incident incident) =>
        incident.Cause != SafetyRules.StopEverything && campaign.ResumedFrom is { } last && last.Causes.Contains(incident.Cause)
        && incident.OpenedAt >= last.At && incident.OpenedAt - last.At < SafetyLimits.ResumeCooldown
            ? last.At + SafetyLimits.ResumeCooldown
            : null;
}

/// <summary>What is asked for: that a campaign runs again although it was stopped twice for the same cause.</summary>
public sealed record ResumedAgain(IncidentId Incident, CampaignId Campaign)
{
    /// <summary>The simulated faults that are still on; null where it is only the second round.</summary>
    public string? Although { get; init; }
}

/// <summary>A second person agrees. It resumes nothing: rules are judged when somebody says resume.</summary>
public sealed class ResumeAgainApproval(IIncidentStore incidents, IMarketDesk market, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.ResumeAgain;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await PointlessAsync(approval, cancellationToken) is { } says ? new ApprovalObjection(says) : null;

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Asked(approval);
        if (await incidents.FindAsync(asked.Incident, cancellationToken) is null or { State: IncidentState.Closed })
            return "The incident is closed, so nothing has to be resumed.";

        return asked.Although is { } fault && await KnownCause.OnAsync(market, asked.Campaign, cancellationToken) != fault
            ? $"The simulated {fault} is not what is on any more; say resume, and it is judged anew."
            : null;
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) => Asked(approval) is var asked
        && await incidents.FindAsync(asked.Incident, cancellationToken) is { SecondPerson: not null } agreed && (asked.Although is null || agreed.AgreedAlthough == asked.Although);

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var (second, although) = (approval.DecidedBy ?? PersonId.System, Asked(approval).Although);
        var agreed = await incidents.ChangeAsync(
            Asked(approval).Incident,
            open => open.SecondPerson is not null && (although is null || open.AgreedAlthough == although) ? open : open with
            {
                SecondPerson = second, AgreedAlthough = although, Notes = open.Notes.Add(new IncidentNote(clock.GetUtcNow(), second, "agreed that it may be resumed once more")),
            },
            cancellationToken);
        return $"{agreed.CampaignName} may be resumed once more; say resume to let it run.";
    }

    private static ResumedAgain Asked(PendingApproval approval) => JsonSerializer.Deserialize<ResumedAgain>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} names no incident.");
}
