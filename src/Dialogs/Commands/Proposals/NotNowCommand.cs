using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

public sealed class NotNowCommand(SuggestionDesk desk, SuggestionBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "not now", ["not now"], [Takes.Campaign], Permission.Reduce, VerbKind.Acts, "leaves it as it is against what the agent suggests; it asks the same again after 6 hours at the earliest", "not now c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a suggestion of the agent", board.HasAsync);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var answer = await desk.NotNowAsync(call.Campaign, turn.Person, DoItCommand.Shown(call), cancellationToken);
        await turn.SayAsync(answer.Says, cancellationToken);
        await board.RefreshAsync(call.Campaign.Id, cancellationToken);
    }
}
