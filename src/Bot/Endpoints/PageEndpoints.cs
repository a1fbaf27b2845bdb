using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>The browser chat's page and the session that it runs in.</summary>
internal static class PageEndpoints
{
    private const string DefaultPerson = "you";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShowAsync);
        routes.MapGet("/whoami", WhoAmIAsync);
    }

    /// <summary>The person behind the session cookie, or null.</summary>
    public static PersonId? Person(this HttpContext context) =>
        context.RequestServices.GetRequiredService<LocalSessions>().FindSession(context.Request.Cookies[LocalSessions.Cookie]);

    private static async Task ShowAsync(HttpContext context, LocalSessions sessions, IWebHostEnvironment environment)
    {
        var name = context.Request.Query["user"].FirstOrDefault() ?? DefaultPerson;
        if (name.Length is 0 or > 32 || !name.All(char.IsAsciiLetterOrDigit))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("?user= takes letters and digits, for example ?user=ana.");
            return;
        }

        var person = new PersonId($"{WebChatChannel.ChannelName}:{name.ToLowerInvariant()}");
        context.Response.Cookies.Append(LocalSessions.Cookie, sessions.OpenSession(person), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            IsEssential = true,
            Path = "/",
        });
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.SendFileAsync(environment.WebRootFileProvider.GetFileInfo("index.html"), context.RequestAborted);
    }

    private static async Task<IResult> WhoAmIAsync(HttpContext context, IPeople people, CampaignClock clock, CancellationToken cancellationToken)
    {
        if (context.Person() is not { } id)
            return Results.Unauthorized();

        var person = await people.GetAsync(id, cancellationToken);
        return Results.Json(new
        {
            id = person.Id.Value,
            name = person.Name,
            roles = person.Roles.Select(role => role.ToString()),
            campaignTime = clock.GetUtcNow(),
            speed = clock.Speed,
        });
    }
}
