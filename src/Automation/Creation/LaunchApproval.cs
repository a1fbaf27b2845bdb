using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Creation.Changing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>A launch that a second person allowed: exactly the draft that was shown, checked again.</summary>
public sealed class LaunchApproval(DraftChecks checks, IDraftStore drafts, LaunchRegistrar registrar, RiskGate risk, CampaignClock clock) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Launch;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await WhyNotAsync(approval, cancellationToken) is { } says ? new ApprovalObjection(says)
        : await risk.FreezeAsync(cancellationToken) is { } frozen ? new ApprovalObjection($"Not now: {frozen}", KeepsWaiting: true)
        : null;

    private async Task<string?> WhyNotAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Draft(approval);
        if (await registrar.FindAsync(asked, cancellationToken) is { } running)
            return $"{running.Name} was launched already.";

        if (await drafts.FindAsync(asked.Id, cancellationToken) is not { } present)
            return "The draft was deleted meanwhile.";

        if (LaunchDesk.DigestOf(present) != (approval.AskedShown ?? approval.Shown))
            return "The draft was changed after it was asked for; it has to be asked for again.";

        var blocking = (await checks.AllAsync(approval.AskedShown is null ? present : asked, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Blocks).ToList();
        return blocking.Count == 0 ? null : $"It cannot be launched any more: {string.Join(" ", blocking.Select(problem => problem.Says))}";
    }

    /// <summary>Budget only down, the mode only calmer: what was asked for was the most that its person wanted.</summary>
    public async Task<ChangedRequest> ChangedAsync(PendingApproval approval, ApprovalChanges changes, CancellationToken cancellationToken)
    {
        var asked = Draft(approval);
        if (LaunchChange.Objection(asked, changes) is { } objection)
            return new ChangedRequest.Not(objection);

        var draft = LaunchChange.Of(asked, changes);
        var blocking = (await checks.AllAsync(draft, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Blocks).ToList();
        if (blocking.Count > 0)
            return new ChangedRequest.Not($"Not with that: {string.Join(" ", blocking.Select(problem => problem.Says))} Nothing was changed.");

        var account = await checks.GetAccountAsync(draft, cancellationToken);
        return new ChangedRequest.Changed(approval with
        {
            Details = JsonSerializer.Serialize(draft),
            Shown = LaunchDesk.DigestOf(draft),
            Says = LaunchDesk.SaysOf(draft, SpecOfDraft.From(draft, account), account, clock.GetUtcNow()),
            Changes = LaunchChange.Words(asked, changes),
        });
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) => await registrar.FindAsync(Draft(approval), cancellationToken) is not null;

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var campaign = await registrar.RegisterAsync(Draft(approval), approval.RequestedBy, cancellationToken);
        return $"{campaign.Name} ({campaign.Handle}) is being launched.";
    }

    private static CampaignDraft Draft(PendingApproval approval) => JsonSerializer.Deserialize<CampaignDraft>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no draft.");
}
