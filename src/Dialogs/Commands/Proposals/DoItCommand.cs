using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Proposals;

/// <summary>The card that suggests is the question; a button counts for what its card showed.</summary>
public sealed class DoItCommand(SuggestionDesk desk, SuggestionBoard board) : ICommand
{
    public Verb Verb { get; } = new(
        "do it", ["do it"], [Takes.Campaign], Permission.Raise, VerbKind.Acts, "lets the agent do what it suggests, when it would still do exactly that", "do it c1");

    public Suiting SuitingTo(Person by) => Suiting.Of<Campaign>("has a suggestion of the agent", board.HasAsync);

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var answer = await desk.DoAsync(call.Campaign, turn.Person, Shown(call), cancellationToken);
        await turn.SayAsync(answer.Says, cancellationToken);
        await board.RefreshAsync(call.Campaign.Id, cancellationToken);
    }

    internal static Digest? Shown(VerbCall call) => call.Pressed.TryGetValue("_rev", out var shown) ? new Digest(shown) : null;
}
