using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands.Incidents;

public sealed class IncidentsCommand(IIncidentStore incidents, IncidentBoard board, CampaignClock clock) : ICommand
{
    /// <summary>Up to so many are shown by their cards too, which bare words answer to.</summary>
    private const int MostCards = 3;
    private const int Looked = 20;

    public Verb Verb { get; } = new(
        "incidents", ["incidents", "open incidents"], Takes.Nothing, Permission.See, VerbKind.Reads, "lists open incidents, the most urgent first, then the last closed ones", "incidents");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var open = new List<(Incident, string)>();
        foreach (var incident in (await incidents.OpenAsync(cancellationToken)).Where(known => known.IsShownTo(turn.Person)))
            open.Add((incident, await board.OpenedAsync(incident, cancellationToken)));

        var closed = (await incidents.LatestAsync(turn.Person.Workspace, Looked, cancellationToken)).Where(incident => incident.State == IncidentState.Closed && incident.IsShownTo(turn.Person));
        if (open.Count <= MostCards)
        {
            foreach (var (incident, _) in open)
                await board.ShowAnewAsync(incident, turn.Conversation, turn.Person, cancellationToken);
        }

        await turn.SayAsync(ChatMessage.Of(IncidentsCard.Of(open, closed, turn.Person, clock.GetUtcNow())), cancellationToken);
    }
}
