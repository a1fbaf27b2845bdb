using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>The browser chat's page and the session that it runs in.</summary>
internal static class PageEndpoints
{
    private const string DefaultPerson = "you";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShowAsync).Behind(Door.Open);
        routes.MapGet("/whoami", WhoAmIAsync).Behind(Door.Session);
    }

    /// <summary>The person behind the session cookie, or null.</summary>
    public static PersonId? Person(this HttpContext context) =>
        context.RequestServices.GetRequiredService<LocalSessions>().FindSession(context.Request.Cookies[LocalSessions.Cookie]);

    private static async Task ShowAsync(HttpContext context, LocalSessions sessions, IAdAccounts accounts, IWebHostEnvironment environment)
    {
        if (context.Request.Query.ContainsKey("user") && await AnyLiveAsync(accounts, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("?user= is a demonstration and refused, since an account is live: whoever opens this page would choose what they may do. Open it without.");
            return;
        }

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

    private static async Task<bool> AnyLiveAsync(IAdAccounts accounts, CancellationToken cancellationToken) =>
        (await accounts.AllAsync(cancellationToken)).Any(account => account.Mode == NetworkMode.Live);

    private static async Task<IResult> WhoAmIAsync(HttpContext context, IPeople people, IAdAccounts accounts, CampaignClock clock, CancellationToken cancellationToken)
    {
        if (context.Person() is not { } id)
            return Results.Unauthorized();

        var person = await people.GetAsync(id, cancellationToken);
        return Results.Json(new
        {
            id = person.Id.Value,
            name = person.Name,
            roles = person.Roles.Select(role => role.ToString()),
            demonstration = !await AnyLiveAsync(accounts, cancellationToken),
            campaignTime = clock.GetUtcNow(),
            speed = clock.Speed,
            uploads = new { file = FileLimits.Film, together = DirectLineUpload.Largest, files = DirectLineUpload.MostFiles },
        });
    }
}
