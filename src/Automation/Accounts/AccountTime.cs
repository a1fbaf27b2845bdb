using System.Globalization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts;

/// <summary>Instants as the people of an ad account read them.</summary>
public static class AccountTime
{
    /// <summary>In the account's own zone, with its offset: "2026-03-02 07:00 (UTC-05:00)".</summary>
    public static string In(TimeZoneInfo zone, DateTimeOffset instant)
    {
        var there = TimeZoneInfo.ConvertTime(instant, zone);
        var offset = there.Offset == TimeSpan.Zero ? "UTC" : $"UTC{there.ToString("zzz", CultureInfo.InvariantCulture)}";
        return $"{there.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} ({offset})";
    }

    public static async Task<string> InAsync(this IAdAccounts accounts, AdAccountId? account, DateTimeOffset instant, CancellationToken cancellationToken) =>
        In(await accounts.ZoneAsync(account, cancellationToken), instant);

    /// <summary>The zone of an account; of none, or of one that is no longer configured, the zone that all accounts share, else UTC.</summary>
    public static async Task<TimeZoneInfo> ZoneAsync(this IAdAccounts accounts, AdAccountId? account, CancellationToken cancellationToken)
    {
        var all = await accounts.AllAsync(cancellationToken);
        if (all.FirstOrDefault(known => known.Id == account) is { } found)
            return found.Zone();

        return all.Select(known => known.TimeZone).Distinct().ToList() is [var shared] ? TimeZoneInfo.FindSystemTimeZoneById(shared) : TimeZoneInfo.Utc;
    }
}
