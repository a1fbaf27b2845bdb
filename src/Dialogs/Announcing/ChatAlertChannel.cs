using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Incidents;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>
/// Alerts in the chat. Each incident has its card, which tells of it the first time; what is told again, or of several at once, is one
/// more message in each conversation that names all that concern it.
/// </summary>
public sealed class ChatAlertChannel(Lazy<IncidentBoard> board, ChatDesk chat) : IAlertChannel
{
    public string Name => "chat";

    public bool IsSetUp => true;

    public async Task<AlertAnswer> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var places = new Dictionary<ConversationId, List<Alert>>();
        foreach (var alert in message.Alerts.Where(alert => alert.Incident is not null))
        {
            await TryAsync(() => board.Value.ShowAsync(alert.Incident!.Value, cancellationToken), faults);
            await TryAsync(() => PlaceAsync(alert, places, cancellationToken), faults);
        }

        foreach (var (place, alerts) in places)
        {
            var here = AlertMessage.Of(alerts);
            if (here.NamesSeveral || here.IsRepeated)
                await TryAsync(() => TellAsync(place, message.Key, alerts, cancellationToken), faults);
        }

        return new AlertAnswer(faults.Count == 0, faults.Count == 0 ? "shown" : string.Join("; ", faults.Distinct()));
    }

    private async Task PlaceAsync(Alert alert, Dictionary<ConversationId, List<Alert>> places, CancellationToken cancellationToken)
    {
        foreach (var place in await board.Value.PlacesAsync(alert.Incident!.Value, cancellationToken))
        {
            if (!places.TryGetValue(place, out var known))
                places[place] = known = [];

            known.Add(alert);
        }
    }

    private async Task TellAsync(ConversationId place, string key, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        var called = new List<PersonId>();
        foreach (var alert in alerts)
            called.AddRange(await board.Value.CallsInAsync(alert.Incident!.Value, place, cancellationToken));

        await chat.AnnounceAsync(place, $"alert/{key}", Message(AlertMessage.Of(alerts)) with { Calls = [.. called.Distinct()] }, cancellationToken);
    }

    private static ChatMessage Message(AlertMessage here) => here.NamesSeveral
        ? new ChatMessage($"{here.Title}.\n{string.Join('\n', here.Lines.Select(line => $"- {line}"))}\nEach has its card here; say for example \"ack\" to choose one.")
        {
            QuickReplies = [new QuickReply("Ack", "ack"), new QuickReply("Incidents", "incidents")],
        }
        : new ChatMessage($"{here.Title} — {here.Text}.\nReply ack, resume, roll back or why.")
        {
            QuickReplies = [new QuickReply("Ack", "ack"), new QuickReply("Why", "why")],
        };

    private static async Task TryAsync(Func<Task> show, List<string> faults)
    {
        try
        {
            await show();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            faults.Add(fault.Message);
        }
    }
}
