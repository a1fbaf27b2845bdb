using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Values;

/// <summary>One calendar day of an ad account, in the account's own time zone. "Today" is never anything else.</summary>
public readonly record struct AccountDay(DateOnly Date) : IComparable<AccountDay>
{
    public static AccountDay At(DateTimeOffset instant, TimeZoneInfo zone) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime));

    /// <summary>The instant at which this day begins in <paramref name="zone"/>; a midnight that the clocks skip begins at the first minute after it.</summary>
    public DateTimeOffset Start(TimeZoneInfo zone)
    {
        var midnight = Date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);

        // Of an hour that comes twice the first one begins the day: the larger offset.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    public DateTimeOffset End(TimeZoneInfo zone) => Next.Start(zone);

    /// <summary>The day whose end is exactly <paramref name="instant"/>, 24:00 to people; null within a day.</summary>
    public static AccountDay? EndingAt(DateTimeOffset instant, TimeZoneInfo zone) => At(instant, zone) is var day && day.Start(zone) == instant ? day.Previous : null;

    [JsonIgnore]
    public AccountDay Next => new(Date.AddDays(1));

    [JsonIgnore]
    public AccountDay Previous => new(Date.AddDays(-1));

    public static bool operator <(AccountDay left, AccountDay right) => left.Date < right.Date;

    public static bool operator >(AccountDay left, AccountDay right) => left.Date > right.Date;

    public static bool operator <=(AccountDay left, AccountDay right) => left.Date <= right.Date;

    public static bool operator >=(AccountDay left, AccountDay right) => left.Date >= right.Date;

    public int CompareTo(AccountDay other) => Date.CompareTo(other.Date);

    public override string ToString() => Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
