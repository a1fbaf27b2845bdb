using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Predictions;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>The forecast that a demonstration campaign was launched with, so that what came can be held against it.</summary>
internal static class DemoForecast
{
    private const int Days = 30;
    private const decimal LowShare = 0.72m;
    private const decimal HighShare = 1.35m;

    /// <summary>Forecasts miss: they expected the network's middle, not this campaign's truth.</summary>
    public static PreLaunchPredictions Of(DemoDraft draft)
    {
        var currency = draft.Account.Currency;
        var spend = (draft.Order.DailyBudget * Days).Rounded().Amount;
        var cpa = currency.Of((decimal)(draft.Market.MiddleCpa * draft.Market.ResultShare)).Rounded().Amount;
        var results = Math.Round(spend / cpa, 1);
        var earns = draft.Market.HasValues && draft.Profile.Capabilities.ReportsRevenue;
        var revenue = currency.Of(results * (decimal)draft.Market.Worth).Rounded().Amount;
        var roas = Math.Round(revenue / spend, 2);

        return new PreLaunchPredictions(
            currency, Days, draft.Market.Result, Around(spend, 0.95m, 1.02m), Around(results, LowShare, HighShare), Around(cpa, 1 / HighShare, 1 / LowShare),
            earns ? Around(revenue, LowShare, HighShare) : null, earns ? Around(roas, LowShare, HighShare) : null,
            earns ? new Estimate(Math.Round((roas * LowShare) - 1, 2), roas - 1, Math.Round((roas * HighShare) - 1, 2)) : null,
            Confidence.Low, $"the usual range of {draft.Profile.ShortTitle} (demonstration)", 0, CurveOf(draft, cpa), [], [], draft.LaunchedAt.AddMinutes(-6));
    }

    private static SaturationCurve CurveOf(DemoDraft draft, decimal cpa)
    {
        var daily = draft.Order.DailyBudget.Amount;
        var points = ImmutableArray.CreateBuilder<CurvePoint>();
        foreach (var times in new[] { 0.25m, 0.5m, 1m, 1.5m, 2m, 3m })
        {
            // Results = V s / (K + s), through the present budget at its forecast cost, with K at one and a half budgets.
            var results = Math.Round(2.5m * daily / cpa * times / (1.5m + times), 1);
            points.Add(new CurvePoint(Math.Round(daily * times, 2), Math.Round(results * LowShare, 1), results, Math.Round(results * HighShare, 1)));
        }

        return new SaturationCurve(points.ToImmutable(), 0.4m, null, Assumed: true);
    }

    private static Estimate Around(decimal middle, decimal low, decimal high) => new(Math.Round(middle * low, 2), middle, Math.Round(middle * high, 2));
}
