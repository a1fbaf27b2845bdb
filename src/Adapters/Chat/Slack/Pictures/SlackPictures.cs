using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>Charts and thumbnails of our own store as files of a workspace: Slack cannot reach our address. Each is uploaded once.</summary>
internal sealed partial class SlackPictures(SlackApi api, HttpClient http, IMediaStore media, SlackCharts charts, ILogger<SlackPictures> log)
{
    /// <summary>So many charts of its own Slack draws in a message.</summary>
    private const int MostCharts = 2;

    private const string Address = "/media/";

    private readonly ConcurrentDictionary<(string Workspace, string Address), string> _uploaded = new();

    /// <summary>Address in the card → what stands there. One that cannot be uploaded is left out: its words stand there instead.</summary>
    /// <param name="drawsCharts">Whether Slack may draw charts itself, where it is set to.</param>
    public async Task<IReadOnlyDictionary<string, SlackPicture>> PlaceAsync(SlackAccess access, JsonObject card, bool drawsCharts, CancellationToken cancellationToken)
    {
        var placed = new Dictionary<string, SlackPicture>();
        foreach (var address in Addresses(card).Distinct())
        {
            if (drawsCharts && placed.Values.OfType<SlackPicture.Chart>().Count() < MostCharts && charts.Find(access.Self.Workspace, DigestOf(address)) is { } numbers)
                placed[address] = new SlackPicture.Chart(numbers);
            else if (await TryUploadAsync(access, address, cancellationToken) is { } file)
                placed[address] = new SlackPicture.File(file);
        }

        return placed;
    }

    /// <summary>The workspace cannot draw charts itself.</summary>
    public void RefuseCharts(string workspace) => charts.Refuse(workspace);

    private async Task<string?> TryUploadAsync(SlackAccess access, string address, CancellationToken cancellationToken)
    {
        if (_uploaded.TryGetValue((access.Self.Workspace, address), out var known))
            return known;

        try
        {
            return _uploaded[(access.Self.Workspace, address)] = await UploadAsync(access, address, cancellationToken);
        }
        catch (Exception fault) when (fault is SlackException or HttpRequestException or IOException)
        {
            NotUploaded(address, fault);
            return null;
        }
    }

    private async Task<string> UploadAsync(SlackAccess access, string address, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(address, cancellationToken);
        var place = await api.CallAsync(
            access.Call("files.getUploadURLExternal", new JsonObject { ["filename"] = "picture.png", ["length"] = bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) }, isForm: true), cancellationToken);
        var file = place.Word("file_id")!;
        using (var answer = await http.PostAsync(new Uri(place.Word("upload_url")!), new ByteArrayContent(bytes), cancellationToken))
            answer.EnsureSuccessStatusCode();

        await api.CallAsync(access.Call("files.completeUploadExternal", new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = "picture" }) }), cancellationToken);
        return file;
    }

    private async Task<byte[]> BytesAsync(string address, CancellationToken cancellationToken)
    {
        await using var from = await media.OpenAsync(DigestOf(address), cancellationToken);
        using var all = new MemoryStream();
        await from.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }

    private static Digest DigestOf(string address) => new(address[Address.Length..].Split('/')[0]);

    private static IEnumerable<string> Addresses(JsonNode? node) => node switch
    {
        JsonObject element when element.Word("type") == "Image" => element.Word("url") is { } url && url.StartsWith(Address, StringComparison.Ordinal) ? [url] : [],
        JsonObject element => element.SelectMany(property => Addresses(property.Value)),
        JsonArray list => list.SelectMany(Addresses),
        _ => [],
    };

    [LoggerMessage(EventId = 410, Level = LogLevel.Warning, Message = "The picture {Address} could not be uploaded to Slack; its words are shown instead.")]
    private partial void NotUploaded(string address, Exception fault);
}
