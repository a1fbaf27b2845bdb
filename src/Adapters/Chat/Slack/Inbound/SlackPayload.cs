using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What came from Slack as a payload, or in a few words why it is none: whatever gets past here can be read to its end.</summary>
internal sealed record SlackPayload(JsonObject? Content, string Wrong)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Where an id stands: what it names goes into the names of conversations, people and turns.</summary>
    private static readonly string[][] Ids =
    [
        ["team_id"], ["team", "id"], ["user", "id"], ["user", "team_id"], ["user_id"], ["channel", "id"], ["channel_id"], ["container", "channel_id"],
        ["event", "user"], ["event", "channel"], ["event", "user_team"], ["event", "source_team"], ["event", "team"],
    ];

    /// <summary>Where the time of a message stands.</summary>
    private static readonly string[][] Stamps =
    [
        ["event", "ts"], ["event", "thread_ts"], ["message", "ts"], ["message", "thread_ts"], ["container", "message_ts"], ["container", "thread_ts"],
    ];

    public static SlackPayload Read(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return None("it is not UTF-8");

        try
        {
            return HasBrokenText(json) ? None("a text in it has half a character")
                : JsonNode.Parse(json, documentOptions: Strict) is JsonObject content ? Of(content)
                : None("it is no JSON object");
        }
        catch (JsonException fault)
        {
            return None(fault.Message.Contains("uplicate", StringComparison.Ordinal) ? "a name stands twice in it" : "it is no JSON");
        }
    }

    /// <summary>Fields of a form, or what came parsed already.</summary>
    public static SlackPayload Of(JsonObject content)
    {
        if (Ids.FirstOrDefault(path => content.Word(path) is { } id && !id.All(char.IsAsciiLetterOrDigit)) is { } id)
            return None($"{string.Join('.', id)} is no id");

        if (Stamps.FirstOrDefault(path => content.Word(path) is { } stamp && !stamp.All(sign => char.IsAsciiDigit(sign) || sign == '.')) is { } stamp)
            return None($"{string.Join('.', stamp)} is no time of a message");

        return content.Word("type") == "view_submission" && content.Word("view", "private_metadata") is { Length: > 0 } callback && WindowCallback.Read(callback) is null
            ? None("view.private_metadata is none of ours")
            : new SlackPayload(content, "");
    }

    public static SlackPayload None(string wrong) => new(null, wrong);

    /// <summary>A text that is read only when somebody asks for it, and cannot be read then.</summary>
    private static bool HasBrokenText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;

            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One line for each that cannot be read: sent again it would be the same.</summary>
internal static partial class SlackRefusals
{
    [LoggerMessage(EventId = 560, Level = LogLevel.Warning, Message = "Slack sent something that cannot be read, and it was left aside: {Why}.")]
    public static partial void NotRead(ILogger log, string why);
}

/// <summary>What a window brings back: which action opened it, and where.</summary>
internal sealed record WindowCallback(string Token, string Conversation, string? Message)
{
    [JsonIgnore]
    public string Written => JsonSerializer.Serialize(this);

    [JsonIgnore]
    public SlackPlace Place => SlackPlace.Of(new(Conversation));

    /// <summary>Null when it is none of ours.</summary>
    public static WindowCallback? Read(string written)
    {
        try
        {
            return JsonSerializer.Deserialize<WindowCallback>(written) is { Token.Length: > 0, Conversation: { } conversation } callback && SlackPlace.IsOne(conversation) ? callback : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
