using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Language;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>Reads the amounts and durations of commands.</summary>
public static partial class Amounts
{
    /// <summary>The longest time that a command takes: 30 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>As in the wizard; "a day" may follow, as budgets and bids are said.</summary>
    public static bool TryRead(string text, Currency currency, out Money amount, out string problem)
    {
        var reading = MoneyReader.Read(ADay().Replace(text.Trim(), ""), currency);
        amount = reading.Amount ?? currency.Zero;
        problem = reading.Problem ?? "";
        return reading.Amount is not null;
    }

    /// <summary>The amount in words that are read as the same: as shown, unless that could mean two things ("8.455 KWD").</summary>
    public static string Written(Money amount) => amount.Currency.Decimals > 2 ? $"{MoneyReader.Plain(amount.Amount)} {amount.Currency}" : amount.ToString();

    /// <summary>"2h", "90 minutes", "1 day", "a week".</summary>
    public static bool TryRead(string text, out TimeSpan duration, out string problem)
    {
        duration = TimeSpan.Zero;
        problem = $"\"{text}\" is not a length of time; write 30m, 2h, 1 day or 1 week.";
        var match = Duration().Match(text.Trim());
        if (!match.Success)
            return false;

        var number = match.Groups["number"].Value is "a" or "an" or "" ? 1m : decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var hours = char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'm' => number / 60, 'h' => number, 'd' => number * 24, _ => number * 168 };
        if (hours > (decimal)Longest.TotalHours)
            problem = $"\"{text}\" is too long; nothing here takes more than {Longest.TotalDays:0} days.";

        if (hours <= 0 || hours > (decimal)Longest.TotalHours)
            return false;

        duration = TimeSpan.FromHours((double)hours);
        return true;
    }

    [GeneratedRegex(@"\s?(?:/\s?day|\b(?:a|per) day)$", RegexOptions.IgnoreCase)]
    private static partial Regex ADay();

    [GeneratedRegex(@"^(?<number>\d{1,4}(?:\.\d)?|an?)?\s?(?<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
