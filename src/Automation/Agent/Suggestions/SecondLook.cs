using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Suggestions;

/// <summary>What the agent sees, and what it would do, at this moment.</summary>
public sealed record Look(Observation Now, ImmutableArray<SafetyVerdict> Verdicts, Plan Plan);

/// <summary>Looks again before a suggestion is carried out: read now, judged now, planned now.</summary>
public sealed class SecondLook(ISafetyWatch safety, IAdAccounts accounts, SurroundingsReader surroundings, AgentMemories memories)
{
    /// <summary>Null: nothing can be seen. A breach is handed to the emergency stop.</summary>
    public async Task<Look?> TakeAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        if (await safety.ObserveAsync(account, [campaign], cancellationToken) is not [{ FailuresInARow: 0 } now])
            return null;

        var verdicts = safety.Judge(now).ToImmutableArray();
        var memory = await memories.OfAsync(campaign, cancellationToken);
        if (!verdicts.OfType<SafetyVerdict.Breach>().Any())
            return new Look(now, verdicts, DecisionEngine.Decide(await surroundings.OfAsync(now, memory, cancellationToken)));

        await safety.HandOverAsync(now, verdicts, cancellationToken);
        return new Look(now, verdicts, new Plan([], [], []));
    }
}
