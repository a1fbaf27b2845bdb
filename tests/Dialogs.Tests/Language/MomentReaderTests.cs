using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Tests.Language;

public sealed class MomentReaderTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>Monday, 07:00 in New York.</summary>
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Proves(50)]
    [Theory]
    [InlineData("tomorrow 9am", "2026-03-03T14:00Z")]
    [InlineData("tomorrow at 9am", "2026-03-03T14:00Z")]
    [InlineData("tomorrow at 9", "2026-03-03T14:00Z")]
    [InlineData("tomorrow 9:30 pm", "2026-03-04T02:30Z")]
    [InlineData("tomorrow", "2026-03-03T14:00Z")]
    [InlineData("Tomorrow 8AM", "2026-03-03T13:00Z")]
    [InlineData("today at 9:00", "2026-03-02T14:00Z")]
    [InlineData("today at 9:00 AM", "2026-03-02T14:00Z")]
    [InlineData("9am", "2026-03-02T14:00Z")]
    [InlineData("at 21:30", "2026-03-03T02:30Z")]
    [InlineData("12am tomorrow", "2026-03-03T05:00Z")]
    [InlineData("tomorrow 12pm", "2026-03-03T17:00Z")]
    [InlineData("tomorrow noon", "2026-03-03T17:00Z")]
    [InlineData("tomorrow midnight", "2026-03-03T05:00Z")]
    [InlineData("in 2 weeks", "2026-03-16T13:00Z")]
    [InlineData("in 3 days", "2026-03-05T14:00Z")]
    [InlineData("in a week", "2026-03-09T13:00Z")]
    [InlineData("in 2 hours", "2026-03-02T14:00Z")]
    [InlineData("in 30 minutes", "2026-03-02T12:30Z")]
    [InlineData("friday", "2026-03-06T14:00Z")]
    [InlineData("next monday 10:00", "2026-03-09T14:00Z")]
    [InlineData("on Friday 18:00", "2026-03-06T23:00Z")]
    [InlineData("2026-12-31", "2026-12-31T14:00Z")]
    [InlineData("2026-12-31 18:00", "2026-12-31T23:00Z")]
    [InlineData("2026-03-05T10:00", "2026-03-05T15:00Z")]
    [InlineData("2026-03-05T10:00Z", "2026-03-05T10:00Z")]
    [InlineData("2026-03-05T10:00:00+01:00", "2026-03-05T09:00Z")]
    [InlineData("31 Dec", "2026-12-31T14:00Z")]
    [InlineData("Dec 31 2026", "2026-12-31T14:00Z")]
    [InlineData("1st of april 9am", "2026-04-01T13:00Z")]
    [InlineData("25/12/2026", "2026-12-25T14:00Z")]
    [InlineData("12/25/2026", "2026-12-25T14:00Z")]
    [InlineData("05/05/2026", "2026-05-05T13:00Z")]
    [InlineData("1 Feb", "2027-02-01T14:00Z")]
    [InlineData("15/02", "2027-02-15T14:00Z")]
    public void A_moment_is_read_in_the_account_s_zone(string text, string utc)
    {
        var reading = MomentReader.Read(text, Now, NewYork);

        reading.Problem.ShouldBeNull();
        reading.Moment.ShouldBe(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("Now")]
    [InlineData("right now")]
    [InlineData("immediately")]
    [InlineData("asap")]
    [InlineData("today")]
    public void Now_is_a_start(string text)
    {
        MomentReader.Read(text, Now, NewYork).ShouldBe(default);
    }

    [Proves(50)]
    [Theory]
    [InlineData("31/02", "There is no 31 February in 2027; did you mean 28 February (2027-02-28) or 3 March (2027-03-03)?")]
    [InlineData("2026-02-30", "There is no 30 February in 2026")]
    [InlineData("31 feb", "did you mean 28 February (2027-02-28) or 3 March (2027-03-03)?")]
    [InlineData("29/02/2027", "There is no 29 February in 2027; did you mean 28 February (2027-02-28) or 1 March (2027-03-01)?")]
    [InlineData("31/04", "There is no 31 April in 2026; did you mean 30 April (2026-04-30) or 1 May (2026-05-01)?")]
    [InlineData("02/01", "write it as 2027-02-01 or 2027-01-02")]
    [InlineData("00/05", "not a date")]
    [InlineData("march", "is a month and no day; write it as 2026-03-01")]
    [InlineData("03/04/2026", "could be April 3 or March 4")]
    [InlineData("yesterday", "is past")]
    [InlineData("today at 6am", "is past")]
    [InlineData("2026-01-01", "is past")]
    [InlineData("2020-01-01", "is past")]
    [InlineData("tomorrow 25:00", "not a time of day")]
    [InlineData("tomorrow 13pm", "not a time of day")]
    [InlineData("tomorrow 9:75", "not a time of day")]
    [InlineData("13/13/2026", "not a date")]
    [InlineData("99/99", "not a date")]
    [InlineData("soon", "could not read \"soon\" as a time")]
    [InlineData("when it rains", "could not read")]
    [InlineData("", "could not read")]
    [InlineData("in 0 days", "is past")]
    [InlineData("2026-13-01", "not a date")]
    [InlineData("9999-01-01", "not a date")]
    public void What_is_no_moment_ahead_is_explained(string text, string says)
    {
        var reading = MomentReader.Read(text, Now, NewYork);

        reading.Moment.ShouldBeNull();
        reading.Problem.ShouldNotBeNull().ShouldContain(says);
    }

    /// <summary>Between the last hour of a day and its end lies money: a date is the whole of its day, in the zone of the account and whatever its clocks do.</summary>
    [Theory]
    [InlineData("31 Dec", "America/New_York", "2027-01-01T05:00Z", "Thu 31 Dec 2026, 24:00 (UTC-05:00)")]
    [InlineData("2026-12-31", "Pacific/Auckland", "2026-12-31T11:00Z", "Thu 31 Dec 2026, 24:00 (UTC+13:00)")]
    [InlineData("31 Dec midnight", "America/New_York", "2027-01-01T05:00Z", "Thu 31 Dec 2026, 24:00 (UTC-05:00)")]
    [InlineData("31 Dec, 24:00", "America/New_York", "2027-01-01T05:00Z", "Thu 31 Dec 2026, 24:00 (UTC-05:00)")]
    [InlineData("2026-12-31T24:00", "America/New_York", "2027-01-01T05:00Z", "Thu 31 Dec 2026, 24:00 (UTC-05:00)")]
    [InlineData("31 Dec 18:00", "America/New_York", "2026-12-31T23:00Z", "Thu 31 Dec 2026, 18:00 (UTC-05:00)")]
    [InlineData("31 Dec 0:00", "America/New_York", "2026-12-31T05:00Z", "Wed 30 Dec 2026, 24:00 (UTC-05:00)")]
    [InlineData("2028-02-28", "America/New_York", "2028-02-29T05:00Z", "Mon 28 Feb 2028, 24:00 (UTC-05:00)")]
    [InlineData("29 Feb 2028", "America/New_York", "2028-03-01T05:00Z", "Tue 29 Feb 2028, 24:00 (UTC-05:00)")]
    [InlineData("2026-03-07", "America/New_York", "2026-03-08T05:00Z", "Sat 7 Mar 2026, 24:00 (UTC-05:00)")]
    [InlineData("2026-03-08", "America/New_York", "2026-03-09T04:00Z", "Sun 8 Mar 2026, 24:00 (UTC-04:00)")]
    [InlineData("2026-11-01", "America/New_York", "2026-11-02T05:00Z", "Sun 1 Nov 2026, 24:00 (UTC-05:00)")]
    [InlineData("2026-03-28", "Asia/Beirut", "2026-03-28T22:00Z", "Sat 28 Mar 2026, 24:00 (UTC+02:00)")]
    [InlineData("today", "America/New_York", "2026-03-03T05:00Z", "Mon 2 Mar 2026, 24:00 (UTC-05:00)")]
    [InlineData("midnight", "America/New_York", "2026-03-03T05:00Z", "Mon 2 Mar 2026, 24:00 (UTC-05:00)")]
    [InlineData("today", "Pacific/Auckland", "2026-03-03T11:00Z", "Tue 3 Mar 2026, 24:00 (UTC+13:00)")]
    [InlineData("friday", "America/New_York", "2026-03-07T05:00Z", "Fri 6 Mar 2026, 24:00 (UTC-05:00)")]
    [InlineData("in 3 days", "America/New_York", "2026-03-06T05:00Z", "Thu 5 Mar 2026, 24:00 (UTC-05:00)")]
    [InlineData("in 2 hours", "America/New_York", "2026-03-02T14:00Z", "Mon 2 Mar 2026, 09:00 (UTC-05:00)")]
    public void An_end_given_as_a_date_is_the_end_of_that_day_where_the_account_is_and_is_shown_and_typed_back_so(string text, string zone, string utc, string shown)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);

        var end = MomentReader.ReadEnd(text, Now, there).Moment.ShouldNotBeNull();

        end.ShouldBe(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        AccountTime.PlannedEnd(there, end).ShouldBe(shown);
        MomentReader.ReadEnd(MomentReader.TypedEnd(end, there), Now, there).Moment.ShouldBe(end);
    }

    [Fact]
    public void An_hour_that_the_clocks_skip_begins_after_it()
    {
        MomentReader.Read("2026-03-08 02:30", Now, NewYork).Moment.ShouldBe(new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_the_first_counts()
    {
        MomentReader.Read("2026-11-01 01:30", Now, NewYork).Moment.ShouldBe(new DateTimeOffset(2026, 11, 1, 5, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void The_other_side_of_the_world_has_its_own_tomorrow()
    {
        var auckland = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

        // It is Tuesday 01:00 there.
        MomentReader.Read("tomorrow 9am", Now, auckland).Moment.ShouldBe(new DateTimeOffset(2026, 3, 3, 20, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("3pm", "2026-03-01T20:00Z")]
    [InlineData("6am", "2026-03-02T11:00Z")]
    [InlineData("2 hours ago", "2026-03-02T10:00Z")]
    [InlineData("yesterday 18:00", "2026-03-01T23:00Z")]
    [InlineData("friday", "2026-02-27T05:00Z")]
    [InlineData("2026-03-01", "2026-03-01T05:00Z")]
    public void What_is_past_is_the_last_one_of_that_name_in_the_accounts_zone(string said, string moment) =>
        MomentReader.ReadPast(said, Now, NewYork).Moment.ShouldBe(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("tomorrow", "is still to come")]
    [InlineData("when the sale began", "could not read")]
    public void What_is_no_past_moment_is_told_what_would_be(string said, string problem) =>
        MomentReader.ReadPast(said, Now, NewYork).Problem.ShouldNotBeNull().ShouldContain(problem);
}
