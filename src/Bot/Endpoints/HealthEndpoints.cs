using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>For orchestrators: alive, and able to do its work. Tells no secret.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(ISettingsStore settings, CancellationToken cancellationToken)
    {
        await settings.FindAsync<Composition.KeptTime>(WorkspaceId.Local, Composition.KeptTime.Setting, cancellationToken);
        return Results.Text("ready");
    }
}
