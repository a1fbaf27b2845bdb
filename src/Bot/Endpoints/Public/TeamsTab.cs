using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Tab;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;

namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>
/// The personal tab: a page that Teams shows in a frame, and the dashboard of whoever signed in to Teams there. The page itself holds nothing of anybody; what
/// it shows is asked for with a token of Entra, and no cookie is set.
/// </summary>
internal static partial class TeamsTab
{
    private const string Folder = "/teams";

    /// <summary>The page's own files alone, and in no frame but those of Microsoft's hosts.</summary>
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft https://*.microsoft365.com https://*.office.com";

    public static void MapTeamsTab(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{Folder}/tab", (HttpContext context) => Send(context, "tab.html", "text/html; charset=utf-8")).Behind(Door.Visitor);
        foreach (var (name, type) in new[] { ("tab.js", "text/javascript; charset=utf-8"), ("tab.css", "text/css; charset=utf-8"), ("teams-js.js", "text/javascript; charset=utf-8") })
            routes.MapGet($"{Folder}/{name}", (HttpContext context) => Send(context, name, type)).Behind(Door.Visitor);

        routes.MapGet($"{Folder}/tab/dashboard", ShowAsync).Behind(Door.Signed);
    }

    private static IResult Send(HttpContext context, string name, string type) =>
        IsThere(context) ? PublicPage.Send(context, $"teams/{name}", type, ContentPolicy) : Results.NotFound();

    private static async Task<IResult> ShowAsync(HttpContext context, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (!IsThere(context))
            return Results.NotFound();

        context.Response.Headers.CacheControl = "no-store";
        var (person, trust) = await context.RequestServices.GetRequiredService<SignInTokens>().WhoAsync([.. context.Request.Headers.Authorization], cancellationToken);
        if (person is { } known)
            return Results.Json(await OfAsync(context.RequestServices, known, cancellationToken));

        NotShown(loggers.CreateLogger(nameof(TeamsTab)), trust.Why);
        return Results.StatusCode(!trust.CanBeTold ? StatusCodes.Status503ServiceUnavailable : trust.IsKnown ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
    }

    /// <summary>Whoever the bot has not met may be a guest, and whoever Teams does not speak of just now may have left: neither is shown anything.</summary>
    private static async Task<object> OfAsync(IServiceProvider services, PersonId person, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<TeamsPeople>().FindUserAsync(person, cancellationToken) is null)
            return new Words("I have not met you yet: write \"help\" to me in the chat beside this page, and look here again.");

        if (await services.GetRequiredService<IPeople>().OutsideAsync(person, cancellationToken) is { } outside)
            return new Words(outside);

        var page = (await services.GetRequiredService<HomePage>().OfAsync(person, cancellationToken))[0];
        return page.Card is DashboardCard card
            ? new Shown(card.Alert, card.Counts, [.. card.Totals], [.. card.Rows.Select(row => new Line(row.Name, row.Status, row.Money, row.Last, row.Exposure))], card.Worst, card.Sweep, card.More)
            : new Words(page.Text);
    }

    private static bool IsThere(HttpContext context) => context.RequestServices.GetService<TeamsSettings>() is { PersonalTab: true };

    /// <summary>A sentence in the place of a dashboard.</summary>
    private sealed record Words(string Says);

    private sealed record Shown(string Alert, string Counts, IReadOnlyList<string> Totals, IReadOnlyList<Line> Rows, string Worst, string Sweep, string More);

    private sealed record Line(string Name, string Status, string Money, string Last, string Exposure);

    [LoggerMessage(EventId = 660, Level = LogLevel.Warning, Message = "The personal tab of Teams showed nothing: {Why}.")]
    private static partial void NotShown(ILogger logger, string why);
}
