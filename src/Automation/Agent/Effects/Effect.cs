using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;

namespace ChatOpsCampaigns.Automation.Agent.Effects;

/// <summary>What a move is expected to change, by the evidence of whatever asked for it.</summary>
/// <param name="Says">For people: a figure with its range, or what is not known and why.</param>
public sealed record Effect(string Says)
{
    /// <summary>How many more of <see cref="Result"/> a day brings, fewer below zero, in the mean of days; null where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? More { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResultWord? Result { get; init; }

    /// <summary>How many a day brought before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Before { get; init; }
}
