using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>What the agent expects of a running campaign, what came, and how far it was off, in plain lines.</summary>
public static class ForecastWords
{
    /// <summary>"I expect about $29–$41, 2–4 installs and $10–$16 per install from 13:00 to 14:00 (UTC-05:00)."</summary>
    public static string Ahead(Foreseen foreseen, Currency currency, ResultWord result, DateTimeOffset now, TimeZoneInfo zone) =>
        $"I expect {Listed([.. Figures(foreseen, currency, result, withCost: true)])} {When(foreseen, now, zone)}.";

    /// <summary>"I expected about $29–$41 and 2–4 installs from 11:00 to 12:00 (UTC-05:00); it was $35 and 3 installs."</summary>
    public static string Came(RunningForecast forecast, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (currency, result, foreseen) = (forecast.Currency, forecast.Result, forecast.Foreseen);
        return $"I expected {Listed([.. Figures(foreseen, currency, result, withCost: false)])} {When(foreseen, now, zone)}; {What(forecast.Came, foreseen, currency, result)}.";
    }

    /// <summary>"Of the last 20 hours 16 were inside what I expected, 12 % off on average."; null before five are known.</summary>
    public static string? Score(ForecastTrack track, ForecastSpan span)
    {
        var score = track.SpendScore(span);
        if (score.Known < FewestForAScore)
            return null;

        var off = score.Error is { } error ? string.Create(CultureInfo.InvariantCulture, $", the spend {error * 100:0} % off on average") : "";
        return $"Of the last {score.Known} {(span == ForecastSpan.Hour ? "hours" : "days")} {score.Inside} were inside what I expected{off}.";
    }

    /// <summary>Every line that there is about an hour or a day: what came, how it went lately, what is next.</summary>
    public static IEnumerable<string> Lines(ForecastTrack track, ForecastSpan span, ResultWord result, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (track.Of(span).LastOrDefault(forecast => forecast.Came is not null) is { } last)
            yield return Came(last, now, zone);

        if (Score(track, span) is { } score)
            yield return score;

        if (track.Of(span).LastOrDefault() is { } next && next.Foreseen.From > now)
            yield return Ahead(next.Foreseen, next.Currency, result, now, zone);
    }

    private const int FewestForAScore = 5;

    private static string What(Outcome? came, Foreseen foreseen, Currency currency, ResultWord result)
    {
        if (came?.Spend is not { } spend)
            return $"what came is not known: {came?.Because ?? "its figures are not there yet"}";

        var results = came.Results is { } count ? $" and {result.Counted(count)}" : came.IsFinal ? $"; {result.Many} not known: {came.Because}" : $", {result.Many} are still being counted";
        var where = spend > foreseen.Spend.High ? " (more than I expected)" : spend < foreseen.Spend.Low ? " (less than I expected)" : "";
        return $"it was {currency.Of(spend)}{where}{results}";
    }

    private static IEnumerable<string> Figures(Foreseen foreseen, Currency currency, ResultWord result, bool withCost)
    {
        yield return $"about {Range(foreseen.Spend, currency)}";
        if (foreseen.Results is { } results)
            yield return results.Low == results.High ? result.Counted(results.Low) : $"{Count(results.Low)}–{result.Counted(results.High)}";

        if (withCost && foreseen.Cost is { } cost)
            yield return $"{Range(cost, currency)} per {result.One}";
    }

    private static string Range(Estimate estimate, Currency currency) =>
        estimate.Low == estimate.High ? $"{currency.Of(estimate.Low)}" : $"{currency.Of(estimate.Low)}–{currency.Of(estimate.High)}";

    private static string Count(decimal count) => count.ToString("#,0.#", CultureInfo.InvariantCulture);

    private static string When(Foreseen foreseen, DateTimeOffset now, TimeZoneInfo zone) => foreseen.Span == ForecastSpan.Hour
        ? AccountTime.Between(zone, foreseen.From, foreseen.To, now)
        : $"on {AccountDay.At(foreseen.From, zone)}";

    private static string Listed(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
