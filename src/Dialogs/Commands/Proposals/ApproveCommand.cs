using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

public sealed class ApproveCommand(ApprovalBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "approve", ["approve"], [Takes.Approval, Takes.WhyOrNot], Permission.Approve, VerbKind.Acts, "approves somebody else's request, bound to what you saw; a launch also with less (approve a1 with budget 500 and mode conservative)", "approve a1");

    public Suiting SuitingTo(Person by) => Suiting.Of<PendingApproval>("waits for your approval", request => !by.Is(request.RequestedBy));

    public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => board.DecideAsync(call, approve: true, turn, cancellationToken);
}
