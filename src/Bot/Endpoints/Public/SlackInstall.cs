using System.Net;
using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>A workspace installs the app: a browser is sent to Slack and comes back with a code. What it did not begin itself has no effect.</summary>
internal static class SlackInstall
{
    private const string Cookie = "slack_install";
    private const string Back = "/slack/oauth";

    public static void MapSlackInstall(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/slack/install", Begin).Behind(Door.Visitor);
        routes.MapGet(Back, EndAsync).Behind(Door.Visitor);
    }

    private static IResult Begin(HttpContext context)
    {
        if (context.RequestServices.GetService<InstallStates>() is not { } states)
            return NotSetUp();

        var state = states.Begin();
        context.Response.Cookies.Append(Cookie, state, Kept(InstallStates.Holds));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(context.RequestServices.GetRequiredService<SlackOAuth>().AuthorizeAddress(state).AbsoluteUri);
    }

    private static async Task<IResult> EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<InstallStates>() is not { } states)
            return NotSetUp();

        var query = context.Request.Query;
        context.Response.Cookies.Delete(Cookie, Kept(null));
        if (!states.TryTake(query["state"], context.Request.Cookies[Cookie]))
            return Page(context, StatusCodes.Status400BadRequest, "Nothing was installed", "This was begun too long ago, was ended already, or was begun in another browser. Open /slack/install to begin again.");

        if (query["error"].ToString() is { Length: > 0 } error)
            return Page(context, StatusCodes.Status200OK, "Nothing was installed", error == "access_denied" ? "You did not allow it in Slack. Open /slack/install when you want to." : $"Slack says {error}. Open /slack/install to begin again.");

        if (query["code"].ToString() is not { Length: > 0 } code)
            return Page(context, StatusCodes.Status400BadRequest, "Nothing was installed", "Slack sent no code along. Open /slack/install to begin again.");

        var answer = await context.RequestServices.GetRequiredService<SlackInstaller>().InstallAsync(code, cancellationToken);
        return Page(context, answer.Done ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden, answer.Done ? "Installed" : "Nothing was installed", answer.Says);
    }

    private static IResult NotSetUp() =>
        Results.Text("Workspaces cannot install this bot: set Slack:ClientId, Slack:ClientSecret and Slack:AllowedWorkspaces.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>A browser sends it along when Slack sends it back to us, and to nobody else. The proxy in front of us ends TLS.</summary>
    private static CookieOptions Kept(TimeSpan? holds) => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = Back, MaxAge = holds };

    private static IResult Page(HttpContext context, int status, string title, string says)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Text(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(title)}</title></head>
            <body style="font: 16px/1.5 sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em"><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(says)}</p></body>
            </html>
            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }
}
