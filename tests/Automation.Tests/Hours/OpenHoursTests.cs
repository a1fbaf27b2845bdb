using System.Globalization;
using ChatOpsCampaigns.Automation.Hours;

namespace ChatOpsCampaigns.Automation.Tests.Hours;

public sealed class OpenHoursTests
{
    private static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    [Proves(52)]
    [Theory]
    [InlineData("2026-03-02T04:59Z", false)]
    [InlineData("2026-03-02T05:00Z", true)]
    [InlineData("2026-03-02T21:59Z", true)]
    [InlineData("2026-03-02T22:00Z", false)]
    [InlineData("2026-07-02T03:59Z", false)]
    [InlineData("2026-07-02T04:00Z", true)]
    public void Hours_are_those_of_the_accounts_wall_clock(string at, bool open) => Of(Enumerable.Range(6, 17)).IsOpenAt(Instant(at)).ShouldBe(open);

    [Fact]
    public void An_hour_that_the_clocks_skip_does_not_come()
    {
        // 29 March 2026, 23 hours: 01:59 is followed by 03:00.
        var two = Of([2]);

        two.OpenBetween(Instant("2026-03-28T23:00Z"), Instant("2026-03-29T22:00Z")).ShouldBe(TimeSpan.Zero);
        two.OpensAt(Instant("2026-03-28T02:00Z")).ShouldBe(Instant("2026-03-30T00:00Z"));
        Of([1, 2, 3]).OpenBetween(Instant("2026-03-28T23:00Z"), Instant("2026-03-29T22:00Z")).ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public void An_hour_that_comes_twice_is_open_twice()
    {
        // 25 October 2026, 25 hours: 02:00 to 02:59 comes in summer time and again in winter time.
        Of([2]).OpenBetween(Instant("2026-10-24T22:00Z"), Instant("2026-10-25T23:00Z")).ShouldBe(TimeSpan.FromHours(2));
        Of([3]).OpensAt(Instant("2026-10-25T00:30Z")).ShouldBe(Instant("2026-10-25T02:00Z"));
        Of([.. Enumerable.Range(0, 24)]).OpenBetween(Instant("2026-10-24T22:00Z"), Instant("2026-10-25T23:00Z")).ShouldBe(TimeSpan.FromHours(25));
    }

    [Fact]
    public void Hours_over_midnight_are_one_stretch()
    {
        var night = Of([22, 23, 0, 1, 2, 3, 4, 5, 6]);

        night.OpensAt(Instant("2026-03-02T06:00Z")).ShouldBe(Instant("2026-03-02T21:00Z"));
        night.IsOpenAt(Instant("2026-03-02T23:30Z")).ShouldBeTrue();
        night.RestWords(Instant("2026-03-02T06:10Z")).ShouldBe("outside its hours until 2026-03-02 22:00 (UTC+01:00)");
    }

    [Fact]
    public void Zones_with_half_hours_open_on_their_own_hour() =>
        new OpenHours([6], TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata")).OpensAt(Instant("2026-03-02T00:00Z")).ShouldBe(Instant("2026-03-02T00:30Z"));

    [Fact]
    public void No_hours_are_always()
    {
        Of([]).IsOpenAt(Instant("2026-03-02T03:00Z")).ShouldBeTrue();
        Of([]).OpenBetween(Instant("2026-03-02T03:00Z"), Instant("2026-03-02T04:00Z")).ShouldBe(TimeSpan.FromHours(1));
    }

    private static OpenHours Of(IEnumerable<int> hours) => new([.. hours], Zurich);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
