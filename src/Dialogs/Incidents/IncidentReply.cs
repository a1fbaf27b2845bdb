using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Says what came of a reply, with the ways out where it was refused, and edits every copy of the card.</summary>
public sealed class IncidentReply(IncidentBoard board)
{
    private const int MostOffered = 5;

    public async Task TellAsync(IncidentId incident, IncidentAnswer answer, TurnContext turn, CancellationToken cancellationToken)
    {
        var ways = answer.WaysOut.Count > 0 ? $"\nWays out: {string.Join("; or ", answer.WaysOut)}." : "";
        await turn.SayAsync($"{answer.Says}{ways}", cancellationToken);
        await board.ShowAsync(incident, cancellationToken);
        if (answer.Done && (await board.FindAsync(incident, cancellationToken))?.State == IncidentState.Closed && await board.StoppedAsync(cancellationToken) is { Count: > 0 } left)
            await turn.SayAsync(Left(left), cancellationToken);
    }

    /// <summary>What is still stopped, one button for each: nothing is resumed together.</summary>
    private static ChatMessage Left(IReadOnlyList<Incident> left) => new(
        $"{(left.Count == 1 ? "1 campaign is still stopped" : $"{left.Count} campaigns are still stopped")}: {string.Join(", ", left.Take(MostOffered).Select(incident => $"{incident.CampaignName} ({incident.Handle})"))}{(left.Count > MostOffered ? $" and {left.Count - MostOffered} more; \"incidents\" lists them" : "")}.")
    {
        QuickReplies = [.. left.Take(MostOffered).Select(incident => new QuickReply($"Resume {incident.Handle}", $"resume incident {incident.Handle}")), new QuickReply("Incidents", "incidents")],
    };
}
