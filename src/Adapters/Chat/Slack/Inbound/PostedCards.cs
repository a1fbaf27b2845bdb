using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What a press means: the card and action that its token names, as a turn.</summary>
internal sealed partial class PostedCards(ISlackCardStore cards, IInputCheck check, TimeProvider machine, ILogger<PostedCards> log)
{
    /// <summary>Slack shows a window as failed after three seconds.</summary>
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(1.5);

    /// <summary>An action of a card that was posted.</summary>
    public sealed record Shown(string Id, JsonObject Card, JsonObject Action);

    public TimeProvider Machine => machine;

    public DateTimeOffset Now => machine.GetUtcNow();

    /// <summary>Null when the card is not kept, or has no such action.</summary>
    public async Task<Shown?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Split('.') is not [var id, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || await cards.FindAsync(id, cancellationToken) is not { } kept)
            return null;

        var card = JsonNode.Parse(kept)!.AsObject();
        return new CardActions(card)[index] is { } action ? new Shown(id, card, action) : null;
    }

    /// <summary>The conversation with one person alone that a card was posted in and nowhere else; null where others see it too.</summary>
    public Task<ConversationId?> AloneAsync(string id, CancellationToken cancellationToken) => cards.AloneAsync(id, cancellationToken);

    /// <summary>What a menu with many choices offers for the words typed in it; nothing when its card is not kept any more.</summary>
    public async Task<JsonObject> ChoicesAsync(SlackNews.Sought sought, CancellationToken cancellationToken)
    {
        var card = await cards.FindAsync(Inputs.CardOf(sought.Block), cancellationToken) is { } kept ? JsonNode.Parse(kept) : null;
        return new JsonObject { ["options"] = Inputs.Options(card, sought.Input, sought.Words) };
    }

    public static string Callback(SlackNews.Pressed pressed) =>
        new WindowCallback(pressed.Token, Place(pressed).Conversation.Value, pressed.Message).Written;

    public ChatTurn Turn(SlackNews.Pressed pressed, JsonObject action) =>
        Turn(pressed.Id, pressed.Person, Place(pressed).Conversation, pressed.Message, action, pressed.Fields);

    /// <summary>What a button says by itself: its card need not be looked for.</summary>
    public ChatTurn Turn(SlackNews.Pressed pressed, string order) => new(
        pressed.Id, Place(pressed).Conversation, SlackPeople.PersonOf(pressed.Person), null, [], new ChatAction("say", ImmutableDictionary<string, string>.Empty.Add("_target", order)), Now,
        pressed.Message is null ? null : new MessageId(pressed.Message));

    /// <summary>Of an inner card it is the action that ends it, of a card's own inputs the one that opened the window. Null when the card is not kept.</summary>
    public async Task<ChatTurn?> TurnAsync(SlackNews.Submitted submitted, CancellationToken cancellationToken)
    {
        var callback = submitted.Callback;
        if (await FindAsync(callback.Token, cancellationToken) is not { } shown)
            return null;

        var action = shown.Action.Kind() == "Action.ShowCard" ? ((JsonObject)shown.Action["card"]!).Children("actions").First(inner => inner.TakesInputs()) : shown.Action;
        return Turn(submitted.Id, submitted.Person, new ConversationId(callback.Conversation), callback.Message, action, submitted.Fields);
    }

    /// <summary>What is wrong beside inputs of the window, as Slack is told it, so that it stays open; null when nothing is, or nothing can be said in time.</summary>
    public async Task<JsonObject?> FaultsAsync(SlackNews.Submitted submitted, ChatTurn turn, CancellationToken cancellationToken)
    {
        var faults = await FaultsAsync(turn, cancellationToken);
        var card = submitted.Callback.Token.Split('.')[0];
        return faults.Count == 0
            ? null
            : new JsonObject
            {
                ["response_action"] = "errors",
                ["errors"] = new JsonObject(faults.Select(fault => KeyValuePair.Create(Inputs.BlockId(card, fault.Key), (JsonNode?)fault.Value))),
            };
    }

    /// <summary>What is wrong beside inputs of a window, by their ids; nothing where nothing is, or nothing can be said in time.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FaultsAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestCheck, machine);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check.FaultsAsync(turn, both.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The answer to it says what is wrong.
            NotChecked(fault);
            return ImmutableDictionary<string, string>.Empty;
        }
    }

    /// <summary>What is pressed in a channel is answered in the thread below it.</summary>
    private static SlackPlace Place(SlackNews.Pressed pressed) =>
        pressed.Place is { IsDirect: false, Thread: null } place && pressed.Message is { } message ? place with { Thread = message } : pressed.Place;

    private ChatTurn Turn(string id, SlackPerson person, ConversationId conversation, string? message, JsonObject action, ImmutableDictionary<string, string> inputs)
    {
        var fields = action.TakesInputs() ? inputs : ImmutableDictionary<string, string>.Empty;
        foreach (var (name, value) in action["data"] as JsonObject ?? [])
            fields = fields.SetItem(name, value is JsonValue text && text.TryGetValue(out string? word) ? word : value?.ToJsonString() ?? "");

        return new ChatTurn(
            id, conversation, SlackPeople.PersonOf(person), null, [], new ChatAction(action.Text("verb"), fields), Now, message is null ? null : new MessageId(message));
    }

    [LoggerMessage(EventId = 423, Level = LogLevel.Warning, Message = "What was filled in on Slack could not be looked at before it was taken; its answer says what is wrong.")]
    private partial void NotChecked(Exception fault);
}
