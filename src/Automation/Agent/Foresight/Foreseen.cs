using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>How long a stretch of time a forecast is for.</summary>
public enum ForecastSpan
{
    /// <summary>A full hour of the account's clock.</summary>
    Hour,

    /// <summary>A day of the account.</summary>
    Day,
}

/// <summary>What a running campaign is expected to spend and bring in a stretch of time that has not begun: middle, and 10 % and 90 % points.</summary>
/// <param name="Spend">In the account's currency.</param>
/// <param name="Results">Those counted by the time at which the forecast is held against what came; null: too little is known.</param>
/// <param name="Cost">Of one of these results; null where fewer than one is expected or too little is known.</param>
public sealed record Foreseen(
    ForecastSpan Span, DateTimeOffset From, DateTimeOffset To, DateTimeOffset MadeAt, Estimate Spend, Estimate? Results, Estimate? Cost);

/// <summary>What came. Null is "not known", for good once it is final.</summary>
/// <param name="Because">Why something is not known; null when all is, or while it is still waited for.</param>
public sealed record Outcome(DateTimeOffset At, decimal? Spend, decimal? Results, bool IsFinal, string? Because)
{
    /// <summary>Null where nothing came that a cost could be told of.</summary>
    [JsonIgnore]
    public decimal? Cost => Results >= 1 ? Spend / Results : null;
}

/// <summary>A forecast of one campaign and what came of it. One for each campaign and hour, and for each campaign and day.</summary>
/// <param name="Budget">The daily budget that it was made with.</param>
/// <param name="Bid">The bid that it was made with; null: the network's own.</param>
public sealed record RunningForecast(
    CampaignId Campaign, WorkspaceId Workspace, AdAccountId Account, Currency Currency, ResultWord Result, decimal Budget, decimal? Bid, Foreseen Foreseen)
{
    /// <summary>Null while nothing of it is known.</summary>
    public Outcome? Came { get; init; }

    [JsonIgnore]
    public bool IsSettled => Came is { IsFinal: true };

    public bool IsOf(RunningForecast other) => Foreseen.Span == other.Foreseen.Span && Foreseen.From == other.Foreseen.From;
}

/// <summary>Forecasts of running campaigns, by campaign, span and beginning.</summary>
public interface IForecastStore
{
    /// <summary>Keeps forecasts of one campaign in one commit; one of the same span and beginning is replaced.</summary>
    Task KeepAsync(IReadOnlyList<RunningForecast> forecasts, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<RunningForecast>> LatestAsync(CampaignId campaign, ForecastSpan span, int count, CancellationToken cancellationToken);
}
