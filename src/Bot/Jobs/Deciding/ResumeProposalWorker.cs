using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>Judges stops again on what was reported since, with every turn of the agent: every five minutes of campaign time.</summary>
internal sealed class ResumeProposalWorker(ResumeProposals proposals, CampaignClock clock, TimeProvider machine, ILogger<ResumeProposalWorker> logger) : TirelessWorker(machine, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await proposals.RunAsync(clock.GetUtcNow(), stoppingToken);
    }
}
