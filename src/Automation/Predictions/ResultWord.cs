using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>What a campaign counts as its result, and how many of it a day's figures hold.</summary>
public sealed record ResultWord(string One, string Many)
{
    public static readonly ResultWord Install = new("install", "installs");
    public static readonly ResultWord Purchase = new("purchase", "purchases");
    public static readonly ResultWord Lead = new("lead", "leads");
    public static readonly ResultWord Click = new("click", "clicks");
    public static readonly ResultWord ThousandImpressions = new("1,000 impressions", "thousand impressions");

    /// <summary>Median share of clicks that convert; ours, the same as the simulated market's.</summary>
    private const decimal TypicalConversionRate = .04m;

    /// <summary>Median share of impressions that are clicked; ours.</summary>
    private const decimal TypicalClickRate = .01m;

    public static ResultWord Of(CampaignType type, Objective objective) => type == CampaignType.Awareness
        ? ThousandImpressions
        : objective switch
        {
            Objective.Installs => Install,
            Objective.Purchases => Purchase,
            Objective.Leads => Lead,
            Objective.Engagement => Click,
            _ => throw new InvalidOperationException($"No result is named for {objective}."),
        };

    /// <summary>The share of a conversion's usual cost that one of these usually costs.</summary>
    public decimal CostShare => this switch
    {
        _ when this == Click => TypicalConversionRate,
        _ when this == ThousandImpressions => TypicalConversionRate * TypicalClickRate * 1000m,
        _ => 1m,
    };

    /// <summary>Null is "not known".</summary>
    public decimal? In(DayFigures day) => this switch
    {
        _ when this == Click => day.Clicks,
        _ when this == ThousandImpressions => day.Impressions / 1000m,
        _ => day.Conversions,
    };
}
