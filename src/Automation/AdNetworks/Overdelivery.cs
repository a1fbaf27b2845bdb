using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>What a network may spend on one day beyond the daily budget that it was given.</summary>
public static class Overdelivery
{
    public static Money MostOf(NetworkProfile profile, Money daily) => (daily * profile.MaxDayFactor.Value).Rounded();

    /// <summary>"Meta may spend up to $875 on a day; I stop at $750"; null where a day of it stays under the cap.</summary>
    public static string? Says(NetworkProfile profile, Money daily, Money cap) => MostOf(profile, daily) is var most && most > cap
        ? $"{profile.ShortTitle} may spend up to {most} on a day{(profile.MaxDayFactor.Assumed ? " (assumed)" : "")}; I stop at {cap}"
        : null;
}
