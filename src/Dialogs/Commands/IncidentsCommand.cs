using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Commands;

public sealed class IncidentsCommand(IIncidentStore incidents, IncidentBoard board, CampaignClock clock) : ICommand
{
    private const int Most = 10;

    public Verb Verb { get; } = new(
        "incidents", ["incidents", "open incidents"], Takes.Nothing, Permission.See, VerbKind.Reads, "shows open incidents, then the last closed ones", "incidents");

    public async Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
    {
        var latest = await incidents.LatestAsync(turn.Person.Workspace, 20, cancellationToken);
        var open = latest.Where(incident => incident.State != IncidentState.Closed).ToList();
        foreach (var incident in open.Take(Most))
            await turn.Chat.ShowAsync(turn.Conversation, IncidentBoard.Subject(incident.Id), ChatMessage.Of(await board.CardAsync(incident, cancellationToken)), cancellationToken);

        var closed = latest.Where(incident => incident.State == IncidentState.Closed).Take(Most)
            .Select(incident => $"{incident.Handle} {incident.CampaignName}, {incident.CauseWords}, {Ages.Since(incident.OpenedAt, clock.GetUtcNow())}: {incident.Resolution ?? "closed"}");
        var past = string.Join("; ", closed);
        await turn.SayAsync(
            $"{(open.Count == 0 ? "No incident is open" : $"{open.Count} open: {string.Join(", ", open.Select(incident => $"{incident.Handle} {incident.CampaignName}"))}")}.{(past.Length > 0 ? $" Before: {past}." : "")}",
            cancellationToken);
    }
}
