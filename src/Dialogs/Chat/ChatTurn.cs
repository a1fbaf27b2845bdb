using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>One conversation on one channel: <c>local/ana</c>. The part before the first slash names the channel.</summary>
public readonly record struct ConversationId(string Value) : IIdentity<ConversationId>
{
    [JsonIgnore]
    public string Channel => Value.Split('/')[0];

    public static ConversationId From(string value) => new(value);

    /// <summary>The one conversation that a local person has.</summary>
    public static ConversationId Local(PersonId person) => new($"local/{person.Key}");

    /// <summary>What is answered to one message of a conversation, on a channel that has threads.</summary>
    public ConversationId ThreadUnder(MessageId message) => new($"{Value}/{message}");

    public override string ToString() => Value;
}

/// <summary>A message in a conversation, by the channel's own id.</summary>
public readonly record struct MessageId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A file that came with a turn. <paramref name="Reference"/> means something to its channel only.</summary>
/// <param name="Bytes">How heavy its sender says it is. One that is too heavy is not fetched, and may not have been sent at all.</param>
public sealed record ChatFile(string Name, string Reference, long? Bytes);

/// <summary>A file cannot be had from its channel. The message is for the person who dropped it, and says what would be right.</summary>
public class ChatFileException(string message, Exception? because = null) : Exception(message, because);

/// <summary>A pressed button. What the template put into <c>data</c> and what the inputs hold, all as text.</summary>
/// <param name="Verb">The button's <c>_verb</c>, for example <c>incident.resume</c> or <c>wizard.answer</c>.</param>
/// <param name="Fields">Everything else, by name: inputs under their ids, our own keys with a leading underscore (<c>_target</c>, <c>_rev</c>).</param>
public sealed record ChatAction(string Verb, ImmutableDictionary<string, string> Fields)
{
    public string? Target => Fields.GetValueOrDefault("_target");

    /// <summary>The revision of the card that was pressed; an older one than the present gets the present card and no effect.</summary>
    public string? Revision => Fields.GetValueOrDefault("_rev");

    /// <summary>What stands in the input of an argument; null without one. Two inputs of a card never share a name, so that a second one has something behind a hyphen.</summary>
    public string? Input(string argument) =>
        Fields.GetValueOrDefault(argument) ?? Fields.Where(field => field.Key.StartsWith($"{argument}-", StringComparison.Ordinal)).Select(field => field.Value).FirstOrDefault();
}

/// <summary>What somebody said, dropped or pressed. From here on nobody knows which channel it came from.</summary>
/// <param name="Id">Unique; the same turn delivered twice is handled once.</param>
/// <param name="At">Machine time of arrival.</param>
/// <param name="About">The message that a button belongs to or that was replied to.</param>
public sealed record ChatTurn(
    string Id, ConversationId Conversation, PersonId Person, string? Text, ImmutableArray<ChatFile> Files, ChatAction? Action,
    DateTimeOffset At, MessageId? About = null)
{
    /// <summary>It was left behind by a crash and is taken up again: some of it may have been done and said.</summary>
    [JsonIgnore]
    public bool IsAgain { get; init; }
}
