using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>Between two rounds of the agent's: once a minute of campaign time the accounts that failed altogether and are due again.</summary>
internal sealed class TurnRetryWorker(AgentTurns turns, CampaignClock clock, TimeProvider machine, ILogger<TurnRetryWorker> logger) : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AccountTroubles.FirstPause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await turns.RetryAsync(stoppingToken);
    }
}
