using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>Charts and thumbnails of our own store as files of a workspace: Slack cannot reach our address. Each is uploaded once, and once more when Slack does not know it any more.</summary>
internal sealed partial class SlackPictures(SlackApi api, SlackDownloads downloads, IMediaStore media, SlackCharts charts, ILogger<SlackPictures> log)
{
    /// <summary>So many charts of its own Slack draws in a message.</summary>
    private const int MostCharts = 2;

    private const string Address = "/media/";

    private const int MostKept = 2000;

    /// <summary>A message waits no longer than this for its pictures, and goes ahead of them. 10 seconds of machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Slack has made a picture ready by then. A minute of machine time.</summary>
    private static readonly TimeSpan Ready = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Workspace, string Address), Uploaded> _uploaded = new();

    /// <param name="File">Slack's id of it.</param>
    private sealed record Uploaded(string File, DateTimeOffset At);

    /// <summary>Uploads what is not uploaded yet, for as long as <see cref="Patience"/>.</summary>
    /// <param name="drawsCharts">Whether Slack may draw charts itself, where it is set to.</param>
    public async Task<PlacedPictures> PlaceAsync(SlackAccess access, JsonObject card, bool drawsCharts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, api.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var placed = new Dictionary<string, SlackPicture>();
        foreach (var address in Addresses(card).Distinct())
        {
            if (drawsCharts && placed.Values.OfType<SlackPicture.Chart>().Count() < MostCharts && charts.Find(access.Self.Workspace, DigestOf(address)) is { } numbers)
                placed[address] = new SlackPicture.Chart(numbers);
            else if (await TryUploadAsync(access, address, either.Token) is { } file)
                placed[address] = new SlackPicture.File(file);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new PlacedPictures(placed, IsLate: patience.IsCancellationRequested);
    }

    /// <summary>The workspace cannot draw charts itself.</summary>
    public void RefuseCharts(string workspace) => charts.Refuse(workspace);

    /// <summary>Slack did not show a card with its pictures: those that it must have ready by now are uploaded anew when the card is shown next.</summary>
    public void Doubt(string workspace, JsonObject card)
    {
        foreach (var address in Addresses(card))
        {
            if (_uploaded.TryGetValue((workspace, address), out var known) && api.Machine.GetUtcNow() - known.At >= Ready)
                _uploaded.TryRemove(KeyValuePair.Create((workspace, address), known));
        }
    }

    private async Task<string?> TryUploadAsync(SlackAccess access, string address, CancellationToken cancellationToken)
    {
        if (_uploaded.TryGetValue((access.Self.Workspace, address), out var known))
            return known.File;

        try
        {
            var file = await UploadAsync(access, address, cancellationToken);
            _uploaded[(access.Self.Workspace, address)] = new Uploaded(file, api.Machine.GetUtcNow());
            if (_uploaded.Count > MostKept)
                Forget();

            return file;
        }
        catch (Exception fault) when (fault is SlackException or HttpRequestException or IOException or OperationCanceledException)
        {
            NotUploaded(address, fault.Message);
            return null;
        }
    }

    private async Task<string> UploadAsync(SlackAccess access, string address, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(address, cancellationToken);
        var place = await api.CallAsync(
            access.Call("files.getUploadURLExternal", new JsonObject { ["filename"] = "picture.png", ["length"] = bytes.Length.ToString(CultureInfo.InvariantCulture) }, isForm: true), cancellationToken);
        var file = place.Word("file_id")!;
        await downloads.PutAsync(place.Word("upload_url"), bytes, cancellationToken);
        await api.CallAsync(access.Call("files.completeUploadExternal", new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = "picture" }) }), cancellationToken);
        return file;
    }

    private void Forget()
    {
        foreach (var old in _uploaded.OrderBy(one => one.Value.At).Take(MostKept / 2).ToList())
            _uploaded.TryRemove(old);
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

    [LoggerMessage(EventId = 410, Level = LogLevel.Warning, Message = "The picture {Address} could not be uploaded to Slack; its words are shown instead: {Why}")]
    private partial void NotUploaded(string address, string why);
}
