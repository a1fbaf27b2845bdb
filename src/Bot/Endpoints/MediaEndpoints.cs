using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>Files of the content store, for the page's own session. The type is told by the content and never guessed by the browser.</summary>
internal static class MediaEndpoints
{
    private const string Table = "text/csv";
    private const string OneFile = "/media/{digest:regex(^[0-9a-f]{{64}}$)}";

    public static void MapMedia(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(OneFile, SendAsync).Behind(Door.Session);
        routes.MapGet($"{OneFile}/thumb", SendSmallAsync).Behind(Door.Session);
        routes.MapGet($"{OneFile}/signed", SendSignedAsync).Behind(Door.Signed);
    }

    private static async Task<IResult> SendAsync(HttpContext context, string digest, IMediaStore media, CancellationToken cancellationToken) =>
        context.Person() is null ? Results.Unauthorized() : await FileAsync(context, new Digest(digest), media, cancellationToken);

    /// <summary>A small picture of a picture or a film; nothing for what is neither.</summary>
    private static async Task<IResult> SendSmallAsync(
        HttpContext context, string digest, IMediaStore media, CreativeProcessor creatives, CancellationToken cancellationToken)
    {
        if (context.Person() is null)
            return Results.Unauthorized();

        return await creatives.InspectAsync(new Digest(digest), digest, cancellationToken) is Inspection.Usable { Creative.Thumbnail: { } small }
            ? await FileAsync(context, small, media, cancellationToken)
            : Results.NotFound();
    }

    /// <summary>One picture, for a chat that fetches it itself, or a table: whoever has the address sees it until it ends.</summary>
    private static async Task<IResult> SendSignedAsync(
        HttpContext context, string digest, string? until, string? signature, IMediaStore media, SignedPictures pictures, CancellationToken cancellationToken)
    {
        var file = new Digest(digest);
        if (!pictures.IsGenuine(file, until, signature))
            return Results.Unauthorized();

        if (!await media.HasAsync(file, cancellationToken))
            return Results.NotFound();

        var bytes = await media.OpenAsync(file, cancellationToken);
        var type = await TypeAsync(bytes, cancellationToken);
        if (type == Table)
            context.Response.Headers.ContentDisposition = Attachment(context);
        else if (!type.StartsWith("image/", StringComparison.Ordinal))
        {
            await bytes.DisposeAsync();
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Stream(bytes, type);
    }

    private static async Task<IResult> FileAsync(HttpContext context, Digest file, IMediaStore media, CancellationToken cancellationToken)
    {
        if (!await media.HasAsync(file, cancellationToken))
            return Results.NotFound();

        var bytes = await media.OpenAsync(file, cancellationToken);
        var type = await TypeAsync(bytes, cancellationToken);
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        if (!type.StartsWith("image/", StringComparison.Ordinal) && !type.StartsWith("video/", StringComparison.Ordinal))
            context.Response.Headers.ContentDisposition = Attachment(context);

        return Results.Stream(bytes, type, enableRangeProcessing: true);
    }

    /// <summary>Under the name that it is asked for by, as far as that is a plain one.</summary>
    private static string Attachment(HttpContext context) =>
        context.Request.Query["name"].ToString() is { Length: > 0 and <= 100 } name && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '.') ? $"attachment; filename=\"{name}\"" : "attachment";

    private static async Task<string> TypeAsync(Stream bytes, CancellationToken cancellationToken)
    {
        var head = new byte[16];
        var read = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        bytes.Position = 0;
        return head.AsSpan(0, read) switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "video/mp4",
            [0xEF, 0xBB, 0xBF, (byte)'r', (byte)'o', (byte)'w', (byte)',', ..] => Table,
            _ => "application/octet-stream",
        };
    }
}
