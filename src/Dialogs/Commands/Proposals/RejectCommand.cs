using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

public sealed class RejectCommand(ApprovalBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "reject", ["reject"], [Takes.Approval, Takes.WhyOrNot], Permission.Approve, VerbKind.Acts, "rejects somebody else's request, bound to what you saw", "reject a1 the cap is too high");

    public Suiting SuitingTo(Person by) => Suiting.Of<PendingApproval>("waits for a decision", _ => true);

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => board.DecideAsync(call, approve: false, turn, cancellationToken);
}
