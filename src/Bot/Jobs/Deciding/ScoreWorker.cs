using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>Tells what came of launches and overrides when their days are over: looked at every hour of campaign time.</summary>
internal sealed class ScoreWorker(LaunchScores scores, CampaignClock clock, TimeProvider machine, ILogger<ScoreWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await scores.RunAsync(stoppingToken);
    }
}
