using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class RouteTableTests
{
    /// <summary>Every door of the program. A new one is added here by somebody who has thought about its guard.</summary>
    private static readonly string[] Doors =
    [
        "GET /",
        "GET /cards",
        "GET /cards.json",
        "GET /feed",
        "GET /health/live",
        "GET /health/ready",
        "GET /media/{digest:regex(^[0-9a-f]{{64}}$)}",
        "GET /media/{digest:regex(^[0-9a-f]{{64}}$)}/thumb",
        "GET /v3/directline/conversations/{id}",
        "GET /v3/directline/conversations/{id}/activities",
        "GET /v3/directline/conversations/{id}/stream",
        "GET /whoami",
        "POST /v3/directline/conversations",
        "POST /v3/directline/conversations/{id}/activities",
        "POST /v3/directline/conversations/{id}/upload",
        "POST /v3/directline/tokens/generate",
        "POST /v3/directline/tokens/refresh",
    ];

    [Fact]
    public async Task Only_these_doors_are_open()
    {
        await using var bot = InProcessBot.Start();

        var open =
            from endpoint in bot.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
            select $"{method} {endpoint.RoutePattern.RawText}";

        open.Order(StringComparer.Ordinal).ShouldBe(Doors);
    }
}
