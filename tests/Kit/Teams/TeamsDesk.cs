using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Teams;

/// <summary>One activity of the bot as Teams keeps it.</summary>
/// <param name="Chat">The conversation without its thread.</param>
/// <param name="Thread">The root of the thread that it stands in; its own id when it began one.</param>
public sealed record TeamsMessage(string Chat, string Id, string? Thread, JsonObject Activity, bool Edited)
{
    public JsonObject? Card => Activity["attachments"]?[0]?["content"] as JsonObject;

    /// <summary>Everything that a person reads in it.</summary>
    public string Words => Card is { } card ? WordsOf(card) : Plain((string?)Activity["text"] ?? "");

    /// <summary>The labels of everything that can be pressed.</summary>
    public IEnumerable<string> Labels => Card is { } card ? Buttons(card).Select(button => (string)button["title"]!) : [];

    public JsonObject? Button(string label) => Card is { } card ? Button(card, label) : null;

    /// <summary>Who is woken by it.</summary>
    public IEnumerable<string> Calls => Inside(Activity).Where(node => (string?)node["type"] == "mention").Select(node => (string)node["mentioned"]!["id"]!);

    public static JsonObject? Button(JsonObject card, string label) => Buttons(card).FirstOrDefault(button => (string?)button["title"] == label);

    public static string WordsOf(JsonObject card) =>
        string.Join('\n', Inside(card).Where(node => (string?)node["type"] is "TextBlock" or "RichTextBlock" or "FactSet" or "Input.Text" or "Input.ChoiceSet").Select(Read));

    /// <summary>What the button sends that opens a window.</summary>
    public static JsonObject? Opener(JsonObject card) => Inside(card)
        .Where(node => (string?)node["type"] == "Action.Submit" && (string?)node["data"]?["msteams"]?["type"] == "task/fetch")
        .Select(node => (JsonObject)node["data"]!).FirstOrDefault();

    public static IEnumerable<JsonObject> InputsOf(JsonObject card) => Inside(card).Where(node => ((string?)node["type"])?.StartsWith("Input.", StringComparison.Ordinal) == true);

    private static string Read(JsonObject node) => (string?)node["type"] switch
    {
        "TextBlock" => (string?)node["text"] ?? "",
        "RichTextBlock" => string.Concat(node["inlines"]!.AsArray().Select(run => (string?)run!["text"])),
        "FactSet" => string.Join('\n', node["facts"]!.AsArray().Select(fact => $"{fact!["title"]}: {fact["value"]}")),
        _ => (string?)node["label"] ?? "",
    };

    private static IEnumerable<JsonObject> Buttons(JsonObject card) => Inside(card).Where(node => (string?)node["type"] == "Action.Execute" && node.Parent is JsonArray);

    private static string Plain(string text) => text
        .Replace("<br/>", "\n", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> Inside(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(property => Inside(property.Value)).Prepend(element),
        JsonArray list => list.SelectMany(Inside),
        _ => [],
    };
}

/// <summary>What a tenant holds: the bot's messages in order, files, and how its places and people stand to the bot.</summary>
public sealed class TeamsDesk
{
    public const string Tenant = "00000000-0000-0000-0000-00000000aaaa";
    public const string App = "00000000-0000-0000-0000-00000000b0b0";
    public const string Bot = $"28:{App}";
    public const string BotName = "Campaigns";

    private readonly Lock _gate = new();
    private readonly List<TeamsMessage> _messages = [];
    private long _id = 1767225600_100;

    /// <summary>How people are called, by their ids of Teams.</summary>
    public ConcurrentDictionary<string, string> Names { get; } = new();

    /// <summary>Who is only a guest of the tenant, by the ids of Teams.</summary>
    public ConcurrentDictionary<string, bool> Guests { get; } = new();

    /// <summary>Addresses of people, by their ids of Teams.</summary>
    public ConcurrentDictionary<string, string> Emails { get; } = new();

    /// <summary>What people sign in with, where it is of another domain than their address, by their ids of Teams.</summary>
    public ConcurrentDictionary<string, string> SignIns { get; } = new();

    /// <summary>Who is not in a conversation any more, by it and their ids of Teams.</summary>
    public ConcurrentDictionary<(string Chat, string User), bool> Left { get; } = new();

    /// <summary>Teams by their ids, with the ids and names of their channels. The first channel has no name, as Teams tells it.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<(string Id, string? Name)>> Teams { get; } = new();

    /// <summary>What one member of a conversation sees there alone: the conversation, their id of Teams, what they read.</summary>
    public ConcurrentQueue<(string Chat, string User, string Words)> Targeted { get; } = new();

    /// <summary>The team of a channel; null where it is in none that is known.</summary>
    public string? TeamOf(string chat) => Teams.FirstOrDefault(team => team.Value.Any(channel => channel.Id == chat)).Key;

    /// <summary>Conversations that take nothing, and the Connector's word for why.</summary>
    public ConcurrentDictionary<string, string> Closed { get; } = new();

    /// <summary>Bytes by name.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>How often the bot showed that it writes.</summary>
    public ConcurrentQueue<string> Typing { get; } = new();

    public IReadOnlyList<TeamsMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    public string Next() => Interlocked.Increment(ref _id).ToString(CultureInfo.InvariantCulture);

    public TeamsMessage Add(string chat, string? thread, JsonObject activity)
    {
        lock (_gate)
        {
            var message = new TeamsMessage(chat, Next(), thread, (JsonObject)activity.DeepClone(), Edited: false);
            _messages.Add(message);
            return message;
        }
    }

    /// <summary>False when there is no such message.</summary>
    public bool Change(string chat, string id, JsonObject activity)
    {
        lock (_gate)
        {
            var at = _messages.FindIndex(message => message.Chat == chat && message.Id == id);
            if (at < 0)
                return false;

            _messages[at] = _messages[at] with { Activity = (JsonObject)activity.DeepClone(), Edited = true };
            return true;
        }
    }
}
