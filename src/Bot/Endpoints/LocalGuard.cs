using System.Net;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>
/// The local listener serves this machine's own browser and nobody else: a foreign Host (DNS rebinding), a foreign Origin (another
/// page) and any forwarded header (a tunnel or proxy) are refused before anything is routed. What came by the public listener sees its routes alone.
/// </summary>
internal sealed class LocalGuard(RequestDelegate next, PublicListener listener)
{
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "connect-src 'self' blob: ws://127.0.0.1:* ws://localhost:*; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Headers that only a proxy or tunnel writes, beside those that begin with X-Forwarded- or X-Original-.</summary>
    private static readonly HashSet<string> OfProxies = new(StringComparer.OrdinalIgnoreCase) { "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP" };

    public async Task InvokeAsync(HttpContext context)
    {
        if (listener.IsOf(context.Connection))
        {
            await OnPublicAsync(context);
            return;
        }

        if (Refusal(context.Request, context.Connection) is { } refusal)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(refusal);
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        await next(context);
    }

    /// <summary>Nothing of the local chat is there, also no file of its page.</summary>
    private async Task OnPublicAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (context.GetEndpoint()?.Metadata.GetMetadata<DoorKeeper.Mark>() is { IsPublic: true })
            await next(context);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static string? Refusal(HttpRequest request, ConnectionInfo connection)
    {
        if (request.Headers.Keys.Any(IsForwarded))
            return "This address serves the browser on this machine only; a proxy or tunnel belongs in front of Public:Urls.";

        if (connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from))
            return "This address serves this machine only.";

        if (!IsLocal(request.Host.Host))
            return "Open this page as http://127.0.0.1 or http://localhost.";

        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(origin, request.Host)
            ? "Requests from other pages are refused."
            : null;
    }

    private static bool IsForwarded(string header) =>
        OfProxies.Contains(header) || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.Authority == host.Value;
}
