using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Auditing;

/// <summary>The rules have spoken about everything that may be spending within the last two sweeps, or the last minute when that is longer.</summary>
public sealed class EveryCampaignIsJudged(ICampaignStore campaigns, LastJudged judged, SweepPulse pulse, CampaignClock clock, TimeSpan sweepEvery) : ISelfCheck
{
    /// <summary>Named one by one; more are counted.</summary>
    private const int Named = 5;

    public string Name => "judged";

    public async Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var allowed = SweepPulse.Allowed(sweepEvery, clock.Speed);
        if (pulse.Age > allowed)
            return [new SelfFinding(Name, Severity.Critical, $"no sweep has ended for {pulse.Age.TotalSeconds:0} s") { IsToldElsewhere = true }];

        var spending = await campaigns.MaySpendAsync(cancellationToken);
        judged.KeepOnly(spending.Select(campaign => campaign.Id).ToHashSet());
        var late = spending
            .Select(campaign => (campaign, Since: judged.LateBy(campaign.Id, allowed)))
            .Where(one => one.Since is not null)
            .ToList();
        if (late.Count == 0)
            return [];

        var names = string.Join(", ", late.Take(Named).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.campaign.Name} ({one.campaign.Handle}, {one.Since!.Value.TotalSeconds:0} s)")));
        var more = late.Count > Named ? $" and {late.Count - Named} more" : "";
        return [new SelfFinding(Name, Severity.Critical, $"nobody judges {names}{more}, and nothing stops {(late.Count == 1 ? "it" : "them")} meanwhile; look at the network yourself")];
    }
}
