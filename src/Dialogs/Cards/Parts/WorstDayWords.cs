using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>The most that a day may cost, and what that comes from.</summary>
internal static class WorstDayWords
{
    public const string Today = "Worst case today";

    public const string AnyDay = "Worst case of a day";

    /// <summary>
    /// "$1,010.42 by midnight, $127.88 of it perhaps spent by now: stopped at $750, which shows up to 16 min late; a runaway ten times as fast as its busiest hour
    /// spends up to $260.42 by then".
    /// </summary>
    public static string Of(WorstDay worst)
    {
        if (worst.Already is not { } already)
            return $"{worst.Most} ({Bound(worst)}{Promised(worst)})";

        if (worst.Most <= already)
            return $"{already}, perhaps spent by now; more is not expected today";

        return $"{worst.Most} by midnight, {already} of it perhaps spent by now: {(worst.EndsBelowCap ? $"no more can be spent by then, {Runaway}" : Bound(worst))}";
    }

    /// <summary>What today may cost when it runs again now: a sentence.</summary>
    public static string Resumed(WorstDay worst) => worst.EndsBelowCap
        ? $"At worst {worst.Most} are spent by midnight, {Runaway}."
        : $"At worst {worst.Most} are spent by midnight: {Bound(worst)}.";

    /// <summary>Of everything that may spend, and the campaign that may go furthest beyond its budget.</summary>
    public static string Of(DashboardFigures figures)
    {
        var worst = figures.Lines.Select(line => line.Worst?.Most).OfType<Money>().Where(most => most.Amount > 0).ToList();
        if (figures.WorstLine is not { Worst: { } furthest } line)
            return "Nothing can be spent today.";

        return worst.Count == 1
            ? $"{Today}: {furthest.Most} on {line.Name}."
            : $"{Today}: {string.Join(" and ", Sums(worst))} in all, {furthest.Most} of it on {line.Name}.";
    }

    private static ImmutableArray<string> Sums(IEnumerable<Money> all) =>
    [
        .. all.GroupBy(one => one.Currency)
            .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => group.Aggregate(group.Key.Zero, (sum, one) => sum + one).ToString()),
    ];

    private const string Runaway = "even if it runs away ten times as fast as its busiest hour";

    private static string Bound(WorstDay worst) =>
        $"stopped at {worst.Cap}, which shows up to {Ages.Of(worst.Late)} late; a runaway ten times as fast as its busiest hour spends up to {worst.Unseen} by then";

    private static string Promised(WorstDay worst) => worst.Network is { } network && network < worst.Cap
        ? $". Without one its network spends at most {network}{(worst.Assumed ? " (assumed)" : "")}"
        : "";
}
