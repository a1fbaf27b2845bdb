using ChatOpsCampaigns.Automation.Values;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Predictions;

/// <summary>What one result brings in, as a middle and a standard deviation of its logarithm.</summary>
public sealed record WorthBelief(decimal Middle, double Deviation);

/// <summary>
/// Spend → results → revenue → ROAS → ROI, one chain: in the middle column results × cost = spend, results × worth = revenue,
/// revenue ÷ spend = ROAS and ROAS − 1 = ROI. Low and high are each figure's own 10 % and 90 % points and do not chain.
/// </summary>
public sealed record ForecastChain(Estimate Spend, Estimate Results, Estimate Cost, Estimate? Revenue, Estimate? Roas, Estimate? Roi)
{
    /// <summary>Share of a budget that is really spent; our prior until delivery is learned.</summary>
    private const double Delivery = .9;
    private const double DeliveryDeviation = .08;

    /// <summary>Middle figures keep about this many significant digits, so that a card shows what is multiplied.</summary>
    private const int SignificantDigits = 4;

    /// <param name="budget">What may be spent over the whole time, more than zero.</param>
    /// <param name="ceiling">What the bidding lets a result cost at most.</param>
    public static ForecastChain From(decimal budget, Currency currency, CostBelief cost, WorthBelief? worth, CostCeiling? ceiling = null)
    {
        var held = ceiling ?? CostCeiling.None;
        var middleCost = Math.Max(Smallest(currency), currency.Of((decimal)held.CostAt(cost.Middle)).Rounded().Amount);
        var shares = DeliveryShares();
        var results = Shortened(budget * (decimal)(shares.Middle * held.ShareAt(cost.Middle)) / middleCost);
        var spend = currency.Of(results * middleCost).Rounded().Amount;

        var deliverySpread = DeliveryDeviation / Delivery;
        var counted = 1 / Math.Max(.5, (double)results);
        var fewer = Math.Log(held.ResultsAt(cost.Middle) / held.ResultsAt(cost.High));
        var more = Math.Log(held.ResultsAt(cost.Low) / held.ResultsAt(cost.Middle));

        var chain = new ForecastChain(
            Around(budget * (decimal)(shares.Low * held.ShareAt(cost.High)), spend, budget * (decimal)(shares.High * held.ShareAt(cost.Low))),
            Spread(results, fewer, more, (deliverySpread * deliverySpread) + counted),
            Around((decimal)held.CostAt(cost.Low), middleCost, (decimal)held.CostAt(cost.High)),
            null, null, null);
        if (worth is null || spend == 0)
            return chain;

        var valued = worth.Deviation * worth.Deviation;
        var revenue = currency.Of(results * worth.Middle).Rounded().Amount;
        var roas = Spread(
            revenue / spend, Math.Log(held.CostAt(cost.High) / held.CostAt(cost.Middle)), Math.Log(held.CostAt(cost.Middle) / held.CostAt(cost.Low)), valued + counted);
        return chain with
        {
            Revenue = Spread(revenue, fewer, more, valued + (deliverySpread * deliverySpread) + counted),
            Roas = roas,
            Roi = new Estimate(roas.Low - 1, roas.Middle - 1, roas.High - 1),
        };
    }

    private static (double Low, double Middle, double High) DeliveryShares()
    {
        var weight = (Delivery * (1 - Delivery) / (DeliveryDeviation * DeliveryDeviation)) - 1;
        var (a, b) = (Delivery * weight, (1 - Delivery) * weight);
        return (Beta.InvCDF(a, b, .1), Beta.InvCDF(a, b, .5), Beta.InvCDF(a, b, .9));
    }

    /// <summary>The ends lie as far as the cost's own 10 % and 90 % points bring them, and what else is unsure, on the log scale.</summary>
    private static Estimate Spread(decimal middle, double down, double up, double variance)
    {
        return new Estimate(middle / Factor(down), middle, middle * Factor(up));

        decimal Factor(double cost) => (decimal)Math.Exp(Math.Min(
            Math.Sqrt((cost * cost) + (variance * CostBelief.TenPercentPoint * CostBelief.TenPercentPoint)), 4 * CostBelief.TenPercentPoint));
    }

    /// <summary>The middle was rounded down to chain; the ends never lie on its wrong side.</summary>
    private static Estimate Around(decimal low, decimal middle, decimal high) => new(Math.Min(low, middle), middle, Math.Max(high, middle));

    private static decimal Smallest(Currency currency)
    {
        var smallest = 1m;
        for (var digit = 0; digit < currency.Decimals; digit++)
            smallest /= 10;

        return smallest;
    }

    /// <summary>Cut, not rounded, so that results × cost never passes the budget.</summary>
    private static decimal Shortened(decimal value)
    {
        if (value <= 0)
            return 0;

        var before = (int)Math.Floor(Math.Log10((double)value)) + 1;
        var digits = Math.Clamp(SignificantDigits - before, 0, 12);
        var scale = (decimal)Math.Pow(10, digits);
        return Math.Floor(value * scale) / scale;
    }
}
