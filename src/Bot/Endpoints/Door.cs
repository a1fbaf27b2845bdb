using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>Who may pass a route. One that declares none is shut.</summary>
internal enum Door
{
    /// <summary>Every browser on this machine: what it shows belongs to nobody.</summary>
    Open,

    /// <summary>A browser whose page opened a session.</summary>
    Session,

    /// <summary>Whoever holds the token of the conversation in the address.</summary>
    Token,

    /// <summary>Whoever brings a ticket, which the route itself uses up.</summary>
    Ticket,

    /// <summary>Whoever signed the request, which the route itself checks; on the public listener alone.</summary>
    Signed,

    /// <summary>A program on this machine that plays a chat, where a setting lets it; never on the public listener.</summary>
    Playground,

    /// <summary>Every browser, on the public listener alone; what it may begin the route itself checks.</summary>
    Visitor,
}

/// <summary>Stands after routing: asks every route for its door.</summary>
internal sealed class DoorKeeper(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is RouteEndpoint endpoint && Refusal(context, endpoint.Metadata.GetMetadata<Mark>()) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static IResult? Refusal(HttpContext context, Mark? mark) => mark?.Door switch
    {
        Door.Open or Door.Ticket => null,
        Door.Signed or Door.Visitor => context.RequestServices.GetRequiredService<PublicListener>().IsOf(context.Connection) ? null : Results.Text("This is for Public:Urls.", statusCode: StatusCodes.Status403Forbidden),
        Door.Playground => context.RequestServices.GetRequiredService<PublicListener>().IsOf(context.Connection) ? Results.NotFound() : null,
        Door.Session => context.Person() is null ? DirectLineEndpoints.Fault(StatusCodes.Status401Unauthorized, "Unauthorized", "Open the page first; it sets the session.") : null,
        Door.Token => DirectLineEndpoints.Speaker(context, (string?)context.GetRouteValue("id")) is null ? DirectLineEndpoints.NotYours() : null,
        _ => Results.Text("Nobody has said who may come in here.", statusCode: StatusCodes.Status403Forbidden),
    };

    /// <summary>What a route declares.</summary>
    internal sealed record Mark(Door Door)
    {
        /// <summary>It is there on the public listener too.</summary>
        public bool IsPublic => Door is Door.Signed or Door.Visitor || AlsoPublic;

        public bool AlsoPublic { get; init; }
    }
}

internal static class Doors
{
    /// <param name="alsoPublic">It is there on the public listener too.</param>
    public static TRoute Behind<TRoute>(this TRoute route, Door door, bool alsoPublic = false) where TRoute : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(new DoorKeeper.Mark(door) { AlsoPublic = alsoPublic }));
        return route;
    }
}
