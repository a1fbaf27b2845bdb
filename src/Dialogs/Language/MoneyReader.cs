using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Language;

/// <summary>An amount, or why the words are none and what would be right.</summary>
public readonly record struct MoneyReading(Money? Amount, string? Problem);

/// <summary>
/// Reads amounts written in digits. What could mean two things in two countries ("1.000", "500,00") is asked about and never guessed.
/// </summary>
public static partial class MoneyReader
{
    /// <summary>Currencies that ad accounts count in; those whose code is a word of a sentence count only after the amount.</summary>
    private const string Codes = "usd|eur|gbp|jpy|chf|cad|aud|nzd|sek|nok|dkk|pln|czk|huf|bgn|isk|uah|ils|aed|sar|qar|kwd|bhd|omr|jod|iqd|egp|tnd|zar|ngn|kes|ugx|inr|pkr|bdt|lkr|thb|vnd|idr|myr|php|sgd|hkd|twd|cny|krw|brl|mxn|ars|clp|uyu|pyg";
    private const string After = $"{Codes}|try|cop|mad|pen|ron|dollars?|euros?|pounds?|bucks";

    private const string Scales = "(?:hundred|thousand|million|grand)";

    /// <summary>Anything that a person may have meant as an amount: also what is then refused in words.</summary>
    public const string Pattern = $@"(?:[-−]\s?)?(?:[$€£¥]|\b(?:{Codes})\s?)?\s?(?:[-−]\s?)?(?<![\w.])\d(?:[.,'’ ](?=\d)|\d)*(?:e\d+)?\s?(?:k\b|{Scales}\b)?(?:\s?(?:(?:{After})\b|[$€£¥](?!\d)))?";

    private const decimal Largest = 10_000_000m;

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$"] = "USD", ["€"] = "EUR", ["£"] = "GBP", ["¥"] = "JPY", ["dollar"] = "USD", ["dollars"] = "USD", ["bucks"] = "USD",
        ["euro"] = "EUR", ["euros"] = "EUR", ["pound"] = "GBP", ["pounds"] = "GBP",
    };

    public static MoneyReading Read(string text, Currency account)
    {
        var plain = Digits(text.Trim().Trim('"', '\'').Replace('−', '-'));
        if (Named(plain) is { } named && named != account.Code)
            return Wrong($"This ad account counts in {account}, and \"{text.Trim()}\" is in {named}; say the amount in {account}.");

        var number = Number().Match(plain).Value.Trim();
        if (!Whole().IsMatch(plain) || Exponent().IsMatch(plain) || Scaled().IsMatch(plain))
            return Wrong($"\"{text.Trim()}\" is not an amount that I can read; write it in digits, for example {account.Of(500)} or {account.Of(12.5m)}.");

        if (plain.Contains('-', StringComparison.Ordinal))
            return Wrong($"\"{text.Trim()}\" is below zero; an amount has to be above zero, for example {account.Of(500)}.");

        return Amount(text.Trim(), number, Thousands().IsMatch(plain), account);
    }

    private static MoneyReading Amount(string text, string number, bool thousands, Currency account)
    {
        if (TwoNumbers().IsMatch(number))
            return Wrong($"\"{text}\" could be one amount or two; write {number.Replace(' ', ',')}, or put a comma and a space between them.");

        if (Ambiguous(number) is { } meanings)
            return Wrong($"\"{text}\" could mean {account.Of(meanings.Low)} or {account.Of(meanings.High)}; write {Plain(account.Of(meanings.Low).Rounded().Amount)} or {Plain(meanings.High)}.");

        if (!Grouped().IsMatch(number) || !decimal.TryParse(Separators().Replace(number, ""), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return Wrong($"\"{text}\" is not an amount that I can read; write it as {account.Of(1000.5m)} or {Plain(1000.5m)}.");

        amount *= thousands ? 1000 : 1;
        if (amount <= 0)
            return Wrong($"\"{text}\" is not above zero; for example {account.Of(500)}.");

        if (amount > Largest)
            return Wrong($"{account.Of(amount)} is more than I take at once ({account.Of(Largest)}); check the zeros.");

        var exact = account.Of(amount);
        return exact.Rounded() == exact
            ? new MoneyReading(exact, null)
            : Wrong($"{account} has {account.Decimals} digits after the point; \"{text}\" has more.");
    }

    /// <summary>"1.000" and "500,00" and "1.000,50": each has another meaning on the other side of a border.</summary>
    private static (decimal Low, decimal High)? Ambiguous(string number)
    {
        if (PointThousand().Match(number) is { Success: true } point)
            return (decimal.Parse(point.Value, CultureInfo.InvariantCulture), decimal.Parse(point.Value.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

        if (CommaDecimal().Match(number) is { Success: true } comma)
        {
            var whole = comma.Groups["whole"].Value.Replace(".", "", StringComparison.Ordinal);
            return (decimal.Parse($"{whole}.{comma.Groups["cents"].Value}", CultureInfo.InvariantCulture), decimal.Parse(whole + comma.Groups["cents"].Value, CultureInfo.InvariantCulture));
        }

        return null;
    }

    private static string? Named(string text)
    {
        var word = CurrencyWord().Match(text) is { Success: true } found ? found.Value : null;
        return word is null ? null : Words.TryGetValue(word, out var code) ? code : word.ToUpperInvariant();
    }

    /// <summary>Digits of other scripts become the digits 0–9.</summary>
    private static string Digits(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var sign in text)
            plain.Append(char.IsDigit(sign) ? (char)('0' + (int)char.GetNumericValue(sign)) : sign);

        return plain.ToString();
    }

    /// <summary>Without marks that mean another thing elsewhere: three digits after the point are written as four.</summary>
    internal static string Plain(decimal amount)
    {
        var plain = amount.ToString("0.####", CultureInfo.InvariantCulture);
        return PointThousand().IsMatch(plain) ? $"{plain}0" : plain;
    }

    private static MoneyReading Wrong(string says) => new(null, says);

    [GeneratedRegex($"^(?:{Pattern})$", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\d[\d.,'’ ]*")]
    private static partial Regex Number();

    [GeneratedRegex($@"\b{Scales}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Scaled();

    [GeneratedRegex(@"\d\s?e\d", RegexOptions.IgnoreCase)]
    private static partial Regex Exponent();

    [GeneratedRegex(@"\dk?\s?k\b", RegexOptions.IgnoreCase)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^\d{1,3}\.\d{3}$")]
    private static partial Regex PointThousand();

    [GeneratedRegex(@"^(?<whole>\d{1,3}(?:\.\d{3}){1,4}|\d{1,12}),(?<cents>\d{1,2})$")]
    private static partial Regex CommaDecimal();

    [GeneratedRegex(@"^(\d+|\d{1,3}([,'’ ]\d{3})+)(\.\d+)?$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^\d{3} \d{3}$")]
    private static partial Regex TwoNumbers();

    [GeneratedRegex("[,'’ ]")]
    private static partial Regex Separators();

    [GeneratedRegex($@"[$€£¥]|\b({After})\b|(?<=\d)({After})\b", RegexOptions.IgnoreCase)]
    private static partial Regex CurrencyWord();
}
