using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Verbs.Arguments;

/// <summary>Reads the amounts and durations of commands. An amount that can be read in two ways is refused, never guessed.</summary>
public static partial class Amounts
{
    private static readonly Dictionary<char, string> Signs = new() { ['$'] = "USD", ['€'] = "EUR", ['£'] = "GBP", ['¥'] = "JPY" };

    /// <summary>The longest time that a command takes: 30 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static bool TryRead(string text, Currency currency, out Money amount, out string problem)
    {
        amount = currency.Zero;
        problem = $"\"{text}\" is not an amount; write {currency.Of(600)}, {currency.Of(1250)} or {currency.Of(8.5m)}.";
        var match = Amount().Match(text.Trim());
        if (!match.Success || !decimal.TryParse(match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        var named = match.Groups["sign"].Success ? Signs[match.Groups["sign"].Value[0]] : match.Groups["code"].Value.ToUpperInvariant();
        if (named.Length > 0 && named != currency.Code)
        {
            problem = $"This campaign's account is in {currency}; \"{text}\" is in {named}.";
            return false;
        }

        amount = currency.Of(match.Groups["thousand"].Success ? number * 1000 : number).Rounded();
        if (amount.Amount > 0)
            return true;

        problem = $"{amount} is not above zero; to spend nothing, pause the campaign.";
        return false;
    }

    /// <summary>"2h", "90 minutes", "1 day", "a week".</summary>
    public static bool TryRead(string text, out TimeSpan duration, out string problem)
    {
        duration = TimeSpan.Zero;
        problem = $"\"{text}\" is not a length of time; write 30m, 2h, 1 day or 1 week, at most {Longest.TotalDays:0} days.";
        var match = Duration().Match(text.Trim());
        if (!match.Success)
            return false;

        var number = match.Groups["number"].Value is "a" or "an" or "" ? 1m : decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var hours = char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'm' => number / 60, 'h' => number, 'd' => number * 24, _ => number * 168 };
        if (hours <= 0 || hours > (decimal)Longest.TotalHours)
            return false;

        duration = TimeSpan.FromHours((double)hours);
        return true;
    }

    [GeneratedRegex(@"^(?<sign>[$€£¥])?\s?(?<number>\d{1,9}(?:\.\d{1,3})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?)\s?(?<thousand>k)?\s?(?<code>[a-z]{3})?(?:/day| a day)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(?<number>\d{1,4}(?:\.\d)?|an?)?\s?(?<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
