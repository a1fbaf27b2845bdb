using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>What the agent needs of the safety net: eyes, judgement, and hands for what must not wait for a turn's end.</summary>
public interface ISafetyWatch
{
    /// <summary>One read for all of an account's campaigns.</summary>
    Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken);

    IReadOnlyList<SafetyVerdict> Judge(Observation now);

    /// <summary>Carries the remedies of breaches out, once for each campaign and cause.</summary>
    Task HandOverAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken);
}
