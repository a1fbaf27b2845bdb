using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>An activity from the page → a turn. Who it is from is decided by the token and never by the body.</summary>
internal static class WebChatTurnReader
{
    public static ChatTurn Read(
        string id, ConversationId conversation, PersonId person, JsonObject activity, ImmutableArray<ChatFile> files, DateTimeOffset at) => new(
            id, conversation, person, activity.Text("text"), files, Action(activity["value"]), at,
            activity.Text("replyToId") is { } about ? new MessageId(about) : null);

    private static ChatAction? Action(JsonNode? value)
    {
        if (value is not JsonObject data || Word(data["_verb"]) is not { } verb)
            return null;

        return new ChatAction(verb, data
            .Where(field => field.Key != "_verb")
            .Select(field => (field.Key, Value: Word(field.Value)))
            .Where(field => field.Value is not null)
            .ToImmutableDictionary(field => field.Key, field => field.Value!));
    }

    /// <summary>Inputs come as text; a client may also send numbers and booleans.</summary>
    private static string? Word(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };
}
