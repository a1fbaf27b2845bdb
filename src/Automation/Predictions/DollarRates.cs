using System.Collections.Frozen;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>
/// How much of a currency one US dollar is, roughly: only to carry the networks' usual costs over, never to book anything.
/// Ours, in round figures, set on 2026-11-24.
/// </summary>
public static class DollarRates
{
    private static readonly FrozenDictionary<string, decimal> Rates = new Dictionary<string, decimal>
    {
        ["USD"] = 1m, ["EUR"] = .9m, ["GBP"] = .8m, ["CHF"] = .9m, ["CAD"] = 1.4m, ["AUD"] = 1.5m, ["JPY"] = 150m, ["KRW"] = 1400m,
        ["TWD"] = 32m, ["KWD"] = .3m, ["BRL"] = 5.5m, ["INR"] = 85m, ["SEK"] = 10m, ["NOK"] = 11m, ["DKK"] = 7m, ["PLN"] = 4m,
    }.ToFrozenDictionary();

    /// <summary>Null where we know none.</summary>
    public static decimal? Of(Currency currency) => Rates.TryGetValue(currency.Code, out var rate) ? rate : null;
}
