using ChatOpsCampaigns.Automation.People;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>Why a request cannot be approved, in a sentence.</summary>
/// <param name="KeepsWaiting">It may be possible again later: the request is not void, and whoever decides tries again.</param>
public sealed record ApprovalObjection(string Why, bool KeepsWaiting = false)
{
    /// <summary>For whoever decides.</summary>
    public string Says => KeepsWaiting ? $"{Why} The request keeps waiting." : Why;
}

/// <summary>Approved, and nobody knows yet whether it took effect: it is tried again, as after a crash.</summary>
public sealed class NotCarriedOutYetException(string says) : Exception(says);

/// <summary>
/// Carries out what was approved. Safe to call again after a crash: the same approval never takes effect twice.
/// </summary>
public interface IApprovalEffect
{
    ApprovalKind Kind { get; }

    /// <summary>What whoever asks has to be allowed, still when it is approved; null where asking needs nothing that approving does not.</summary>
    Permission? AskedWith => null;

    /// <summary>Why it must not be carried out any more, or not now, although somebody approves: changed, past, or refused by today's limits. Null when it may.</summary>
    Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken);

    /// <summary>Why it need not be decided any more, in a sentence; looked up here alone, without asking a network. Null when it still waits for somebody.</summary>
    Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>The request with changes of whoever approves; why it cannot be had so.</summary>
    Task<ChangedRequest> ChangedAsync(PendingApproval approval, ApprovalChanges changes, CancellationToken cancellationToken) =>
        Task.FromResult<ChangedRequest>(new ChangedRequest.Not("Only a launch can be approved with changes. Reject this with your reason, or approve it as it was asked for. Nothing was changed."));

    /// <summary>Something of it may have taken effect already: then it is brought to its end, however late.</summary>
    Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken);

    /// <summary>What came of it, in a sentence.</summary>
    Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken);
}
