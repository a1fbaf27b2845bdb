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
    public static ForecastChain From(decimal budget, Currency currency, CostBelief cost, WorthBelief? worth)
    {
        var middleCost = Math.Max(Smallest(currency), currency.Of((decimal)cost.Middle).Rounded().Amount);
        var shares = DeliveryShares();
        var results = Shortened(budget * (decimal)shares.Middle / middleCost);
        var spend = currency.Of(results * middleCost).Rounded().Amount;

        var count = Math.Max(.5, (double)results);
        var deliverySpread = DeliveryDeviation / Delivery;
        var spread = Math.Sqrt((cost.Deviation * cost.Deviation) + (deliverySpread * deliverySpread) + (1 / count));

        var chain = new ForecastChain(
            Around(budget * (decimal)shares.Low, spend, budget * (decimal)shares.High),
            Spread(results, spread),
            Around((decimal)cost.Low, middleCost, (decimal)cost.High),
            null, null, null);

        return worth is null || spend == 0 ? chain : chain.Valued(worth, currency, spread, cost.Deviation, count);
    }

    private ForecastChain Valued(WorthBelief worth, Currency currency, double resultSpread, double costSpread, double count)
    {
        var revenue = currency.Of(Results.Middle * worth.Middle).Rounded().Amount;
        var roas = revenue / Spend.Middle;
        var worthVariance = worth.Deviation * worth.Deviation;
        var roasRange = Spread(roas, Math.Sqrt(worthVariance + (costSpread * costSpread) + (1 / count)));

        return this with
        {
            Revenue = Spread(revenue, Math.Sqrt(worthVariance + (resultSpread * resultSpread))),
            Roas = roasRange,
            Roi = new Estimate(roasRange.Low - 1, roas - 1, roasRange.High - 1),
        };
    }

    private static (double Low, double Middle, double High) DeliveryShares()
    {
        var weight = (Delivery * (1 - Delivery) / (DeliveryDeviation * DeliveryDeviation)) - 1;
        var (a, b) = (Delivery * weight, (1 - Delivery) * weight);
        return (Beta.InvCDF(a, b, .1), Beta.InvCDF(a, b, .5), Beta.InvCDF(a, b, .9));
    }

    private static Estimate Spread(decimal middle, double deviation)
    {
        var factor = (decimal)Math.Exp(CostBelief.TenPercentPoint * Math.Min(deviation, 4));
        return new Estimate(middle / factor, middle, middle * factor);
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
