using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Accounts;

/// <summary>
/// Everything that counts by the day turns at the midnight of the account: at new year, around the leap day, and where the clocks change.
/// At none of these instants does the date turn in UTC, so whoever reads it there fails.
/// </summary>
public sealed class AccountMidnightTests
{
    public static TheoryData<string, string, string> Midnights => new()
    {
        { "America/New_York", "2026-12-31", "2027-01-01T05:00Z" },
        { "Pacific/Auckland", "2026-12-31", "2026-12-31T11:00Z" },
        { "Asia/Kolkata", "2026-12-31", "2026-12-31T18:30Z" },
        { "America/New_York", "2027-02-28", "2027-03-01T05:00Z" },
        { "America/New_York", "2028-02-28", "2028-02-29T05:00Z" },
        { "America/New_York", "2028-02-29", "2028-03-01T05:00Z" },
        { "Pacific/Auckland", "2028-02-29", "2028-02-29T11:00Z" },
        { "America/New_York", "2026-03-07", "2026-03-08T05:00Z" },
        { "America/New_York", "2026-03-08", "2026-03-09T04:00Z" },
        { "America/New_York", "2026-10-31", "2026-11-01T04:00Z" },
        { "America/New_York", "2026-11-01", "2026-11-02T05:00Z" },
        { "Pacific/Auckland", "2026-04-05", "2026-04-05T12:00Z" },
        { "Pacific/Auckland", "2026-09-27", "2026-09-27T11:00Z" },
        { "Europe/Zurich", "2026-03-29", "2026-03-29T22:00Z" },
        { "Europe/Zurich", "2026-10-25", "2026-10-25T23:00Z" },
        { "Asia/Beirut", "2026-03-28", "2026-03-28T22:00Z" },
    };

    [Theory]
    [MemberData(nameof(Midnights))]
    public void Today_turns_there(string zone, string date, string midnight)
    {
        var (there, day, end) = Read(zone, date, midnight);

        AccountDay.At(end.AddTicks(-1), there).ShouldBe(day);
        AccountDay.At(end, there).ShouldBe(day.Next);
        AccountDay.At(end.AddTicks(-1), TimeZoneInfo.Utc).ShouldBe(AccountDay.At(end, TimeZoneInfo.Utc), "in UTC the date stays");
    }

    [Theory]
    [MemberData(nameof(Midnights))]
    public void A_day_ends_where_the_next_begins(string zone, string date, string midnight)
    {
        var (there, day, end) = Read(zone, date, midnight);

        day.End(there).ShouldBe(end);
        day.Next.Start(there).ShouldBe(end);
        AccountDay.EndingAt(end, there).ShouldBe(day);
        AccountDay.EndingAt(end.AddTicks(-1), there).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Midnights))]
    public void A_higher_limit_for_the_day_holds_until_then(string zone, string date, string midnight)
    {
        var (_, day, end) = Read(zone, date, midnight);
        var campaign = A.Campaign() with { CapForToday = new DayCap(day, A.Usd(1_000)) };

        At(zone, campaign, end.AddMinutes(-1)).Cap.ShouldBe(A.Usd(1_000));
        At(zone, campaign, end).Cap.ShouldBe(A.Usd(750));
    }

    [Theory]
    [MemberData(nameof(Midnights))]
    public void What_was_spent_counts_for_its_own_day_only(string zone, string date, string midnight)
    {
        var (_, day, end) = Read(zone, date, midnight);
        var evening = At(zone, A.Campaign(), end.AddMinutes(-1));
        evening = evening with { Reading = evening.Reading! with { Today = evening.Reading.Today with { Day = day } } };

        evening.HighestSpendToday.ShouldBe(A.Usd(800));
        (evening with { Now = end }).HighestSpendToday.ShouldBeNull("nothing of the new day was read yet");
    }

    [Theory]
    [MemberData(nameof(Midnights))]
    public void A_budget_for_the_whole_time_is_spread_over_the_days_of_the_account(string zone, string date, string midnight)
    {
        var (there, _, end) = Read(zone, date, midnight);
        var evening = end.AddMinutes(-30);

        SpecOfDraft.Days(Schedule.Now with { End = end }, evening, there).ShouldBe(1);
        SpecOfDraft.Days(Schedule.Now with { End = end.AddMinutes(1) }, evening, there).ShouldBe(2);
        SpecOfDraft.Days(Schedule.Now with { Start = end, End = end.AddHours(20) }, evening, there).ShouldBe(1);
    }

    private static Observation At(string zone, Campaign campaign, DateTimeOffset now)
    {
        var seen = AnObservation.Of(campaign, 800, 10, at: now);
        return seen with { Account = seen.Account with { TimeZone = zone } };
    }

    private static (TimeZoneInfo Zone, AccountDay Day, DateTimeOffset Midnight) Read(string zone, string date, string midnight) => (
        TimeZoneInfo.FindSystemTimeZoneById(zone), new AccountDay(DateOnly.Parse(date, CultureInfo.InvariantCulture)),
        DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
