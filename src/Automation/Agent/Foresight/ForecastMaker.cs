using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>What the next hour and the next day of a running campaign will spend and bring, from one observation and the forecasts before. Pure.</summary>
public static class ForecastMaker
{
    /// <summary>A day's forecast is made anew after so long, as long as the day has not begun.</summary>
    private static readonly TimeSpan DayStandsFor = TimeSpan.FromHours(6);

    /// <summary>Log error of the number of results beside its counting noise that we believe in. Assumed.</summary>
    private const double ResultDeviation = .3;

    /// <summary>Cents do not count as an error.</summary>
    private const double SpendOffset = .002;

    /// <summary>Own results from which on a cost is told without a target.</summary>
    private const double FewestResults = 3;

    /// <summary>The forecasts that are to be made now; none while those that stand are still what would be said.</summary>
    public static IReadOnlyList<RunningForecast> Due(Observation now, AgentMemory memory, ForecastTrack track)
    {
        var due = Enum.GetValues<ForecastSpan>().Where(span => IsDue(now, track, span)).ToList();
        if (due.Count == 0)
            return [];

        var seen = Timeline.Of(now, sinceResume: false);
        return [.. due.Select(span => Make(now, seen, memory, track, span))];
    }

    private static bool IsDue(Observation now, ForecastTrack track, ForecastSpan span)
    {
        var (from, to) = Next(now, span);
        if (now.Campaign.Status != CampaignStatus.Active || now.Campaign.DailyBudget.Amount <= 0 || now.Campaign.Spec.Schedule.End < to)
            return false;

        var standing = track.Of(span).LastOrDefault(forecast => forecast.Foreseen.From == from);
        return standing is null || standing.Budget != now.Campaign.DailyBudget.Amount || standing.Bid != now.Campaign.Bid?.Amount
            || (span == ForecastSpan.Day && now.Now - standing.Foreseen.MadeAt >= DayStandsFor);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Next(Observation now, ForecastSpan span) =>
        span == ForecastSpan.Hour ? HourAhead.Next(now) : DayAhead.Next(now);

    private static RunningForecast Make(Observation now, Timeline seen, AgentMemory memory, ForecastTrack track, ForecastSpan span)
    {
        var (from, to) = Next(now, span);
        var (campaign, result) = (now.Campaign, ResultWord.Of(now.Campaign));
        var isHour = span == ForecastSpan.Hour;
        var spend = isHour ? HourAhead.Spend(now, seen, memory, from, to) : DayAhead.Spend(now, memory);
        var spendSpread = Spread.Learned(
            (double)campaign.DailyBudget.Amount * SpendOffset, _ => isHour ? HourAhead.SpendDeviation : DayAhead.SpendDeviation, track.Pairs(span, forecast => forecast.Spend, came => came.Spend));

        var (results, cost) = ((Estimate?)null, (Estimate?)null);
        if (CostOf(now, memory, result) is { } each)
        {
            var spread = Spread.Learned(.5, Deviation(result), track.Pairs(span, forecast => forecast.Results, came => came.Results));
            var expected = isHour ? HourAhead.Results(now, seen, each, spend, from, to) : DayAhead.Results(now, each, spend, from, to);
            results = Whole(spread.Around(expected), result);
            cost = expected >= 1 ? Spread.Rounded((spread with { Offset = 0, Deviation = _ => spread.Deviation(expected) }).Around(spend / expected), now.Account.Currency) : null;
        }

        return new RunningForecast(
            campaign.Id, campaign.Workspace, campaign.Account, now.Account.Currency, result, campaign.DailyBudget.Amount, campaign.Bid?.Amount,
            new Foreseen(span, from, to, now.Now, Spread.Rounded(spendSpread.Around(spend), now.Account.Currency), results, cost));
    }

    private static Func<double, double> Deviation(ResultWord result) => result.IsConversion
        ? expected => Math.Sqrt((ResultDeviation * ResultDeviation) + (1 / (expected + .5)))
        : _ => ResultDeviation;

    /// <summary>Counts are whole; the ends go outwards.</summary>
    private static Estimate Whole(Estimate estimate, ResultWord result) => result == ResultWord.ThousandImpressions
        ? estimate
        : new Estimate(Math.Floor(estimate.Low), Math.Round(estimate.Middle, 1), Math.Ceiling(estimate.High));

    /// <summary>What a result costs: as the agent judges it against its target, or without one from enough results of its own. Null: it cannot be told.</summary>
    private static double? CostOf(Observation now, AgentMemory memory, ResultWord result)
    {
        if (now.ResultsUncounted)
            return null;

        var target = now.Campaign.Spec.Bidding.TargetCpa ?? now.Campaign.Spec.Automation.MaxCpa ?? OwnCost(now, result);
        return target is { Amount: > 0 } known ? CostEstimate.From(now, known, now.Campaign.Bid ?? known, memory)?.Cost : null;
    }

    private static Money? OwnCost(Observation now, ResultWord result)
    {
        var days = now.Days.Where(day => result.In(day) is not null && day.Spend.Amount > 0).ToList();
        var results = days.Sum(day => result.In(day)!.Value);
        return (double)results >= FewestResults ? now.Account.Currency.Of(days.Sum(day => day.Spend.Amount) / results) : null;
    }
}
