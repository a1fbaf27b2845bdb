using ChatOpsCampaigns.Adapters.Chat;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>Every card with its sample, for whoever designs them: <c>/cards</c> shows them with the chat's own renderer.</summary>
internal static class CardEndpoints
{
    public static void MapCards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cards", (IWebHostEnvironment environment) => Results.Stream(
            environment.WebRootFileProvider.GetFileInfo("cards.html").CreateReadStream(), "text/html; charset=utf-8")).Behind(Door.Open);
        routes.MapGet("/cards.json", (CardTemplates cards) => Results.Json(cards.Names.Select(name => new { name, card = cards.BindSample(name) }))).Behind(Door.Open);
    }
}
