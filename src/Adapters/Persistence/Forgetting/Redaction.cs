using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Persistence.Forgetting;

/// <summary>
/// Writes a pseudonym in the place of a person, and <see cref="Gone"/> in the place of what they typed. Their id goes wherever it stands; their bare
/// name only where a sentence is, and never in what a campaign is or what a network is told: "max" may be a person and a word.
/// </summary>
internal sealed class Redaction
{
    public const string Gone = "(removed on request)";

    /// <summary>Shorter names are too often something else.</summary>
    private const int ShortestName = 3;

    private const string Conversation = "Conversation";
    private const string Local = "local:";

    /// <summary>What a person's name may be a part of without being about them.</summary>
    private static readonly HashSet<string> Business = new(StringComparer.OrdinalIgnoreCase)
        { "Spec", "Command", "Network", "Name", "CampaignName", "FileName", "Predictions", "Subject", "Key", "Account", "Workspace", "Step" };

    /// <summary>Where what somebody typed stands by itself.</summary>
    private static readonly HashSet<string> Reasons = new(StringComparer.OrdinalIgnoreCase) { "Reason", "Because", "Why" };

    /// <summary>What is shown as it is, also when it is one word.</summary>
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase) { "Measured", "value", "text", "title" };

    private readonly string _name;
    private readonly IReadOnlySet<string> _private;
    private readonly HashSet<string> _typed;
    private readonly Regex _ids;
    private readonly Regex? _names;
    private readonly Regex? _parts;
    private readonly string[] _needles;

    /// <param name="places">The conversations that only they read.</param>
    /// <param name="typed">Reasons and the like that they wrote.</param>
    public Redaction(PersonId person, PersonId pseudonym, IReadOnlySet<string> places, IReadOnlyCollection<string> typed)
    {
        (_name, Pseudonym, _private, _typed) = (person.Name, pseudonym, places, [.. typed]);
        // What a chat made up is nothing else anywhere; what a person chose ("ana") may be.
        string[] ids = [person.Value, person.Value.Replace(':', '/'), person.Value.Replace(':', '-'), .. places, .. person.Value.StartsWith(Local, StringComparison.Ordinal) ? Array.Empty<string>() : [person.Name]];
        _ids = new Regex($@"(?<![\w.-])({Either(ids)})(?![\w@-]|\.\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        // "max $750" and "max bid" are no person.
        _names = person.Name.Length < ShortestName ? null : new Regex(
            $@"(?<![\w.:/-])({Regex.Escape(person.Name)})(?![\w@-]|\.\w|\s+([\p{{Sc}}\d]|(bid|cpa|cpi|cap|cost|budget|spend|daily)\b))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        // One word is too often a word of somebody else's sentence.
        var parts = _typed.Where(text => text.Contains(' ', StringComparison.Ordinal)).OrderByDescending(text => text.Length).ToArray();
        _parts = parts.Length == 0 ? null : new Regex($@"(?<!\w)({Either(parts)})(?!\w)", RegexOptions.CultureInvariant);
        _needles = [.. ((string[])[.. ids, .. _names is null ? [] : new[] { person.Name }, .. _typed]).SelectMany(text => new[] { text, JsonEncodedText.Encode(text).Value }).Distinct()];
    }

    public PersonId Pseudonym { get; }

    /// <summary>Their name when it is too short to be told from other words, so that it stays in sentences; else null.</summary>
    public string? ShortName => _names is null ? _name : null;

    /// <summary>The conversations that nobody but one person reads.</summary>
    public static bool IsPrivate(string conversation) =>
        conversation.StartsWith("local/", StringComparison.Ordinal)
        || (IsOf(conversation, SlackPlace.Prefix) && SlackPlace.Of(new ConversationId(conversation)).IsDirect)
        || (IsOf(conversation, TeamsPlace.Prefix) && TeamsPlace.Of(new ConversationId(conversation)).IsDirect);

    /// <summary>Of a thread of a direct conversation, the conversation.</summary>
    public static string Whole(string conversation) =>
        IsOf(conversation, SlackPlace.Prefix) ? (SlackPlace.Of(new ConversationId(conversation)) with { Thread = null }).Conversation.Value
        : IsOf(conversation, TeamsPlace.Prefix) ? TeamsPlace.Of(new ConversationId(conversation)).Whole.Conversation.Value
        : conversation;

    private static bool IsOf(string conversation, string chat) => conversation.StartsWith($"{chat}/", StringComparison.Ordinal);

    /// <summary>False: nothing in it is about the person. True: it may be.</summary>
    public bool IsAbout(string text) => Array.Exists(_needles, needle => text.Contains(needle, StringComparison.OrdinalIgnoreCase));

    /// <summary>A text outside a record, such as a key.</summary>
    public string Id(string text) => _ids.Replace(text, found => found.Value.Equals(_name, StringComparison.OrdinalIgnoreCase) ? Pseudonym.Name : Pseudonym.Value);

    /// <summary>A record as JSON; the very same text when nothing in it is about the person.</summary>
    public string Record(string json) => Record(json, _ => { });

    /// <param name="first">What is to be done besides, before the rest.</param>
    public string Record(string json, Action<JsonObject> first)
    {
        if (!IsAbout(json) || JsonNode.Parse(json) is not { } parsed)
            return json;

        var before = parsed.ToJsonString();
        if (parsed is JsonObject record)
            first(record);

        var after = Walked(parsed, "", isSentence: true)?.ToJsonString() ?? json;
        return after == before ? json : after;
    }

    private JsonNode? Walked(JsonNode? node, string property, bool isSentence) => node switch
    {
        JsonObject record => Walked(record, isSentence),
        JsonArray list => new JsonArray([.. list.Select(one => Walked(one, property, isSentence))]),
        JsonValue value when value.TryGetValue<string>(out var text) => property == "Details" && text.StartsWith('{') ? Record(text) : Text(text, property, isSentence),
        _ => node?.DeepClone(),
    };

    private JsonObject Walked(JsonObject record, bool isSentence)
    {
        var walked = new JsonObject();
        foreach (var (property, value) in record)
        {
            if (property != Conversation || value is not JsonValue place || !place.TryGetValue<string>(out var where) || !_private.Contains(where))
                walked[Id(property)] = Walked(value, property, isSentence && !Business.Contains(property));
        }

        return walked;
    }

    private string Text(string text, string property, bool isSentence)
    {
        if (!isSentence)
            return Id(text);

        if (Reasons.Contains(property) && _typed.Contains(text))
            return Gone;

        var known = Id(_parts is null ? text : _parts.Replace(text, Gone));
        return _names is not null && (known.Contains(' ', StringComparison.Ordinal) || Shown.Contains(property)) ? _names.Replace(known, Pseudonym.Name) : known;
    }

    private static string Either(IEnumerable<string> texts) => string.Join('|', texts.Select(Regex.Escape));
}
