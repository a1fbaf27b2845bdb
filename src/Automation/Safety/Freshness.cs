using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>How old what we know is.</summary>
public static class Freshness
{
    /// <summary>Up to when a reading's figures count; where the network does not say, when they last changed.</summary>
    public static DateTimeOffset AsOf(PerformanceReading reading) => reading.DataAsOf ?? reading.ReadAt;

    /// <summary>Age of the newest figures, or null when there are none.</summary>
    public static TimeSpan? AgeOf(Observation now) => now.Reading is { } reading ? now.Now - AsOf(reading) : null;

    /// <summary>Whether the figures are young enough to spend more money on.</summary>
    public static bool AllowsRaise(Observation now) =>
        now.State == DataState.Fresh && AgeOf(now) is { } age
        && age <= (now.Profile.UsualReportAge.Value < SafetyLimits.OldestForRaise ? now.Profile.UsualReportAge.Value : SafetyLimits.OldestForRaise);

    /// <summary>Late from one usual age on, stale from three. What is at rest at its network cannot grow old.</summary>
    public static DataState Judge(PerformanceReading? reading, DateTimeOffset now, NetworkProfile profile, int failuresInARow)
    {
        if (failuresInARow >= SafetyLimits.FailuresUntilBlind)
            return reading is null ? DataState.None : DataState.Stale;

        if (reading is null)
            return DataState.None;

        var rests = reading.DataAsOf is null && failuresInARow == 0 && reading.Settings.Status is not (NetworkStatus.Active or NetworkStatus.Unknown);
        var ages = (now - AsOf(reading)) / profile.UsualReportAge.Value;
        return rests || ages <= 1 ? DataState.Fresh : ages <= SafetyLimits.StaleAges ? DataState.Late : DataState.Stale;
    }

    /// <summary>Why these figures cannot be, or null when they can.</summary>
    public static string? Oddity(PerformanceReading reading, PerformanceReading? before, DateTimeOffset now, Values.Currency currency)
    {
        var today = reading.Today;
        if (today.Spend.Currency != currency)
            return $"the spend is in {today.Spend.Currency}, the account in {currency}";

        if (today.Spend.Amount < 0 || today.Impressions < 0 || today.Clicks < 0 || today.Conversions < 0)
            return $"a figure is negative (spend {today.Spend})";

        if (reading.DataAsOf > now + FutureTolerance)
            return "the figures are from the future";

        if (reading.Yesterday is { Clicks: { } clicksBefore, Conversions: { } conversionsBefore }
            && today is { Clicks: { } clicks, Conversions: { } conversions }
            && conversions + conversionsBefore > clicks + clicksBefore + LateConversions)
            return $"{conversions:0} conversions from {clicks} clicks";

        return before is not null && before.Today.Day == today.Day && today.Spend.Amount < before.Today.Spend.Amount * LeastAfterCorrection
            ? $"the spend of today fell from {before.Today.Spend} to {today.Spend}"
            : null;
    }

    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Results of clicks of earlier days that may arrive without clicks of their own.</summary>
    private const decimal LateConversions = 10;

    /// <summary>Networks take a few per cent back; more than a fifth is no correction.</summary>
    private const decimal LeastAfterCorrection = 0.8m;
}
