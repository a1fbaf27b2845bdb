using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>When the rules last spoke about each campaign, in this process.</summary>
public sealed class LastJudged(CampaignClock clock, TimeProvider machine)
{
    /// <summary>A leap of campaign time makes nothing late before a sweep had this much machine time.</summary>
    private static readonly TimeSpan LeastOnMachine = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<CampaignId, (DateTimeOffset At, DateTimeOffset AtMachineTime)> _judged = new();

    public void Note(CampaignId campaign) => _judged[campaign] = Now;

    /// <summary>How long ago, in campaign time, when that is longer than allowed; else null. What was never judged counts from when it was first asked for.</summary>
    public TimeSpan? LateBy(CampaignId campaign, TimeSpan allowed)
    {
        var now = Now;
        var (at, atMachineTime) = _judged.GetOrAdd(campaign, now);
        return now.At - at > allowed && now.AtMachineTime - atMachineTime > LeastOnMachine ? now.At - at : null;
    }

    /// <summary>Forgets what is no longer to be judged, so that it counts anew when it runs again.</summary>
    public void KeepOnly(IReadOnlySet<CampaignId> campaigns)
    {
        foreach (var campaign in _judged.Keys.Where(known => !campaigns.Contains(known)))
            _judged.TryRemove(campaign, out _);
    }

    private (DateTimeOffset At, DateTimeOffset AtMachineTime) Now => (clock.GetUtcNow(), machine.GetUtcNow());
}
