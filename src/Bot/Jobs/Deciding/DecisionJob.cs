using ChatOpsCampaigns.Automation.Agent.Rounds;
using Quartz;

namespace ChatOpsCampaigns.Bot.Jobs.Deciding;

/// <summary>One round of the agent's turns.</summary>
[DisallowConcurrentExecution]
internal sealed class DecisionJob(AgentTurns turns) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await turns.RunAsync(cancellationToken);
}
