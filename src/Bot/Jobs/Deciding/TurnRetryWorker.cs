using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>Between two rounds of the agent's: every ten seconds of campaign time it looks whether an account or a campaign that failed is due again.</summary>
internal sealed class TurnRetryWorker(AgentTurns turns, CampaignClock clock, TimeProvider machine, ILogger<TurnRetryWorker> logger) : TirelessWorker(machine, logger)
{
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AccountTroubles.LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await turns.RetryAsync(stoppingToken);
    }
}
