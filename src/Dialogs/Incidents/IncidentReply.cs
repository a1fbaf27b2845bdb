using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Says what came of a reply, with the ways out where it was refused, and edits every copy of the card.</summary>
public sealed class IncidentReply(IncidentBoard board)
{
    public async Task TellAsync(IncidentId incident, IncidentAnswer answer, TurnContext turn, CancellationToken cancellationToken)
    {
        var ways = answer.WaysOut.Count > 0 ? $"\nWays out: {string.Join("; or ", answer.WaysOut)}." : "";
        await turn.SayAsync($"{answer.Says}{ways}", cancellationToken);
        await board.ShowAsync(incident, cancellationToken);
    }
}
