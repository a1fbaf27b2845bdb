using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>A rule by its name, for example <c>daily-spend-cap</c>.</summary>
[JsonConverter(typeof(Values.IdentityConverter<RuleId>))]
public readonly record struct RuleId(string Value) : Values.IIdentity<RuleId>
{
    public static RuleId From(string value) => new(value);

    public override string ToString() => Value;
}

public enum Remedy
{
    PauseCampaign,

    /// <summary>Lower the bid by 30 %, at most once in 24 hours; without a bid of ours: alert.</summary>
    ReduceBid,

    /// <summary>Tell people and open an incident; no change at the network.</summary>
    Alert,
}

/// <summary>What was measured against what, in words: "spend today", "$1,000.40", "$1,000".</summary>
/// <param name="Limit">Empty where nothing was measured against a limit.</param>
public sealed record Evidence(string Measure, string Measured, string Limit)
{
    /// <summary>In one line: "spend today $1,000.40, limit $1,000".</summary>
    [JsonIgnore]
    public string Words => $"{Measure} {Measured}{(Limit.Length > 0 ? $", limit {Limit}" : "")}";
}

/// <summary>What a rule found. "I cannot tell" is said aloud and is never fine.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verdict")]
[JsonDerivedType(typeof(Clear), "clear")]
[JsonDerivedType(typeof(Breach), "breach")]
[JsonDerivedType(typeof(Warning), "warning")]
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(NotWatching), "not-watching")]
public abstract record SafetyVerdict(RuleId Rule)
{
    public sealed record Clear(RuleId Rule) : SafetyVerdict(Rule);

    public sealed record Breach(RuleId Rule, Remedy Remedy, Evidence Evidence) : SafetyVerdict(Rule);

    /// <summary>Close to the limit: said once, nothing done.</summary>
    public sealed record Warning(RuleId Rule, Evidence Evidence) : SafetyVerdict(Rule);

    public sealed record Unknown(RuleId Rule, string Why) : SafetyVerdict(Rule);

    /// <summary>The rule needs more evidence than this campaign has yet, and says what.</summary>
    public sealed record NotWatching(RuleId Rule, string Until) : SafetyVerdict(Rule);
}

/// <summary>One reason to stop or slow a campaign. Pure: no clock, no log, no store.</summary>
public interface ISafetyRule
{
    RuleId Id { get; }

    SafetyVerdict Judge(Observation now);
}
