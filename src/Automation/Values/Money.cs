using System.Globalization;

namespace ChatOpsCampaigns.Automation.Values;

/// <summary>An amount in one currency. Amounts of different currencies never mix: doing so is a bug and throws.</summary>
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    /// <summary>How many times <paramref name="other"/> fits into this amount: revenue over spend is ROAS.</summary>
    public decimal Over(Money other) => Amount / Same(other).Amount;

    /// <summary>This amount at the currency's own precision, halves away from zero.</summary>
    public Money Rounded() => this with { Amount = Math.Round(Amount, Currency.Decimals, MidpointRounding.AwayFromZero) };

    public static Money Min(Money left, Money right) => left <= right ? left : right;

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + left.Same(right).Amount };

    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - left.Same(right).Amount };

    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Amount.CompareTo(Same(other).Amount);

    /// <summary>"$500", "$1,247.30", "1,500 KRW": whole amounts without decimals, others with all the currency has.</summary>
    public override string ToString()
    {
        var rounded = Rounded();
        var digits = rounded.Amount == Math.Truncate(rounded.Amount) ? 0 : Currency.Decimals;
        var number = Math.Abs(rounded.Amount).ToString($"N{digits}", CultureInfo.InvariantCulture);
        var minus = rounded.Amount < 0 ? "-" : "";

        return Currency.Sign is { } sign ? $"{minus}{sign}{number}" : $"{minus}{number} {Currency.Code}";
    }

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");
}
