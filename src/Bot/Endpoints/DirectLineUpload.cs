using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>Files from the chat: streamed into the content store as they come, then one activity that names them.</summary>
internal static class DirectLineUpload
{
    /// <summary>600 MB: the largest film a network takes is 500 MB; thirty files of pictures fit beside one.</summary>
    public const long Largest = 600L * 1024 * 1024;

    public const int MostFiles = 30;

    public static async Task<IResult> ReceiveAsync(HttpContext context, string id, IMediaStore media, CancellationToken cancellationToken)
    {
        if (DirectLineEndpoints.Speaker(context, id) is not { } person)
            return DirectLineEndpoints.NotYours();

        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", "Files come as multipart/form-data.");

        if (context.Request.ContentLength > Largest)
            return await TooMuchAsync(context, person, $"What you sent has {Measures.Words(context.Request.ContentLength.Value)}", cancellationToken);

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Largest;

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
            return await TooMuchAsync(context, person, $"What you sent has more than {Measures.Words(Largest)}", cancellationToken);
        }
        catch (BadHttpRequestException)
        {
            // The line broke in the middle. Nobody hears this answer; the page says it.
            return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", "The upload ended in the middle; send the files again.");
        }
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, PersonId person, MultipartReader parts, IMediaStore media, CancellationToken cancellationToken)
    {
        JsonObject? activity = null;
        var files = new List<SentFile>();
        while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
                continue;

            // The activity is a file part too; it comes under its own name.
            if (disposition.Name == "activity")
            {
                (activity, var refused) = await DirectLineEndpoints.ActivityAsync(part.Body, cancellationToken);
                if (activity is null)
                    return refused;

                continue;
            }

            if (files.Count == MostFiles)
                return DirectLineEndpoints.Fault(StatusCodes.Status400BadRequest, "BadArgument", $"At most {MostFiles} files at a time.");

            var digest = await media.KeepAsync(part.Body, cancellationToken);
            var bytes = new FileInfo(media.PathOf(digest)).Length;
            files.Add(new SentFile(NameOf(disposition), part.ContentType ?? "application/octet-stream", digest.Value, bytes, IsHere: true));
        }

        activity ??= new JsonObject { ["type"] = "message" };
        var sent = SentFile.InOrder(activity, [.. files, .. SentFile.LeftBehind(activity).Take(MostFiles - files.Count)]);
        SentFile.Show(activity, sent);
        return Results.Json(new
        {
            id = await DirectLineEndpoints.TakeAsync(context, person, activity, [.. sent.Select(one => one.File)], cancellationToken),
        });
    }

    /// <summary>Answered before anything is read. It also stands in the chat, since a browser that is still sending may not hear an answer.</summary>
    private static async Task<IResult> TooMuchAsync(HttpContext context, PersonId person, string what, CancellationToken cancellationToken)
    {
        var says = $"{what}; a film may have {Measures.Words(FileLimits.Film)}, and all files of one message {Measures.Words(Largest)} together. "
            + "Nothing was taken. Send a smaller film, or fewer files at a time.";
        context.Response.Headers.Connection = "close";
        try
        {
            await context.RequestServices.GetRequiredService<ChatDesk>().PostAsync(LocalSessions.ConversationOf(person), new ChatMessage(says), cancellationToken);
        }
        catch (NotKeptException)
        {
            // Shown to whoever looks; the answer says it too.
        }

        return DirectLineEndpoints.Fault(StatusCodes.Status413PayloadTooLarge, "BadArgument", says);
    }

    /// <summary>Browsers write a quotation mark in a form's file name as %22, and escape neither % nor anything else that may stay.</summary>
    public static string NameOf(ContentDispositionHeaderValue disposition) => SentFile.CleanName(disposition.FileNameStar.HasValue
        ? disposition.FileNameStar.Value ?? "file"
        : HeaderUtilities.RemoveQuotes(disposition.FileName).Value?.Replace("%22", "\"", StringComparison.Ordinal) ?? "file");
}
