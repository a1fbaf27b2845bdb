using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>What somebody approves instead of what was asked for: less, or calmer. Null is left as asked.</summary>
public sealed record ApprovalChanges(Money? Budget, OptimisationMode? Mode);

/// <summary>A request as it would be approved.</summary>
public abstract record ChangedRequest
{
    /// <param name="Approval">With what is carried out, its digest and its sentence.</param>
    public sealed record Changed(PendingApproval Approval) : ChangedRequest;

    public sealed record Not(string Says) : ChangedRequest;
}
