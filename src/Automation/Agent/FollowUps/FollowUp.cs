using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Agent.Effects;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>What a move of the agent's was expected to come to, and what came, on the day that its horizon ends with, or until it was moved again.</summary>
/// <param name="MovedAt">Of the move, which its lever and this name.</param>
/// <param name="Cost">What a result was expected to cost; null where it could not be told, and then results or spend are judged.</param>
/// <param name="Why">Why nothing can be told; null where something can.</param>
public sealed record FollowUp(
    Lever Lever, Money From, Money To, DateTimeOffset MovedAt, AccountDay Day, Estimate? Spend, decimal? SpendCame, Estimate? Cost, decimal? CostCame, decimal? ResultsCame, string? Why)
{
    /// <summary>The ad that was paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdNamed? Ad { get; init; }

    /// <summary>Full hours until it was moved again, which are looked at instead of a day; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Hours { get; init; }

    /// <summary>Results expected in these hours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? Results { get; init; }

    /// <summary>What was expected of it when it was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Effect? Expects { get; init; }

    /// <summary>How many more that day brought than one did before, late ones allowed for; null where nothing of the kind was expected, or it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? More { get; init; }

    /// <summary>How far one day alone lies from the mean of days eight times out of ten, in results.</summary>
    [JsonIgnore]
    public decimal Chance => Expects?.Before is { } before ? (decimal)(CostBelief.TenPercentPoint * Math.Sqrt(Math.Max(1, (double)before) + Math.Pow((double)before * UsualDay.DaySpread, 2))) : 0;

    /// <summary>Whether it came as expected; null where it cannot be told.</summary>
    [JsonIgnore]
    public bool? Within => (Expects?.More, More) is ({ } more, { } change) && (change < more.Low - Chance || change > more.High + Chance) ? false
        : (Cost, CostCame) is ({ } cost, { } came) ? Inside(cost, came)
        : (Results, ResultsCame) is ({ } results, { } counted) ? Inside(results, counted)
        : (Spend, SpendCame) is ({ } spend, { } spent) ? Inside(spend, spent)
        : null;

    private static bool Inside(Estimate expected, decimal came) => came >= expected.Low && came <= expected.High;
}
