using ChatOpsCampaigns.Adapters;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>
/// Our own page for files, for whoever has a pass: one person, one campaign in the making, half an hour. What they hand in there is said in their name where they
/// began, as if they had dropped it there, and the answer stands there too. The page shows nothing of anybody.
/// </summary>
internal static class UploadPage
{
    private const string Folder = "/upload";
    private const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string NoPass = "This link has ended, or is not whole. Press \"Send the files to me\" in Teams once more for a new one; nothing was taken.";
    private const string NoDraft = "That campaign is not in the making any more, so that nothing was taken.";
    private const string Scheme = "Bearer ";
    private const string Cut = "The upload ended in the middle; send the files again.";

    public static void MapUploadPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Folder, (HttpContext context) => Send(context, "upload.html", "text/html; charset=utf-8")).Behind(Door.Visitor);
        routes.MapGet($"{Folder}/upload.js", (HttpContext context) => Send(context, "upload.js", "text/javascript; charset=utf-8")).Behind(Door.Visitor);
        routes.MapGet($"{Folder}/upload.css", (HttpContext context) => Send(context, "upload.css", "text/css; charset=utf-8")).Behind(Door.Visitor);
        routes.MapPost(Folder, TakeAsync).Behind(Door.Signed);
    }

    private static IResult Send(HttpContext context, string name, string type) =>
        context.RequestServices.GetService<UploadPasses>() is null ? Results.NotFound() : PublicPage.Send(context, $"upload/{name}", type, ContentPolicy);

    private static async Task<IResult> TakeAsync(HttpContext context, IMediaStore media, CancellationToken cancellationToken)
    {
        var services = context.RequestServices;
        if (services.GetService<UploadPasses>() is not { } passes)
            return Results.NotFound();

        if (context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.Ordinal) || passes.Read(header[Scheme.Length..]) is not { } pass)
            return Says(StatusCodes.Status401Unauthorized, NoPass);

        if (await services.GetRequiredService<IPeople>().OutsideAsync(pass.Person, cancellationToken) is { } outside)
            return Says(StatusCodes.Status403Forbidden, outside);

        if (await services.GetRequiredService<IDraftStore>().FindAsync(pass.Draft, cancellationToken) is null)
            return Says(StatusCodes.Status410Gone, NoDraft);

        if (context.Request.ContentLength > DirectLineUpload.Largest)
            return Says(StatusCodes.Status413PayloadTooLarge, TooMuch);

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = DirectLineUpload.Largest;

        try
        {
            return await KeepAsync(context, pass, media, cancellationToken);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Says(StatusCodes.Status413PayloadTooLarge, TooMuch);
        }
        catch (Exception fault) when (fault is not BadHttpRequestException && FileFault.SentenceOf(fault, "The data folder") is { } sentence)
        {
            return Says(StatusCodes.Status507InsufficientStorage, sentence);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return Says(StatusCodes.Status400BadRequest, Cut);
        }
    }

    private static async Task<IResult> KeepAsync(HttpContext context, UploadPass pass, IMediaStore media, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            return Says(StatusCodes.Status400BadRequest, "Files come as multipart/form-data.");

        var files = new List<ChatFile>();
        var parts = new MultipartReader(boundary, context.Request.Body);
        while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
                continue;

            if (files.Count == DirectLineUpload.MostFiles)
                return Says(StatusCodes.Status400BadRequest, $"At most {DirectLineUpload.MostFiles} files at a time. Nothing was taken.");

            var digest = await media.KeepAsync(part.Body, cancellationToken);
            files.Add(TeamsFiles.HandedIn(DirectLineUpload.NameOf(disposition), digest, new FileInfo(media.PathOf(digest)).Length));
        }

        if (files.Count == 0)
            return Says(StatusCodes.Status400BadRequest, "There was no file in it. Choose pictures or films, and send them.");

        var machine = context.RequestServices.GetRequiredService<TimeProvider>();
        await context.RequestServices.GetRequiredService<ITurnIntake>().TakeAsync(
            new ChatTurn($"upload-{Guid.NewGuid():N}", pass.Place, pass.Person, null, [.. files], null, machine.GetUtcNow()), cancellationToken);
        return Says(StatusCodes.Status200OK, $"{(files.Count == 1 ? "1 file is" : $"{files.Count} files are")} there. What is made of them stands in the thread in Teams; write \"done\" there when all are.");
    }

    private static string TooMuch => $"A film may have {Measures.Words(FileLimits.Film)}, and all files of one message {Measures.Words(DirectLineUpload.Largest)} together. Nothing was taken.";

    private static IResult Says(int status, string says) => Results.Json(new { says }, statusCode: status);
}
