using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>A file of an upload, as the conversation shows it.</summary>
/// <param name="IsHere">False: it was too heavy to be sent, and only its name and size came.</param>
internal sealed record SentFile(string Name, string ContentType, string Reference, long Bytes, bool IsHere)
{
    private const int LongestName = 120;
    private const int LongestEnding = 10;

    public ChatFile File => new(Name, Reference, Bytes);

    /// <summary>What the page left behind since it is too heavy. Whatever else it says about files is not believed.</summary>
    public static IEnumerable<SentFile> LeftBehind(JsonObject activity)
    {
        var named = (activity["channelData"] as JsonObject)?["leftBehind"] as JsonArray ?? [];
        return from one in named.OfType<JsonObject>()
               let name = one.Text("name")
               where name is not null && one["bytes"] is JsonValue
               let bytes = one["bytes"]!.AsValue().TryGetValue<long>(out var said) ? said : 0
               where bytes > FileLimits.Film
               select new SentFile(CleanName(name), "application/octet-stream", "", bytes, IsHere: false);
    }

    /// <summary>In the order in which the activity names them; they may come in another, for a browser reads them side by side.</summary>
    public static IReadOnlyList<SentFile> InOrder(JsonObject activity, IEnumerable<SentFile> came)
    {
        var left = came.ToList();
        var ordered = new List<SentFile>();
        foreach (var named in (activity["attachments"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (left.Find(file => file.Name == CleanName(named.Text("name") ?? "")) is not { } file)
                continue;

            left.Remove(file);
            ordered.Add(file);
        }

        return [.. ordered, .. left];
    }

    /// <summary>The activity's own files: names, and the sizes that were counted here.</summary>
    public static void Show(JsonObject activity, IReadOnlyList<SentFile> files)
    {
        activity["attachments"] = new JsonArray([.. files.Select(file => file.Attachment())]);
        var channelData = activity["channelData"] as JsonObject ?? [];
        channelData["attachmentSizes"] = new JsonArray([.. files.Select(file => (JsonNode)file.Bytes)]);
        channelData.Remove("leftBehind");
        if (activity["channelData"] is null)
            activity["channelData"] = channelData;
    }

    /// <summary>A name for people, and never a path: what stands before a slash is dropped, and so is what turns the direction of writing.</summary>
    public static string CleanName(string given)
    {
        var letters = given.Split('/', '\\')[^1].EnumerateRunes().Where(letter => !Rune.IsControl(letter) && !Turns(letter.Value));
        var name = string.Concat(letters.Select(letter => letter.ToString()));
        if (name.Length <= LongestName)
            return name.Length == 0 ? "file" : name;

        var ending = Path.GetExtension(name) is { Length: <= LongestEnding } known ? known : "";
        return string.Concat(Beginning(name, LongestName - ending.Length - 1), "…", ending);
    }

    private JsonObject Attachment()
    {
        var attachment = new JsonObject { ["name"] = Name, ["contentType"] = ContentType };
        if (IsHere)
            attachment["contentUrl"] = $"/media/{Reference}";

        return attachment;
    }

    private static bool Turns(int letter) => letter is 0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Whole letters, as people count them.</summary>
    private static string Beginning(string name, int most)
    {
        var end = 0;
        while (end + StringInfo.GetNextTextElementLength(name, end) is var next && next <= most)
            end = next;

        return name[..end];
    }
}
