using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Language;

/// <summary>A moment, "now", or why the words are none and what would be right.</summary>
/// <param name="Moment">Null together with a null problem is "now".</param>
public readonly record struct MomentReading(DateTimeOffset? Moment, string? Problem)
{
    /// <summary>The problem is that it has passed.</summary>
    public bool IsPast { get; init; }
}

/// <summary>Reads when something starts or ends, in the ad account's own time zone. What could be two dates is asked about.</summary>
public static partial class MomentReader
{
    private const int DefaultHour = 9;

    public static MomentReading Read(string text, DateTimeOffset now, TimeZoneInfo zone) => Read(text, now, zone, (day, time) => At(day, time ?? new TimeOnly(DefaultHour, 0), zone));

    /// <summary>An end: a date without a time of day means the end of that day, and so do its midnight and 24:00.</summary>
    public static MomentReading ReadEnd(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var words = Midnight().Replace(text.Trim().TrimEnd('.'), "").Trim();
        return Read(
            words.Length == 0 || words.Equals("today", StringComparison.OrdinalIgnoreCase) ? AccountDay.At(now, zone).ToString() : words, now, zone,
            (day, time) => time is { } said ? At(day, said, zone) : new AccountDay(day).End(zone));
    }

    /// <summary>A moment that is past: a time of day, a weekday or a date alone is the last one of that name, and a day without a time its beginning.</summary>
    public static MomentReading ReadPast(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var words = Spelt().Replace(text.Trim().TrimEnd('.').ToLowerInvariant(), match => match.Value == "noon" ? "12:00" : "0:00");
        if (Ago().Match(words) is { Success: true } ago)
        {
            var count = Count(ago);
            return new MomentReading(now - ago.Groups["unit"].Value[0] switch { 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => TimeSpan.FromDays(count * 7) }, null);
        }

        if (Instant().Match(words) is { Success: true } written && DateTimeOffset.TryParse(words, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return Past(written.Groups["offset"].Success ? instant : At(DateOnly.FromDateTime(instant.DateTime), TimeOnly.FromDateTime(instant.DateTime), zone), now, zone, text);

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var time = TimeIn(ref words, out var timeProblem);
        if (timeProblem is not null)
            return new MomentReading(null, timeProblem);

        words = words.Trim().TrimEnd(',').Trim();
        var (day, _) = DayIn(words, text.Trim(), today, time is not null);
        if (day is not { } found)
            return new MomentReading(null, $"I could not read \"{text.Trim()}\" as a time that is past; say \"3pm\", \"yesterday 18:00\", \"2 hours ago\" or {today.AddDays(-1):yyyy-MM-dd}.");

        var moment = At(found, time ?? TimeOnly.MinValue, zone);
        var earlier = words.Length == 0 ? found.AddDays(-1) : Weekday().IsMatch(words) ? found.AddDays(-7) : Written().Match(words) is { Success: true } date && !date.Groups["y"].Success ? found.AddYears(-1) : found;
        return Past(moment > now ? At(earlier, time ?? TimeOnly.MinValue, zone) : moment, now, zone, text);
    }

    private static MomentReading Past(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo zone, string text) => moment <= now
        ? new MomentReading(moment.ToUniversalTime(), null)
        : new MomentReading(null, $"\"{text.Trim()}\" is still to come: it is {AccountTime.Planned(zone, now)} now. Say a time that is past.");

    private static MomentReading Read(string text, DateTimeOffset now, TimeZoneInfo zone, Func<DateOnly, TimeOnly?, DateTimeOffset> moment)
    {
        var words = Spelt().Replace(text.Trim().TrimEnd('.').ToLowerInvariant(), match => match.Value == "noon" ? "12:00" : "0:00");
        if (words is "now" or "immediately" or "right now" or "asap" or "at once" or "today")
            return default;

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (Instant().Match(words) is { Success: true } written)
            return OfInstant(words, written.Groups["offset"].Success, now, zone, text);

        if (Soon().Match(words) is { Success: true } soon)
        {
            var count = Count(soon);
            return InFuture(now + (soon.Groups["unit"].Value.StartsWith('h') ? TimeSpan.FromHours(count) : TimeSpan.FromMinutes(count)), now, zone, text);
        }

        var time = TimeIn(ref words, out var timeProblem);
        if (timeProblem is not null)
            return new MomentReading(null, timeProblem);

        var (day, problem) = DayIn(words.Trim().TrimEnd(',').Trim(), text.Trim(), today, time is not null);
        return day is { } found ? InFuture(moment(found, time), now, zone, text) : new MomentReading(null, problem);
    }

    private static MomentReading InFuture(DateTimeOffset moment, DateTimeOffset now, TimeZoneInfo zone, string text) => moment > now
        ? new MomentReading(moment.ToUniversalTime(), null)
        : new MomentReading(null, $"\"{text.Trim()}\" is past: it is {AccountTime.Planned(zone, now)} in the ad account. Say a later time, or \"now\".") { IsPast = true };

    /// <summary>An end as <see cref="ReadEnd"/> reads it back: the end of a day is its date.</summary>
    public static string TypedEnd(DateTimeOffset end, TimeZoneInfo zone) => AccountDay.EndingAt(end, zone) is { } day ? day.ToString() : AccountTime.Typed(zone, end);

    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        // An hour that the clocks skip begins when they have skipped it.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(30);

        // Of an hour that comes twice the first one counts: the larger offset.
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    /// <summary>"2026-03-05T10:00" is the account's ten o'clock; with an offset it says itself where.</summary>
    private static MomentReading OfInstant(string words, bool hasOffset, DateTimeOffset now, TimeZoneInfo zone, string text)
    {
        if (!DateTimeOffset.TryParse(words, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return new MomentReading(null, $"\"{text.Trim()}\" is not a date and a time; write it as 2026-12-31T09:00.");

        return InFuture(hasOffset ? instant : At(DateOnly.FromDateTime(instant.DateTime), TimeOnly.FromDateTime(instant.DateTime), zone), now, zone, text);
    }

    private static int Count(Match match) =>
        match.Groups["count"].Value is "a" or "an" or "one" ? 1 : int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);

    private static TimeOnly? TimeIn(ref string words, out string? problem)
    {
        problem = null;
        if (Clock().Match(words) is not { Success: true } clock)
            return null;

        words = words.Remove(clock.Index, clock.Length);
        var hour = int.Parse(clock.Groups["hour"].Value, CultureInfo.InvariantCulture);
        var minute = clock.Groups["minute"].Success ? int.Parse(clock.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        var half = clock.Groups["half"].Value;
        if ((half.Length > 0 && hour is < 1 or > 12) || hour > 23 || minute > 59)
        {
            problem = $"\"{clock.Value.Trim()}\" is not a time of day; write 9am, 21:30 or 9:00.";
            return null;
        }

        return new TimeOnly(half switch { "pm" => hour % 12 + 12, "am" => hour % 12, _ => hour }, minute);
    }

    private static (DateOnly? Day, string? Problem) DayIn(string words, string text, DateOnly today, bool hasTime)
    {
        switch (words)
        {
            case "" when hasTime:
            case "today":
                return (today, null);
            case "yesterday":
                return (today.AddDays(-1), null);
            case "tomorrow":
                return (today.AddDays(1), null);
        }

        if (Ahead().Match(words) is { Success: true } ahead)
        {
            var count = Count(ahead);
            return count == 0 ? (today.AddDays(-1), null) : (today.AddDays(ahead.Groups["unit"].Value.StartsWith('w') ? count * 7 : count), null);
        }

        if (Weekday().Match(words) is { Success: true } weekday)
            return (Next(today, weekday.Groups["day"].Value[..3]), null);

        if (Iso().Match(words) is { Success: true } iso)
            return Date(Number(iso, "y"), Number(iso, "m"), Number(iso, "d"), text);

        if (Slashed().Match(words) is { Success: true } slashed)
            return Slashes(slashed, today, text);

        if (Written().Match(words) is { Success: true } written)
            return WrittenDate(written, today, text);

        return (null, $"I could not read \"{text}\" as a time; say \"now\", \"tomorrow 9am\", \"in 2 weeks\", \"Friday 18:00\" or 2026-12-31.");
    }

    private static (DateOnly? Day, string? Problem) Slashes(Match slashed, DateOnly today, string text)
    {
        var first = int.Parse(slashed.Groups["a"].Value, CultureInfo.InvariantCulture);
        var second = int.Parse(slashed.Groups["b"].Value, CultureInfo.InvariantCulture);
        var year = slashed.Groups["y"];
        if (first is >= 1 and <= 12 && second is >= 1 and <= 12 && first != second)
        {
            return (null, $"\"{text}\" could be {Month(second)} {first} or {Month(first)} {second}; write it as {Year(year, first, second, today)}-{first:00}-{second:00} or {Year(year, second, first, today)}-{second:00}-{first:00}.");
        }

        return first > 12
            ? Date(Year(year, second, first, today), second, first, text)
            : Date(Year(year, first, second, today), first, second, text);
    }

    private static (DateOnly? Day, string? Problem) WrittenDate(Match written, DateOnly today, string text)
    {
        var month = Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames, name => name.Equals(written.Groups["month"].Value[..3], StringComparison.OrdinalIgnoreCase)) + 1;
        var said = written.Groups["before"].Success ? written.Groups["before"] : written.Groups["after"];
        return int.TryParse(said.Value, CultureInfo.InvariantCulture, out var day)
            ? Date(Year(written.Groups["y"], month, day, today), month, day, text)
            : (null, $"\"{text}\" is a month and no day; write it as {Year(written.Groups["y"], month, 31, today)}-{month:00}-01.");
    }

    /// <summary>A day without its year is the next one of that name.</summary>
    private static int Year(Group said, int month, int day, DateOnly today) =>
        said.Success ? int.Parse(said.Value, CultureInfo.InvariantCulture) : (month, day).CompareTo((today.Month, today.Day)) < 0 ? today.Year + 1 : today.Year;

    private static (DateOnly? Day, string? Problem) Date(int y, int m, int d, string text)
    {
        if (m is < 1 or > 12 || d is < 1 or > 31 || y is < 2000 or > 2100)
            return (null, $"\"{text}\" is not a date; write it as 2026-12-31.");

        var days = DateTime.DaysInMonth(y, m);
        if (d <= days)
            return (new DateOnly(y, m, d), null);

        var (last, after) = (new DateOnly(y, m, days), new DateOnly(y, m, days).AddDays(d - days));
        return (null, $"There is no {d} {Month(m)} in {y}; did you mean {last.Day} {Month(last.Month)} ({last:yyyy-MM-dd}) or {after.Day} {Month(after.Month)} ({after:yyyy-MM-dd})?");
    }

    private static int Number(Match match, string part) => int.Parse(match.Groups[part].Value, CultureInfo.InvariantCulture);

    private static DateOnly Next(DateOnly today, string day)
    {
        var wanted = Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames, name => name.Equals(day, StringComparison.OrdinalIgnoreCase));
        var ahead = ((wanted - (int)today.DayOfWeek) + 7) % 7;
        return today.AddDays(ahead == 0 ? 7 : ahead);
    }

    private static string Month(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}t\d{1,2}:?\d{2}[\d:.]*(?<offset>z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^in (?<count>\d{1,4}|an?|one) (?<unit>hours?|hrs?|h|minutes?|mins?)$")]
    private static partial Regex Soon();

    [GeneratedRegex(@"^(?:the )?(?:last )?(?<count>\d{1,4}|an?|one) ?(?<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)(?: ago)?$")]
    private static partial Regex Ago();

    /// <summary>The end of a day, said as a time of that day.</summary>
    [GeneratedRegex(@"(?:,?\s*|t)(?:\bat\s+)?(?:\bmidnight|(?<!\d)24:00)\b(?!\s*[ap]m)", RegexOptions.IgnoreCase)]
    private static partial Regex Midnight();

    [GeneratedRegex(@"\b(?:noon|midnight)\b")]
    private static partial Regex Spelt();

    [GeneratedRegex(@"(?:^|\s|at\s)(?:at\s)?(?<hour>\d{1,2})(?:(?::|\.)(?<minute>\d{2})\s?(?<half>am|pm)?|\s?(?<half>am|pm))(?=$|\s|,)|(?:^|\s)at\s(?<hour>\d{1,2})(?=$|\s|,)|(?<=today |tomorrow |day )(?<hour>\d{1,2})$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^in (?<count>\d{1,3}|an?|one) (?<unit>days?|weeks?)$")]
    private static partial Regex Ahead();

    [GeneratedRegex(@"^(?:next |on )?(?<day>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday)?$")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$")]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<a>\d{1,2})[/.](?<b>\d{1,2})(?:[/.](?<y>\d{4}))?$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^(?:(?<before>\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?)?(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: (?<after>\d{1,2})(?:st|nd|rd|th)?)?,?(?: (?<y>\d{4}))?$")]
    private static partial Regex Written();
}
