using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

public sealed class ApprovalsCommand(IApprovalStore approvals, ApprovalFacts facts) : ICommand
{
    private const int Most = 5;

    public Verb Verb { get; } = new(
        "approvals", ["approvals", "requests"], Takes.Nothing, Permission.See, VerbKind.Reads, "shows requests that wait for a second person", "approvals");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var waiting = (await approvals.WaitingAsync(turn.Person.Workspace, cancellationToken)).Where(approval => turn.Person.Sees(approval.Account)).ToList();
        if (waiting.Count == 0)
        {
            await turn.SayAsync("No request waits for a second person.", cancellationToken);
            return;
        }

        foreach (var approval in waiting.Take(Most))
            await ShowAsync(approval, turn, cancellationToken);

        var more = waiting.Count > Most ? $" The first {Most} are above; the next follow when these are decided." : "";
        await turn.SayAsync($"{waiting.Count} request{(waiting.Count == 1 ? " waits" : "s wait")} for a second person.{more}", cancellationToken);
    }

    /// <summary>One card of a request has buttons here: the one shown before folds into a line that says where to look.</summary>
    private async Task ShowAsync(PendingApproval approval, TurnContext turn, CancellationToken cancellationToken)
    {
        var subject = ApprovalBoard.Subject(approval.Id);
        await turn.Chat.EditAsync(turn.Conversation, subject, new ChatMessage($"{approval.Handle}: {approval.Says}. Shown again further down."), cancellationToken);
        await turn.Chat.PostAnewAsync(turn.Conversation, subject, ChatMessage.Of(await facts.CardAsync(approval, cancellationToken)), cancellationToken);
    }
}
