using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>What a network may spend on one day beyond the daily budget that it was given.</summary>
public static class Overdelivery
{
    public static Money MostOf(NetworkProfile profile, Money daily) => (daily * profile.MaxDayFactor.Value).Rounded();

    /// <summary>The largest daily budget, in whole units, of which the network cannot spend more on one day than a cap.</summary>
    public static Money Fitting(NetworkProfile profile, Money cap) => cap with { Amount = Math.Floor(cap.Amount / profile.MaxDayFactor.Value) };

    /// <summary>"$428 a day would stay below it", or why no budget would.</summary>
    public static string Fits(NetworkProfile profile, Money cap) => Fitting(profile, cap) is var fits && (fits.Amount <= 0 || Least(profile, cap.Currency) > fits)
        ? $"no budget that {profile.ShortTitle} takes would stay below it"
        : $"{fits} a day would stay below it";

    private static Money? Least(NetworkProfile profile, Currency currency) => profile.MinimumDaily(currency) switch
    {
        BudgetMinimum.Published published => published.Amount,
        BudgetMinimum.OwnFloor floor => floor.Amount,
        _ => null,
    };

    /// <summary>"Meta may spend up to $875 on a day; I stop at $750"; null where a day of it stays under the cap.</summary>
    public static string? Says(NetworkProfile profile, Money daily, Money cap) => MostOf(profile, daily) is var most && most > cap
        ? $"{profile.ShortTitle} may spend up to {most} on a day{(profile.MaxDayFactor.Assumed ? " (assumed)" : "")}; I stop at {cap}"
        : null;
}
