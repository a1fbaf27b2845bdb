using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>
/// Holds forecasts against what came, once the network's figures reach so far: an hour along the line of readings, a day by its own total, and
/// its results when they have matured. What was not seen stays unknown. Pure.
/// </summary>
public static class ForecastSettlement
{
    /// <summary>Figures further apart than this say nothing of the time between them.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(90);

    /// <summary>Readings reach back for three days; what is not known by then never will be.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(72);

    /// <summary>The forecasts of which something became known, or of which it is sure now that it never will.</summary>
    public static IReadOnlyList<RunningForecast> Due(Observation now, ForecastTrack track)
    {
        var waiting = track.All.Where(forecast => !forecast.IsSettled && forecast.Foreseen.To <= now.Now).ToList();
        if (waiting.Count == 0)
            return [];

        var seen = new Lazy<Timeline>(() => Timeline.Of(now, sinceResume: false));
        return [.. waiting
            .Select(forecast => forecast with { Came = Of(forecast, now, seen) })
            .Where(settled => settled.Came is { } came && came != track.All.First(settled.IsOf).Came)];
    }

    private static Outcome? Of(RunningForecast forecast, Observation now, Lazy<Timeline> seen)
    {
        if (now.Campaign.LastResumedAt is { } resumed && resumed > forecast.Foreseen.MadeAt && resumed < forecast.Foreseen.To)
            return Unknown(forecast, now, "it did not run all the time");

        return (forecast.Foreseen.Span == ForecastSpan.Hour ? Hour(forecast, now, seen) : Day(forecast, now))
            ?? (now.Now - forecast.Foreseen.To > GivenUpAfter ? Unknown(forecast, now, "its figures did not come in time") : forecast.Came);
    }

    private static Outcome? Hour(RunningForecast forecast, Observation now, Lazy<Timeline> readings)
    {
        if (!Reports.Cover(now, forecast.Foreseen.To))
            return null;

        var seen = readings.Value;
        var (from, to) = (Reports.SeenAt(now, forecast.Foreseen.From), Reports.SeenAt(now, forecast.Foreseen.To));
        if (!seen.Covers(from, LongestGap) || !seen.Covers(to, LongestGap))
            return Unknown(forecast, now, "readings of it are missing");

        var spend = now.Account.Currency.Of((decimal)(seen.SpendAt(to) - seen.SpendAt(from))).Rounded().Amount;
        var results = now.ResultsUncounted || seen.ResultsAt(to) is not { } after || seen.ResultsAt(from) is not { } before
            ? (decimal?)null
            : Math.Round((decimal)after, Digits(forecast)) - Math.Round((decimal)before, Digits(forecast));
        return new Outcome(now.Now, spend, results, IsFinal: true, results is null ? "its results were not counted" : null);
    }

    private static Outcome? Day(RunningForecast forecast, Observation now)
    {
        var day = now.Account.DayAt(forecast.Foreseen.From);
        if (now.Today > day.Next)
            return Unknown(forecast, now, "its last figures came later than they are read");

        if (now.Reading?.Yesterday is not { } figures || figures.Day != day || !Reports.Cover(now, forecast.Foreseen.To))
            return null;

        var delays = DelayProfile.Of(forecast.Result);
        if (!Reports.Cover(now, forecast.Foreseen.To + Reports.ResultHold(delays) + Reports.Maturing(delays)))
            return forecast.Came ?? new Outcome(now.Now, figures.Spend.Amount, null, IsFinal: false, null);

        var results = now.ResultsUncounted ? null : forecast.Result.In(figures);
        return new Outcome(now.Now, figures.Spend.Amount, results, IsFinal: true, results is null ? "its results were not counted" : null);
    }

    /// <summary>What was known before stays known.</summary>
    private static Outcome Unknown(RunningForecast forecast, Observation now, string because) => new(now.Now, forecast.Came?.Spend, null, IsFinal: true, because);

    private static int Digits(RunningForecast forecast) => forecast.Result == ResultWord.ThousandImpressions ? 1 : 0;
}
