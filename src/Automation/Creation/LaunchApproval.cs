using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>A launch that a second person allowed: exactly the draft that was shown, checked again.</summary>
public sealed class LaunchApproval(DraftChecks checks, IDraftStore drafts, LaunchRegistrar registrar) : IApprovalEffect
{
    public ApprovalKind Kind => ApprovalKind.Launch;

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await WhyNotAsync(approval, cancellationToken) is { } says ? new ApprovalObjection(says) : null;

    private async Task<string?> WhyNotAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = Draft(approval);
        if (await registrar.FindAsync(asked, cancellationToken) is { } running)
            return $"{running.Name} was launched already.";

        if (await drafts.FindAsync(asked.Id, cancellationToken) is not { } present)
            return "The draft was deleted meanwhile.";

        if (LaunchDesk.DigestOf(present) != approval.Shown)
            return "The draft was changed after it was asked for; it has to be asked for again.";

        var blocking = (await checks.AllAsync(present, cancellationToken)).Where(problem => problem.Kind == ProblemKind.Blocks).ToList();
        return blocking.Count == 0 ? null : $"It cannot be launched any more: {string.Join(" ", blocking.Select(problem => problem.Says))}";
    }

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var campaign = await registrar.RegisterAsync(Draft(approval), approval.RequestedBy, cancellationToken);
        return $"{campaign.Name} ({campaign.Handle}) is being launched.";
    }

    private static CampaignDraft Draft(PendingApproval approval) => JsonSerializer.Deserialize<CampaignDraft>(approval.Details)
        ?? throw new InvalidOperationException($"Approval {approval.Handle} holds no draft.");
}
