using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace ChatOpsCampaigns.Automation.Values;

/// <summary>An ISO 4217 currency, by its three-letter code.</summary>
[JsonConverter(typeof(IdentityConverter<Currency>))]
public readonly record struct Currency(string Code) : IIdentity<Currency>
{
    string IIdentity<Currency>.Value => Code;

    public static Currency From(string value) => new(value);

    /// <summary>Digits after the decimal point by ISO 4217; two unless listed.</summary>
    private static readonly FrozenDictionary<string, int> Exponents = new Dictionary<string, int>
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0,
        ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary();

    public static readonly Currency Usd = new("USD");

    public int Decimals => Exponents.GetValueOrDefault(Code, 2);

    /// <summary>The sign a person writes before an amount, or null where the code is written.</summary>
    public string? Sign => Code switch { "USD" => "$", "EUR" => "€", "GBP" => "£", "JPY" => "¥", _ => null };

    public Money Of(decimal amount) => new(amount, this);

    public Money Zero => new(0m, this);

    public override string ToString() => Code;
}
