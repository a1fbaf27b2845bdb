using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class AccountDayTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly TimeZoneInfo Zurich = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");

    [Theory]
    [InlineData("2026-03-08", 23)]
    [InlineData("2026-11-01", 25)]
    [InlineData("2026-06-15", 24)]
    public void A_day_is_as_long_as_the_clocks_make_it(string date, int hours)
    {
        var day = new AccountDay(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));

        (day.End(NewYork) - day.Start(NewYork)).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Fact]
    public void Today_is_the_accounts_own()
    {
        var instant = new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.Zero);

        AccountDay.At(instant, Zurich).ToString().ShouldBe("2026-03-03");
        AccountDay.At(instant, NewYork).ToString().ShouldBe("2026-03-02");
    }
}
