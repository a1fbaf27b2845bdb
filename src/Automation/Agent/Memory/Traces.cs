using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>How a campaign is judged at this moment and what the agent decided about it lately.</summary>
/// <param name="Now">Null: its account is no longer configured, so that nothing can be seen.</param>
/// <param name="LookedAt">The agent's last turn over it, also when that brought nothing new; null when there was none.</param>
/// <param name="Decisions">The newest first, without those that only repeat another.</param>
/// <param name="Forecasts">What it expects and expected, and what came.</param>
public sealed record CampaignTrace(
    Campaign Campaign, DateTimeOffset At, Observation? Now, ImmutableArray<SafetyVerdict> Verdicts, DateTimeOffset? LookedAt, ImmutableArray<Decision> Decisions, ForecastTrack Forecasts)
{
    /// <summary>What the agent keeps about it between its turns.</summary>
    public AgentMemory Memory { get; init; } = AgentMemory.Empty;

    /// <summary>The agent takes its turns over it now.</summary>
    public bool IsManaged => Campaign is { AgentManaged: true, Status: CampaignStatus.Active };
}

/// <summary>Gathers the trace of a campaign from what is kept, without asking any network.</summary>
public sealed class Traces(Observer observer, SafetyPanel panel, AgentMemories memories, IDecisionStore decisions, ForecastBook forecasts, CampaignClock clock)
{
    /// <summary>Of the turns of an hour all but one may repeat each other; they are not told.</summary>
    private const int MostAlike = 13;

    public async Task<CampaignTrace> OfAsync(Campaign campaign, int count, CancellationToken cancellationToken)
    {
        var now = await TryObserveAsync(campaign, cancellationToken);
        var memory = await memories.OfAsync(campaign, cancellationToken);
        var latest = await decisions.LatestAsync(campaign.Id, count * MostAlike, cancellationToken);
        var looked = latest.Where(decision => decision is { By: null, Missed: false }).Select(decision => (DateTimeOffset?)decision.At).Append(memory.LookedAt).Max();
        return new CampaignTrace(campaign, clock.GetUtcNow(), now, now is null ? [] : [.. panel.Judge(now)], looked, [.. latest.Where(decision => decision.SameAs is null).Take(count)], await forecasts.OfAsync(campaign.Id, cancellationToken))
        {
            Memory = memory,
        };
    }

    private async Task<Observation?> TryObserveAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        try
        {
            return await observer.LatestAsync(campaign, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
