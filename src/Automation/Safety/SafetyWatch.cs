using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>The safety net as the agent uses it: the same eyes, rules and hands as the sweep.</summary>
public sealed class SafetyWatch(Observer observer, SafetyPanel panel, EmergencyStop stop) : ISafetyWatch
{
    public Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken) =>
        observer.ObserveAsync(account, campaigns, cancellationToken);

    public IReadOnlyList<SafetyVerdict> Judge(Observation now) => panel.Judge(now);

    public Task HandOverAsync(Observation now, SafetyVerdict.Breach breach, CancellationToken cancellationToken) =>
        stop.CarryOutAsync(now, breach, cancellationToken);
}
