using ChatOpsCampaigns.Automation.Approvals;

namespace ChatOpsCampaigns.Dialogs.Announcing.Requests;

/// <summary>What is said of a request that nobody decides.</summary>
internal static class ApprovalReminders
{
    /// <returns>What it is said under, once in each conversation; whether it is for Admins alone. Null while there is nothing to say.</returns>
    public static (string Subject, string Says, bool Admins)? Of(PendingApproval approval) => approval switch
    {
        { EscalatedAt: not null } => ($"escalated/{approval.Id}", $"Nobody decides on {approval.Handle}, which {approval.RequestedBy} asked for: {approval.Says}. {Ways(approval)}, or give somebody the role: \"people grant approver @ana\".", true),
        { RemindedAt: not null } => ($"reminder/{approval.Id}", $"{approval.Handle} still waits: {approval.Says}. {approval.RequestedBy} asked for it. {Ways(approval)}.", false),
        _ => null,
    };

    private static string Ways(PendingApproval approval) => $"Say \"approve {approval.Handle}\" or \"reject {approval.Handle} <why>\"";
}
