using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>Files from the chat: streamed into the content store as they come, then one activity that names them.</summary>
internal static class DirectLineUpload
{
    /// <summary>The largest film a network takes is 500 MB; thirty files of pictures fit beside one.</summary>
    private const long LargestUpload = 600L * 1024 * 1024;

    private const int MostFiles = 30;

    public static async Task<IResult> ReceiveAsync(HttpContext context, string id, IMediaStore media, CancellationToken cancellationToken)
    {
        if (DirectLineEndpoints.Speaker(context, id) is not { } person)
            return DirectLineEndpoints.NotYours();

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", "Files come as multipart/form-data.");

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestUpload;

        try
        {
            return await ReceiveAsync(context, person, new MultipartReader(boundary, context.Request.Body), media, cancellationToken);
        }
        catch (Exception fault) when (fault is not BadHttpRequestException && FileFault.SentenceOf(fault, "The data folder") is { } sentence)
        {
            return await DirectLineEndpoints.NotKeptAsync(context, person, sentence, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException and not BadHttpRequestException or InvalidDataException)
        {
            return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", "The upload ended in the middle or is no form; send the files again.");
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return DirectLineEndpoints.Fault(StatusCodes.Status413PayloadTooLarge, "BadArgument", "All files together have to be smaller than 600 MB; send them in smaller groups.");
        }
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, Automation.Values.PersonId person, MultipartReader parts, IMediaStore media, CancellationToken cancellationToken)
    {
        JsonObject? activity = null;
        var files = new List<(ChatFile File, string ContentType)>();
        while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                continue;

            // The activity is a file part too; it comes under its own name.
            if (disposition.Name == "activity")
            {
                activity = await DirectLineEndpoints.ActivityAsync(part.Body, cancellationToken);
                continue;
            }

            if (files.Count == MostFiles)
                return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", $"At most {MostFiles} files at a time.");

            var name = NameOf(disposition);
            var digest = await media.KeepAsync(part.Body, cancellationToken);
            files.Add((new ChatFile(name, digest.Value, null), part.ContentType ?? "application/octet-stream"));
        }

        activity ??= new JsonObject { ["type"] = "message" };
        activity["attachments"] = new JsonArray([.. files.Select(one => new JsonObject
        {
            ["name"] = one.File.Name,
            ["contentType"] = one.ContentType,
            ["contentUrl"] = $"/media/{one.File.Reference}",
        })]);

        return Results.Json(new
        {
            id = await DirectLineEndpoints.TakeAsync(context, person, activity, [.. files.Select(one => one.File)], cancellationToken),
        });
    }

    /// <summary>A name for people. It is never a path: what a client sends before a slash is dropped.</summary>
    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        // Browsers write a quotation mark in a form's file name as %22, and escape neither % nor anything else that may stay.
        var given = disposition.FileNameStar.HasValue
            ? disposition.FileNameStar.Value ?? "file"
            : HeaderUtilities.RemoveQuotes(disposition.FileName).Value?.Replace("%22", "\"", StringComparison.Ordinal) ?? "file";
        var name = new string([.. given.Split('/', '\\')[^1].Where(letter => !char.IsControl(letter))]);
        return name.Length == 0 ? "file" : name[..Math.Min(name.Length, 120)];
    }
}
