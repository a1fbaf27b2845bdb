using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>How old what we know is.</summary>
public static class Freshness
{
    /// <summary>Up to when a reading's figures count; where the network does not say, when they last changed.</summary>
    public static DateTimeOffset AsOf(PerformanceReading reading) => reading.DataAsOf ?? reading.ReadAt;

    /// <summary>Age of the newest figures, or null when there are none.</summary>
    public static TimeSpan? AgeOf(Observation now) => now.Reading is { } reading ? now.Now - AsOf(reading) : null;

    /// <summary>The oldest figures on which more money may go out: the network's usual age, three hours at most.</summary>
    public static TimeSpan OldestForRaise(NetworkProfile profile) =>
        profile.UsualReportAge.Value < SafetyLimits.OldestForRaise ? profile.UsualReportAge.Value : SafetyLimits.OldestForRaise;

    /// <summary>
    /// Why no more money may go out on these figures and what to do, in a sentence; null when it may. Asked of every raise and resume, by
    /// whomever.
    /// </summary>
    public static string? RaiseObjection(Observation now) => Shortcoming(now) is { } says
        ? $"{now.Campaign.Name} gets more money on fresh figures only, and {says}. {WhatHelps(now)}; the monitor keeps watching meanwhile."
        : null;

    /// <summary>
    /// What is wrong with the figures for a raise; null when nothing is. A campaign that never ran has none and needs none. Where a network
    /// gives no time of its figures, their last change counts while the campaign delivers there: a quiet campaign looks older than it is,
    /// and is refused rather than trusted.
    /// </summary>
    public static string? Shortcoming(Observation now)
    {
        if (now.Campaign.LaunchedAt is null)
            return null;

        if (now.State == DataState.Impossible)
            return $"the newest ones cannot be right: {now.StateBecause}";

        if (now.Reading is not { } reading)
            return "there are none yet";

        var age = now.Now - AsOf(reading);
        if (now.State != DataState.Fresh || (!Rests(reading, now.FailuresInARow) && (age > OldestForRaise(now.Profile) || age < -FutureTolerance)))
            return TooOld(now, reading, age);

        var result = ResultWord.Of(now.Campaign);
        return reading.Today.Spend.Amount > 0 && result.In(reading.Today) is null ? $"today's {result.Many} are missing from them" : null;
    }

    /// <summary>Late from one usual age on, stale from three. What is at rest at its network cannot grow old.</summary>
    public static DataState Judge(PerformanceReading? reading, DateTimeOffset now, NetworkProfile profile, int failuresInARow)
    {
        if (failuresInARow >= SafetyLimits.FailuresUntilBlind)
            return reading is null ? DataState.None : DataState.Stale;

        if (reading is null)
            return DataState.None;

        var ages = (now - AsOf(reading)) / profile.UsualReportAge.Value;
        return Rests(reading, failuresInARow) || ages <= 1 ? DataState.Fresh : ages <= SafetyLimits.StaleAges ? DataState.Late : DataState.Stale;
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

        if (before is null || before.Today.Day != today.Day)
            return null;

        if (today.Spend.Amount < before.Today.Spend.Amount * LeastAfterCorrection)
            return $"the spend of today fell from {before.Today.Spend} to {today.Spend}";

        var hour = reading.Settings.DailyBudget.Amount / 24;
        return hour > 0 && today.Spend.Amount > Math.Max(before.Today.Spend.Amount, hour) * ImpossibleLeap
            ? $"the spend of today leapt from {before.Today.Spend} to {today.Spend}"
            : null;
    }

    private static bool Rests(PerformanceReading reading, int failuresInARow) =>
        reading.DataAsOf is null && failuresInARow == 0 && reading.Settings.Status is not (NetworkStatus.Active or NetworkStatus.Unknown);

    private static string TooOld(Observation now, PerformanceReading reading, TimeSpan age)
    {
        var (network, fresh) = (now.Profile.ShortTitle, Ages.Of(OldestForRaise(now.Profile)));
        var silent = now is { FailuresInARow: > 0, UnseenSince: { } since } ? $" ({network} has not answered since {AccountTime.In(now.Account.Zone(), since)})" : "";
        return reading.DataAsOf is null
            ? $"they last changed {Ages.Of(age)} ago{silent}; {fresh} count as fresh for {network}, which does not say how old its figures are, so a quiet campaign looks older than it is"
            : $"they are {Ages.Of(age)} old{silent}; up to {fresh} count as fresh for {network}";
    }

    private static string WhatHelps(Observation now) => now.State == DataState.Impossible
        ? $"Wait until {now.Profile.ShortTitle} corrects them"
        : $"Try again at about {AccountTime.Near(now.Account.Zone(), now.Now + now.Profile.UsualReportAge.Value, now.Now)}, when new ones are usually there";

    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Results of clicks of earlier days that may arrive without clicks of their own.</summary>
    private const decimal LateConversions = 10;

    /// <summary>Another unit, such as cents or millionths. A network that really runs away at a hundred times its rate is far below it for hours, and is stopped.</summary>
    private const decimal ImpossibleLeap = 100;

    /// <summary>Networks take a few per cent back; more than a fifth is no correction.</summary>
    private const decimal LeastAfterCorrection = 0.8m;
}
