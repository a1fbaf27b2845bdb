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
        var waiting = await approvals.WaitingAsync(turn.Person.Workspace, cancellationToken);
        if (waiting.Count == 0)
        {
            await turn.SayAsync("No request waits for a second person.", cancellationToken);
            return;
        }

        foreach (var approval in waiting.Take(Most))
        {
            var card = await facts.CardAsync(approval, cancellationToken);
            await turn.Chat.PostAnotherAsync(turn.Conversation, ApprovalBoard.Subject(approval.Id), ChatMessage.Of(card), cancellationToken);
        }

        await turn.SayAsync($"{waiting.Count} request{(waiting.Count == 1 ? " waits" : "s wait")} for a second person.", cancellationToken);
    }
}
