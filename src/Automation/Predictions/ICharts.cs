using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>One moment of a day's spend.</summary>
public sealed record SpendPoint(DateTimeOffset At, decimal Spend);

/// <summary>Draws pictures for cards; each call gives the digest of a PNG in the media store, the same for the same figures.</summary>
public interface ICharts
{
    /// <summary>Results against daily spend with their band, today's budget and the assumed optimum.</summary>
    Task<Digest> SaturationAsync(PreLaunchPredictions predictions, Money dailyBudget, CancellationToken cancellationToken);

    /// <summary>One account day's spend against budget and cap. Times are shown in <paramref name="zone"/>.</summary>
    Task<Digest> SpendAgainstCapAsync(
        string name, IReadOnlyList<SpendPoint> points, Money dailyBudget, Money cap, AccountDay day, TimeZoneInfo zone, CancellationToken cancellationToken);

    /// <summary>Cost of a result by day against its target; days without results leave a gap.</summary>
    Task<Digest> CostAgainstTargetAsync(
        string name, ResultWord result, IReadOnlyList<DayFigures> days, Money? target, CancellationToken cancellationToken);
}
