using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Safety.Tracking;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>The safety net itself: the same observer, panel and emergency stop that the sweep uses.</summary>
public sealed class SafetyWatch(Observer observer, SafetyPanel panel, EmergencyStop stop, TrackingWatch tracking) : ISafetyWatch
{
    public async Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken) =>
        tracking.Marked(await observer.ObserveInTurnAsync(account, campaigns, cancellationToken));

    public IReadOnlyList<SafetyVerdict> Judge(Observation now) => panel.Judge(now);

    public Task HandOverAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken) =>
        stop.CarryOutAsync(now, verdicts, cancellationToken);
}
