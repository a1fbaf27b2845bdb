using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Files;

/// <summary>Files that people dropped, into the content store.</summary>
internal sealed class SlackFiles(SlackApi api, SlackWorkspaces workspaces, SlackDownloads downloads, IMediaStore media)
{
    /// <exception cref="SlackFileException">The file cannot be had; the message is for the person who dropped it.</exception>
    public async Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken)
    {
        var (workspace, id) = file.Reference.Split('/') is [var team, var name] ? (team, name) : throw new ArgumentException($"{file.Reference} is no file of Slack.", nameof(file));
        var access = await workspaces.AccessAsync(workspace, cancellationToken);
        var about = (await api.CallAsync(access.Call("files.info", new JsonObject { ["file"] = id }, isForm: true), cancellationToken)).Object("file");
        if (Refusal(file.Name, about) is { } refusal)
            throw new SlackFileException(refusal);

        if (about.Number("size") > SlackDownloads.Largest)
            throw SlackDownloads.TooLarge(file.Name);

        await using var bytes = await downloads.OpenAsync(file.Name, about.Word("url_private_download") ?? about.Word("url_private"), access.Token, cancellationToken);
        return await media.KeepAsync(bytes, cancellationToken);
    }

    /// <summary>Why what Slack says of a file cannot be fetched; null when it can.</summary>
    private static string? Refusal(string name, JsonObject? about) => (about.Word("file_access"), about.Word("mode")) switch
    {
        ("access_denied", _) => $"Slack does not let me open {name}: whoever shared it keeps it to their own workspace. Drop the file itself here.",
        (_, "tombstone") => $"{name} was deleted in Slack. Drop it again.",
        (_, "hidden_by_limit") => $"Slack hides {name}, since the workspace's plan keeps newer files only. Drop it again.",
        (_, "external") => Elsewhere(name),
        (_, "hosted" or null) => about.Flag("is_external") ? Elsewhere(name) : null,
        _ => $"{name} is a text or a page of Slack; an ad needs a picture, a film or a playable. Drop one of those.",
    };

    private static string Elsewhere(string name) => $"{name} is a link to a file elsewhere; download it and drop the file itself here.";
}

/// <summary>A dropped file cannot be had. The message says what would be right.</summary>
internal sealed class SlackFileException(string message) : ChatFileException(message);
