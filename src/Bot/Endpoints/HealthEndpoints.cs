using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Options;
using Microsoft.Extensions.Options;

namespace ChatOpsCampaigns.Bot.Endpoints;

/// <summary>For orchestrators: alive, and able to do its work. Tells no secret.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive")).Behind(Door.Open);
        routes.MapGet("/health/ready", ReadyAsync).Behind(Door.Open);
    }

    private static async Task<IResult> ReadyAsync(
        ISettingsStore settings, EmergencyMonitor monitor, IOptions<SafetyOptions> safety, CampaignClock clock, CancellationToken cancellationToken)
    {
        await settings.FindAsync<KeptTime>(WorkspaceId.Local, KeptTime.Setting, cancellationToken);
        if (monitor.LastSweep is not { } sweep)
            return NotReady("no emergency sweep yet");

        var age = clock.GetUtcNow() - sweep.At;
        return age <= SweepPulse.Allowed(safety.Value.SweepEvery, clock.Speed)
            ? Results.Text($"ready, last sweep {age.TotalSeconds:0} s of campaign time ago, {sweep.Judged}/{sweep.Total}")
            : NotReady($"the last emergency sweep is {age.TotalSeconds:0} s of campaign time old");
    }

    private static IResult NotReady(string because) => Results.Text($"not ready: {because}", statusCode: StatusCodes.Status503ServiceUnavailable);
}
