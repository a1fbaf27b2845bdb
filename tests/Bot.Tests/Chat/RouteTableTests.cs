using System.Net;
using ChatOpsCampaigns.Bot.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class RouteTableTests
{
    /// <summary>Every door of the program and who may pass it. A new one is added here by somebody who has thought about its guard.</summary>
    private static readonly string[] AllDoors =
    [
        "ANY /metrics Open",
        "GET / Open",
        "GET /cards Open",
        "GET /cards.json Open",
        "GET /feed Session",
        "GET /feed/older Session",
        "GET /health/live Open",
        "GET /health/ready Open",
        "GET /media/{digest:regex(^[0-9a-f]{{64}}$)} Session",
        "GET /media/{digest:regex(^[0-9a-f]{{64}}$)}/signed Signed",
        "GET /media/{digest:regex(^[0-9a-f]{{64}}$)}/thumb Session",
        "GET /privacy Visitor",
        "GET /slack/install Visitor",
        "GET /slack/oauth Visitor",
        "GET /teams/tab Visitor",
        "GET /teams/tab.css Visitor",
        "GET /teams/tab.js Visitor",
        "GET /teams/tab/dashboard Signed",
        "GET /teams/teams-js.js Visitor",
        "GET /terms Visitor",
        "GET /upload Visitor",
        "GET /upload/upload.css Visitor",
        "GET /upload/upload.js Visitor",
        "GET /v3/directline/conversations/{id} Token",
        "GET /v3/directline/conversations/{id}/activities Token",
        "GET /v3/directline/conversations/{id}/stream Ticket",
        "GET /whoami Session",
        "POST /api/messages Signed",
        "POST /slack/commands Signed",
        "POST /slack/events Signed",
        "POST /slack/interactivity Signed",
        "POST /slack/options Signed",
        "POST /upload Signed",
        "POST /v3/directline/conversations Token",
        "POST /v3/directline/conversations/{id}/activities Token",
        "POST /v3/directline/conversations/{id}/upload Token",
        "POST /v3/directline/tokens/generate Session",
        "POST /v3/directline/tokens/refresh Token",
    ];

    [Fact]
    public async Task Only_these_doors_are_open()
    {
        await using var bot = InProcessBot.Start();

        var open =
            from endpoint in bot.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
            select $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetMetadata<DoorKeeper.Mark>()?.Door.ToString() ?? "shut"}";

        open.Order(StringComparer.Ordinal).ShouldBe(AllDoors);
    }

    [Fact]
    public async Task Whoever_has_nothing_passes_only_what_is_open()
    {
        await using var bot = InProcessBot.Start();
        using var stranger = ChatClient.Stranger(bot.Address);

        foreach (var door in AllDoors.Select(door => door.Split(' ')).Where(door => door[^1] != nameof(Door.Open)))
        {
            var path = string.Join(' ', door[1..^1]).Replace("{id}", "local-you", StringComparison.Ordinal).Replace("{digest:regex(^[0-9a-f]{{64}}$)}", new string('0', 64), StringComparison.Ordinal);
            using var request = new HttpRequestMessage(new HttpMethod(door[0]), path);
            using var answer = await stranger.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, .. door[^1] == nameof(Door.Ticket) ? [HttpStatusCode.BadRequest] : Array.Empty<HttpStatusCode>()], path);
        }
    }

    [Fact]
    public async Task A_route_that_declares_nobody_is_shut() => (await StatusOfStrangerAsync()).ShouldBe(StatusCodes.Status403Forbidden);

    /// <summary>Held by the keeper itself, whatever the route behind it looks at besides.</summary>
    [Theory]
    [InlineData(nameof(Door.Session), StatusCodes.Status401Unauthorized)]
    [InlineData(nameof(Door.Token), StatusCodes.Status403Forbidden)]
    public async Task Nobody_passes_a_door_without_what_it_asks_for(string door, int status) =>
        (await StatusOfStrangerAsync(new DoorKeeper.Mark(Enum.Parse<Door>(door)))).ShouldBe(status);

    private static async Task<int> StatusOfStrangerAsync(params object[] declared)
    {
        var passed = false;
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<LocalSessions>().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/somewhere"), 0, new EndpointMetadataCollection(declared), "somewhere"));

        await new DoorKeeper(_ => { passed = true; return Task.CompletedTask; }).InvokeAsync(context);

        passed.ShouldBeFalse();
        return context.Response.StatusCode;
    }
}
