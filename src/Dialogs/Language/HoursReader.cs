using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Dialogs.Language;

/// <summary>Hours of the day in order, or why the words are none and what would be right.</summary>
public readonly record struct HoursReading(ImmutableArray<int> Hours, string? Problem);

/// <summary>
/// Reads hours of the day: "6-22", "6am-10pm", "6-10, 18-22", "22-6" over midnight, "8". Both ends count as whole hours, so that 6-22 ends at 22:59.
/// </summary>
public static partial class HoursReader
{
    private const int HoursADay = 24;

    private const string First = @"\d{1,2}(?::00)?\s?(?:am|pm|h)?";

    /// <summary>What comes after a comma has to be an hour: ages or amounts may follow as well.</summary>
    private const string Further = @"(?:[01]?\d|2[0-3])(?!\d)(?::00)?\s?(?:am|pm|h)?";

    /// <summary>A list that a person may have meant as hours.</summary>
    public const string Pattern = $@"{First}(?:\s*(?:-|–|to)\s*{First})?(?:\s*(?:,|&|\band\b)+\s*{Further}(?:\s*(?:-|–|to)\s*{Further})?)*(?![\w/:.-])";

    public static HoursReading Read(string text)
    {
        var hours = new SortedSet<int>();
        foreach (Match range in Range().Matches(text))
        {
            if (HourOf(range.Groups["from"].Value, range.Groups["fromHalf"].Value) is not { } from
                || HourOf(range.Groups["to"].Value, range.Groups["toHalf"].Value) is not { } to)
                return new HoursReading([], $"\"{range.Value.Trim()}\": hours are from 0 to 23 of the ad account's day, for example \"hours 6-22\", \"hours 6-10, 18-22\", or \"hours 22-6\" over midnight.");

            var last = range.Groups["to"].Success ? to : from;
            for (var hour = from; ; hour = (hour + 1) % HoursADay)
            {
                hours.Add(hour);
                if (hour == last)
                    break;
            }
        }

        return new HoursReading([.. hours], null);
    }

    /// <summary>"06:00–10:59, 18:00–22:59"; over midnight as one stretch.</summary>
    public static string Shown(IReadOnlyCollection<int> hours)
    {
        var set = hours.ToHashSet();
        if (set.Count is 0 or HoursADay)
            return "all hours";

        var stretches = Enumerable.Range(0, HoursADay)
            .Where(hour => set.Contains(hour) && !set.Contains((hour + HoursADay - 1) % HoursADay))
            .Select(first => (First: first, Last: Enumerable.Range(first, HoursADay).First(hour => !set.Contains((hour + 1) % HoursADay)) % HoursADay));
        return string.Join(", ", stretches.Select(stretch => string.Create(CultureInfo.InvariantCulture, $"{stretch.First:00}:00–{stretch.Last:00}:59")));
    }

    private static int? HourOf(string digits, string half)
    {
        if (digits.Length == 0)
            return 0;

        var hour = int.Parse(digits, CultureInfo.InvariantCulture);
        return half.ToLowerInvariant() switch
        {
            "am" or "pm" when hour is < 1 or > 12 => null,
            "am" => hour % 12,
            "pm" => (hour % 12) + 12,
            _ => hour < HoursADay ? hour : null,
        };
    }

    [GeneratedRegex(@"(?<from>\d{1,2})(?::00)?\s?(?<fromHalf>am|pm)?h?(?:\s*(?:-|–|to)\s*(?<to>\d{1,2})(?::00)?\s?(?<toHalf>am|pm)?h?)?", RegexOptions.IgnoreCase)]
    private static partial Regex Range();
}
