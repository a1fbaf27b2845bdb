using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>One message as Slack keeps it.</summary>
public sealed record SlackMessage(string Channel, string Stamp, string? Thread, string User, string Text, JsonArray Blocks, bool Edited)
{
    /// <summary>What the bot marked it with.</summary>
    public JsonObject? Mark { get; init; }

    /// <summary>Everything that a person reads in it.</summary>
    public string Words => string.Join('\n', Inside(Blocks).Where(node => node["text"] is JsonValue).Select(node => (string)node["text"]!).Prepend(Text));

    /// <summary>What stands in it: its blocks, or its words where it has none.</summary>
    public string Shown => Blocks.Count == 0 ? Text : string.Join('\n', Inside(Blocks).Where(node => node["text"] is JsonValue && node["value"] is null && !IsLabel(node)).Select(node => (string)node["text"]!));

    /// <summary>The labels of everything that can be pressed or chosen.</summary>
    public IEnumerable<string> Labels => Inside(Blocks).Where(node => node["value"] is not null).Select(node => (string?)(node["text"] as JsonObject)?["text"]).OfType<string>();

    /// <summary>A button or a menu's entry by its label.</summary>
    public JsonObject? Button(string label) => Inside(Blocks).FirstOrDefault(node => (string?)(node["text"] as JsonObject)?["text"] == label && node["value"] is not null);

    private static bool IsLabel(JsonObject node) => node.Parent is JsonObject { } holder && holder["value"] is not null;

    private static IEnumerable<JsonObject> Inside(JsonNode? node) => node switch
    {
        JsonObject element => element.Where(property => property.Key != "text" || property.Value is JsonObject).SelectMany(property => Inside(property.Value)).Prepend(element),
        JsonArray list => list.SelectMany(Inside),
        _ => [],
    };
}

/// <summary>How a channel stands to the bot.</summary>
public enum SlackChannelState
{
    Joined,
    NotJoined,
    Archived,

    /// <summary>Private, or not there at all.</summary>
    Unseen,
}

/// <summary>What a workspace holds: its messages in order, windows, files. Stamps grow as Slack's do.</summary>
public sealed class SlackDesk
{
    public const string Workspace = "T0CAMP001";
    public const string Bot = "U0BOT";

    private readonly Lock _gate = new();
    private readonly List<SlackMessage> _messages = [];
    private long _stamp = 1767225600_000100;

    /// <summary>What was said to one person alone: channel, person, text.</summary>
    public ConcurrentQueue<(string Channel, string User, string Text)> Whispers { get; } = new();

    /// <summary>Windows that were opened, the newest last.</summary>
    public ConcurrentQueue<JsonObject> Windows { get; } = new();

    /// <summary>Clicks that may still open a window, and when they were made.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Triggers { get; } = new();

    /// <summary>What each person's Home tab shows.</summary>
    public ConcurrentDictionary<string, SlackMessage> Homes { get; } = new();

    /// <summary>How people are called; who is not here is called by the id.</summary>
    public ConcurrentDictionary<string, string> Names { get; } = new();

    /// <summary>Confirmed addresses of people, by their ids.</summary>
    public ConcurrentDictionary<string, string> Emails { get; } = new();

    /// <summary>Who is only a guest of the workspace.</summary>
    public IReadOnlySet<string> Guests { get; set; } = new HashSet<string>();

    /// <summary>Channels that the bot is not simply in.</summary>
    public ConcurrentDictionary<string, SlackChannelState> Channels { get; } = new();

    /// <summary>Bytes by the file's id, with the name it was dropped under.</summary>
    public ConcurrentDictionary<string, (string Name, byte[] Bytes)> Files { get; } = new();

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _stamp) / 1_000_000}.{_stamp % 1_000_000:000000}");

    public SlackMessage Add(string channel, string? thread, string user, string text, JsonArray blocks, JsonObject? mark = null)
    {
        lock (_gate)
        {
            var message = new SlackMessage(channel, Next(), thread, user, text, blocks, Edited: false) { Mark = (JsonObject?)mark?.DeepClone() };
            _messages.Add(message);
            return message;
        }
    }

    /// <summary>A person deletes a message, also one of the bot; replies below it stay.</summary>
    public void Delete(string channel, string stamp)
    {
        lock (_gate)
            _messages.RemoveAll(message => message.Channel == channel && message.Stamp == stamp);
    }

    /// <summary>False when there is no such message of the bot.</summary>
    /// <param name="blocks">Null: they stay as they were.</param>
    public bool Change(string channel, string stamp, string text, JsonArray? blocks)
    {
        lock (_gate)
        {
            var at = _messages.FindIndex(message => message.Channel == channel && message.Stamp == stamp && message.User == Bot);
            if (at < 0)
                return false;

            _messages[at] = _messages[at] with { Text = text, Blocks = blocks ?? _messages[at].Blocks, Edited = true };
            return true;
        }
    }
}
