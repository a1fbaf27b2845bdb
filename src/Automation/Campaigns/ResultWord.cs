using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>
/// What a campaign counts as its result, what that is called, and how many of it a day's figures hold: the one place that
/// knows, for rules, agent, forecasts, charts, cards and the simulated market alike. It is stored as <see cref="One"/>.
/// </summary>
/// <param name="One">As in "cost per install".</param>
/// <param name="Many">As in "42 installs".</param>
/// <param name="Each">As in "what one install is worth".</param>
[JsonConverter(typeof(ResultWordConverter))]
public sealed record ResultWord(string One, string Many, string Each)
{
    public static readonly ResultWord Install = Named("install");
    public static readonly ResultWord Purchase = Named("purchase");
    public static readonly ResultWord Lead = Named("lead");
    public static readonly ResultWord Click = Named("click");
    public static readonly ResultWord ThousandImpressions = new("1,000 impressions", "thousand impressions", "a thousand impressions");

    /// <summary>Of a draft whose objective nobody has said yet.</summary>
    public static readonly ResultWord Open = Named("result");

    public static readonly IReadOnlyList<ResultWord> All = [Install, Purchase, Lead, Click, ThousandImpressions];

    /// <summary>Median share of clicks that convert; ours, the same as the simulated market's.</summary>
    private const decimal TypicalConversionRate = .04m;

    /// <summary>Median share of impressions that are clicked; ours.</summary>
    private const decimal TypicalClickRate = .01m;

    /// <summary>Awareness is bought by the thousand impressions and traffic by the click, whatever they are meant to lead to.</summary>
    public static ResultWord Of(CampaignType type, Objective objective) => (type, objective) switch
    {
        (CampaignType.Awareness, _) => ThousandImpressions,
        (CampaignType.Traffic, _) => Click,
        (_, Objective.Installs) => Install,
        (_, Objective.Purchases) => Purchase,
        (_, Objective.Leads) => Lead,
        (_, Objective.Engagement) => Click,
        _ => throw new InvalidOperationException($"No result is named for {objective}."),
    };

    public static ResultWord Of(Campaign campaign) => Of(campaign.Spec.Type, campaign.Spec.Objective);

    public static ResultWord Of(CampaignDraft draft) => draft.Objective is { } objective ? Of(draft.Type ?? CampaignType.AppInstall, objective) : Open;

    /// <summary>Somebody did something, which may be worth money: not a mere click or look.</summary>
    public bool IsConversion => this != Click && this != ThousandImpressions;

    /// <summary>The share of a conversion's usual cost that one of these usually costs.</summary>
    public decimal CostShare => this switch
    {
        _ when this == Click => TypicalConversionRate,
        _ when this == ThousandImpressions => TypicalConversionRate * TypicalClickRate * 1000m,
        _ => 1m,
    };

    /// <summary>"cost per install"</summary>
    public string CostWords => $"cost per {One}";

    /// <summary>"Cost per install"</summary>
    public string CostTitle => Capital(CostWords);

    /// <summary>"One install", beginning a sentence.</summary>
    public string EachTitle => Capital(Each);

    /// <summary>"Installs", as on an axis or before a figure.</summary>
    public string Title => Capital(Many);

    /// <summary>"1 install", "42 installs", "12.5 thousand impressions"</summary>
    public string Counted(decimal count) => count == 1 && this != ThousandImpressions
        ? $"1 {One}"
        : $"{count.ToString(IsConversion || this == Click ? "#,0" : "#,0.#", CultureInfo.InvariantCulture)} {Many}";

    /// <summary>Null is "not known".</summary>
    public decimal? In(DayFigures day) => this switch
    {
        _ when this == Click => day.Clicks,
        _ when this == ThousandImpressions => day.Impressions / 1000m,
        _ => day.Conversions,
    };

    public override string ToString() => One;

    private static string Capital(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";

    private static ResultWord Named(string one) => new(one, $"{one}s", $"one {one}");
}

internal sealed class ResultWordConverter : JsonConverter<ResultWord>
{
    public override ResultWord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var one = reader.GetString();
        return ResultWord.All.FirstOrDefault(known => known.One == one) ?? ResultWord.Open;
    }

    public override void Write(Utf8JsonWriter writer, ResultWord value, JsonSerializerOptions options) => writer.WriteStringValue(value.One);
}
