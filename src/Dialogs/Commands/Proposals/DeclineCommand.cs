using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

public sealed class DeclineCommand(SuggestionDesk desk, SuggestionBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "decline", ["decline", "no to"], [Takes.Campaign, Takes.WhyOrNot], Permission.Reduce, VerbKind.Acts,
        "says no to what the agent suggests, with your reason: it proposes the same kind of change to that campaign again after 7 days, or when the evidence has doubled", "decline c1 the sale needs this bid");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a suggestion of the agent", board.HasAsync);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var answer = await desk.DeclineAsync(call.Campaign, turn.Person, DoItCommand.Shown(call), call.Find<string>("why"), cancellationToken);
        await turn.SayAsync(answer.Says, cancellationToken);
        await board.RefreshAsync(call.Campaign.Id, cancellationToken);
    }
}
