using System.Globalization;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Accounts;

/// <summary>
/// Instants as the people of an ad account read them, and the one place that writes a time of day: what is kept, or read elsewhere, says its day and zone.
/// </summary>
public static class AccountTime
{
    private const string TimeOfDay = "HH:mm";

    /// <summary>In the account's own zone, with its day and offset: "2026-03-02 07:00 (UTC-05:00)".</summary>
    public static string In(TimeZoneInfo zone, DateTimeOffset instant) => Written(zone, instant, $"yyyy-MM-dd {TimeOfDay}");

    /// <summary>As <see cref="In"/>, to the second.</summary>
    public static string Exactly(TimeZoneInfo zone, DateTimeOffset instant) => Written(zone, instant, $"yyyy-MM-dd {TimeOfDay}:ss");

    /// <summary>For what is read at once: "07:00 (UTC-05:00)" of today, else as <see cref="In"/>.</summary>
    public static string Near(TimeZoneInfo zone, DateTimeOffset instant, DateTimeOffset now) =>
        AccountDay.At(instant, zone) == AccountDay.At(now, zone) ? Written(zone, instant, TimeOfDay) : In(zone, instant);

    /// <summary>"from 07:00 to 08:00 (UTC-05:00)", with the day when that is not today's.</summary>
    public static string Between(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var day = AccountDay.At(from, zone);
        return $"{(day == AccountDay.At(now, zone) ? "" : $"on {day} ")}from {TimeZoneInfo.ConvertTime(from, zone).ToString(TimeOfDay, CultureInfo.InvariantCulture)} to {Written(zone, to, TimeOfDay)}";
    }

    /// <summary>As people plan: "Mon 2 Mar 2026, 09:00 (UTC-05:00)".</summary>
    public static string Planned(TimeZoneInfo zone, DateTimeOffset instant) => Written(zone, instant, $"ddd d MMM yyyy, {TimeOfDay}");

    /// <summary>The end of a day as people say it: "Thu 31 Dec 2026, 24:00 (UTC-05:00)".</summary>
    public static string PlannedEnd(TimeZoneInfo zone, DateTimeOffset end) => AccountDay.EndingAt(end, zone) is { Date: var day }
        ? $"{day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)}, 24:00 ({Offset(TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone))})"
        : Planned(zone, end);

    /// <summary>As it can be typed and is read back: "2026-03-02T09:00", with its offset where an hour comes twice.</summary>
    public static string Typed(TimeZoneInfo zone, DateTimeOffset instant)
    {
        var there = TimeZoneInfo.ConvertTime(instant, zone);
        return there.ToString($"yyyy-MM-dd'T'{TimeOfDay}{(zone.IsAmbiguousTime(there.DateTime) ? "zzz" : "")}", CultureInfo.InvariantCulture);
    }

    /// <summary>On the axis of one day of an account: the day and the zone stand beside it.</summary>
    public static string OnAxis(DateTime there) => there.ToString(TimeOfDay, CultureInfo.InvariantCulture);

    private static string Written(TimeZoneInfo zone, DateTimeOffset instant, string format)
    {
        var there = TimeZoneInfo.ConvertTime(instant, zone);
        return $"{there.ToString(format, CultureInfo.InvariantCulture)} ({Offset(there)})";
    }

    private static string Offset(DateTimeOffset there) => there.Offset == TimeSpan.Zero ? "UTC" : $"UTC{there.ToString("zzz", CultureInfo.InvariantCulture)}";

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
