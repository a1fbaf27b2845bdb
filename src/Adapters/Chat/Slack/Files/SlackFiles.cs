using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Files;

/// <summary>Files that people dropped, into the content store; and files of it, to people.</summary>
internal sealed class SlackFiles(SlackApi api, SlackWorkspaces workspaces, SlackDownloads downloads, IMediaStore media)
{
    /// <summary>Less than a turn may take, so that whoever dropped it is told which file it was.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    /// <exception cref="SlackFileException">The file cannot be had; the message is for the person who dropped it.</exception>
    public async Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken)
    {
        var (workspace, id) = file.Reference.Split('/') is [var team, var name] ? (team, name) : throw new ArgumentException($"{file.Reference} is no file of Slack.", nameof(file));
        using var limit = new CancellationTokenSource(Longest, api.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FetchAsync(file, workspace, id, either.Token);
        }
        catch (SlackException fault)
        {
            throw new SlackFileException(WhyNot(file.Name, fault), fault);
        }
        catch (ClosedPlaceException fault)
        {
            throw new SlackFileException($"I cannot fetch {file.Name}: {fault.Why}. Until then drop files in the browser chat.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or HttpIOException)
        {
            throw new SlackFileException($"The connection to Slack broke while {file.Name} was fetched. Drop it again.", fault);
        }
        catch (OperationCanceledException fault) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SlackFileException($"{file.Name} did not come from Slack within {Longest.TotalSeconds:0} seconds. Drop it again, or a smaller one.", fault);
        }
    }

    /// <summary>A file of the content store, into a conversation.</summary>
    /// <returns>Why Slack does not take it, in a sentence; null when it does.</returns>
    /// <exception cref="SlackException">The conversation takes nothing.</exception>
    public async Task<string?> SendAsync(SlackAccess access, SlackPlace place, ChatDownload file, CancellationToken cancellationToken)
    {
        try
        {
            await using var bytes = await media.OpenAsync(file.File, cancellationToken);
            using var all = new MemoryStream();
            await bytes.CopyToAsync(all, cancellationToken);
            var asked = new JsonObject { ["filename"] = file.Name, ["length"] = all.Length.ToString(CultureInfo.InvariantCulture) };
            var upload = await api.CallAsync(access.Call("files.getUploadURLExternal", asked, isForm: true), cancellationToken);
            await downloads.PutAsync(upload.Word("upload_url"), all.ToArray(), cancellationToken);
            var shared = new JsonObject { ["files"] = new JsonArray(new JsonObject { ["id"] = upload.Word("file_id"), ["title"] = file.Name }), ["channel_id"] = place.Channel };
            if (place.Thread is { } thread)
                shared["thread_ts"] = thread;

            await api.CallAsync(access.Call("files.completeUploadExternal", shared), cancellationToken);
            return null;
        }
        catch (SlackException fault) when (fault.Kind is not (SlackFault.Channel or SlackFault.Workspace))
        {
            return $"Slack does not take it ({fault.Error}): say the same in the browser chat.";
        }
        catch (HttpRequestException)
        {
            return "It did not get to Slack: say the same again in a minute, or in the browser chat.";
        }
    }

    private async Task<Digest> FetchAsync(ChatFile file, string workspace, string id, CancellationToken cancellationToken)
    {
        var access = await workspaces.AccessAsync(workspace, cancellationToken);
        var about = (await api.CallAsync(access.Call("files.info", new JsonObject { ["file"] = id }, isForm: true), cancellationToken)).Object("file");
        if (Refusal(file.Name, about) is { } refusal)
            throw new SlackFileException(refusal);

        if (about.Number("size") > SlackDownloads.Largest)
            throw SlackDownloads.TooLarge(file.Name);

        var wanted = new SlackDownload(file.Name, about.Word("url_private_download") ?? about.Word("url_private"), IsHtml(about) ? about.Number("size") : null);
        await using var bytes = await OpenAsync(wanted, access, workspace, cancellationToken);
        return await media.KeepAsync(bytes, cancellationToken);
    }

    /// <summary>Once more where the token was renewed since it was looked for.</summary>
    private async Task<Stream> OpenAsync(SlackDownload wanted, SlackAccess access, string workspace, CancellationToken cancellationToken)
    {
        try
        {
            return await downloads.OpenAsync(wanted, access.Token, cancellationToken);
        }
        catch (SlackFileException fault) when (fault.IsToken)
        {
            var now = await workspaces.AccessAsync(workspace, cancellationToken);
            if (now.Token == access.Token)
                throw;

            return await downloads.OpenAsync(wanted, now.Token, cancellationToken);
        }
    }

    private static string WhyNot(string name, SlackException fault) => fault switch
    {
        { Kind: SlackFault.Passing or SlackFault.Limited } => $"Slack does not say just now where {name} is. Drop it again in a minute.",
        { Error: "file_not_found" or "file_deleted" } => $"{name} is not in Slack any more, or I may not see it there. Drop it again in a direct message to me.",
        { Kind: SlackFault.Workspace } => $"Slack does not let me look at {name} ({fault.Named}): an Admin has to install the app again. Until then drop files in the browser chat.",
        _ => $"Slack does not give me {name} ({fault.Error}). Drop it again in a direct message to me.",
    };

    /// <summary>Why what Slack says of a file cannot be fetched; null when it can.</summary>
    private static string? Refusal(string name, JsonObject? about) => (about.Word("file_access"), about.Word("mode")) switch
    {
        ("access_denied", _) => $"Slack does not let me open {name}: whoever shared it keeps it to their own workspace. Drop the file itself here.",
        (_, "tombstone") => $"{name} was deleted in Slack. Drop it again.",
        (_, "hidden_by_limit") => $"Slack hides {name}, since the workspace's plan keeps newer files only. Drop it again.",
        (_, "external") => Elsewhere(name),
        (_, "snippet") when IsHtml(about) => null,
        (_, "hosted" or null) => about.Flag("is_external") ? Elsewhere(name) : null,
        _ => $"{name} is a text or a page of Slack; an ad needs a picture, a film or a playable. Drop one of those.",
    };

    /// <summary>A playable as one page, of which Slack makes a text that can be changed.</summary>
    private static bool IsHtml(JsonObject? about) => about.Word("filetype") == "html" || about.Word("mimetype") == "text/html";

    private static string Elsewhere(string name) => $"{name} is a link to a file elsewhere; download it and drop the file itself here.";
}

/// <summary>A dropped file cannot be had. The message says what would be right.</summary>
/// <param name="because">What happened on the way; null where Slack simply says no.</param>
internal sealed class SlackFileException(string message, Exception? because = null) : ChatFileException(message, because)
{
    /// <summary>It may be given to another token.</summary>
    public bool IsToken { get; init; }
}
