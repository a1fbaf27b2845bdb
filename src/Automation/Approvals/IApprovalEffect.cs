namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>
/// Carries out what was approved. Safe to call again after a crash: the same approval never takes effect twice.
/// </summary>
public interface IApprovalEffect
{
    ApprovalKind Kind { get; }

    /// <summary>Why it must not be carried out any more, although somebody approves: changed, past, or refused by today's limits. Null when it may.</summary>
    Task<string?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken);

    /// <summary>What came of it, in a sentence.</summary>
    Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken);
}
