namespace ChatOpsCampaigns.Bot.Endpoints.Public;

/// <summary>What an app package has to lead to: what is kept of people, and what holds for those who use the bot.</summary>
internal static class AboutPages
{
    private const string ContentPolicy = "default-src 'none'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapAboutPages(this IEndpointRouteBuilder routes)
    {
        foreach (var page in (string[])["privacy", "terms"])
            routes.MapGet($"/{page}", (HttpContext context) => PublicPage.Send(context, $"about/{page}.html", "text/html; charset=utf-8", ContentPolicy)).Behind(Door.Visitor);
    }
}
