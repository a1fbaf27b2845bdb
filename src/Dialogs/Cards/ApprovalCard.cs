using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A request that waits for a second person, and what became of it.</summary>
/// <param name="Rev">The digest of what is shown: approving anything else is refused.</param>
public sealed record ApprovalCard(
    string Title, string Says, ImmutableArray<FactView> Facts, string Asked, string Outcome, bool Waits, string Target, string Rev) : ICardView
{
    public string Template => "approval";

    /// <summary>Only a launch can be approved with changes.</summary>
    public bool CanChange { get; init; }

    public bool HasOutcome => Outcome.Length > 0;

    public string Fallback => $"{Title}: {Says}. {string.Concat(Facts.Select(fact => $"{fact.Title}: {fact.Value}. "))}{Asked}.{(HasOutcome ? $" {Outcome}." : "")}{(Waits ? $" Say \"approve {Target}\" or \"reject {Target} <why>\"{(CanChange ? $", or \"approve {Target} with budget <less>\"" : "")}." : "")}";

    public static ApprovalCard Of(PendingApproval approval, ImmutableArray<FactView> facts, TimeZoneInfo zone) => new(
        $"Request {approval.Handle}", approval.Says, facts, $"Asked by {approval.RequestedBy} at {AccountTime.In(zone, approval.RequestedAt)}, real time", OutcomeOf(approval, zone),
        approval.State == ApprovalState.Waiting, approval.Handle, approval.Shown.Value)
    {
        CanChange = approval is { State: ApprovalState.Waiting, Kind: ApprovalKind.Launch },
    };

    private static string OutcomeOf(PendingApproval approval, TimeZoneInfo zone) => approval.State switch
    {
        ApprovalState.Approved => $"Approved by {approval.DecidedBy}{At(approval, zone)}{(approval.Changes is { } changes ? $", with changes: {changes}" : "")}",
        ApprovalState.Expired => $"Ran out{At(approval, zone)}: {approval.Why}",
        ApprovalState.Rejected => $"Rejected by {approval.DecidedBy}{At(approval, zone)}{(approval.Why is { } why ? $": {why}" : "")}",
        ApprovalState.Void => $"Withdrawn{At(approval, zone)}: {approval.Why}",
        _ => "",
    };

    /// <summary>People ask and decide by the clock on the wall, however fast campaign time runs.</summary>
    private static string At(PendingApproval approval, TimeZoneInfo zone) => approval.DecidedAt is { } at ? $" at {AccountTime.In(zone, at)}, real time" : "";
}
