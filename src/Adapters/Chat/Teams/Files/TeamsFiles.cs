using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Files;

/// <summary>Files that people dropped, into the content store. Their addresses hold for minutes: they are fetched when the turn is handled.</summary>
internal sealed class TeamsFiles(TeamsDownloads downloads, IMediaStore media)
{
    private const string Dropped = "application/vnd.microsoft.teams.file.download.info";
    private const string OfChannel = "reference";

    /// <summary>How a file is had: from anywhere on the internet and without our token, or from the Connector itself and with it.</summary>
    private const string Open = "open";
    private const string Ours = "ours";
    private const string Elsewhere = "elsewhere";

    /// <summary>It came by our own page and lies in the store.</summary>
    private const string Here = "here";

    /// <summary>Null for what is no file: the same words as HTML, a card, a kind that we do not know.</summary>
    /// <param name="service">The address of the Connector that the activity's token is about.</param>
    public static ChatFile? Read(JsonObject attachment, string service)
    {
        var kind = attachment.Word("contentType") ?? "";
        var name = attachment.Word("name") is { Length: > 0 } said ? said : "picture";
        if (kind == Dropped)
            return attachment.Word("content", "downloadUrl") is { } from ? new ChatFile(name, $"{Open} {from}", null) : null;

        if (kind == OfChannel)
            return new ChatFile(name, Elsewhere, null);

        return kind.StartsWith("image/", StringComparison.Ordinal) && attachment.Word("contentUrl") is { } picture
            ? new ChatFile(name, IsOf(picture, service) ? $"{Ours} {picture}" : Elsewhere, null)
            : null;
    }

    /// <summary>A file that was handed in at our own page.</summary>
    public static ChatFile HandedIn(string name, Digest file, long bytes) => new(name, $"{Here} {file}", bytes);

    /// <exception cref="TeamsFileException">The file cannot be had; the message is for the person who dropped it.</exception>
    public async Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken)
    {
        var (how, from) = file.Reference.Split(' ', 2) is [var kind, var address] ? (kind, address) : (file.Reference, "");
        if (how == Here && await media.HasAsync(new Digest(from), cancellationToken))
            return new Digest(from);

        if (how is not (Open or Ours))
            throw new TeamsFileException($"Teams does not give me {file.Name} there; drop it in our chat with each other: open it by a click on my name.");

        await using var bytes = await downloads.OpenAsync(file.Name, from, withToken: how == Ours, cancellationToken);
        return await media.KeepAsync(bytes, cancellationToken);
    }

    /// <summary>The same scheme, host and port.</summary>
    private static bool IsOf(string address, string service) =>
        Uri.TryCreate(address, UriKind.Absolute, out var one) && Uri.TryCreate(service, UriKind.Absolute, out var other)
        && Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 && one.UserInfo.Length == 0;
}

/// <summary>A dropped file cannot be had. The message says what would be right.</summary>
internal sealed class TeamsFileException(string message) : ChatFileException(message);
