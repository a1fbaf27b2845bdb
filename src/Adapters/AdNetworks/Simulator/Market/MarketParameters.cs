using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

internal enum Pacing
{
    Even,

    /// <summary>2.6 times as fast until the day's money is gone.</summary>
    FrontLoaded,

    /// <summary>Between 6 and 22 h only.</summary>
    Daytime,
}

/// <summary>
/// The truth about one campaign in the simulated market, drawn once from its id and never shown. Money in the account's currency.
/// The spreads are ours; the cost per result is centred on the network's published range.
/// </summary>
/// <param name="TrueCpa">Cost of one conversion at the budget it was launched with.</param>
/// <param name="ConversionRate">Conversions per click.</param>
/// <param name="ClickRate">Clicks per impression.</param>
/// <param name="Worth">Mean value of one conversion, where there are values at all.</param>
/// <param name="Saturation">Where the response to budget bends, in launch budgets: a larger one bends later.</param>
/// <param name="PhaseMinutes">How much later than the market its own day runs, 0–105.</param>
/// <param name="HourPhase">Phase of its conversion rate over the day, radians.</param>
/// <param name="ConversionHold">How much later than spend conversions are reported, 0–60 minutes.</param>
/// <param name="BestDay">The most a generous day multiplies the budget by.</param>
internal sealed record MarketParameters(
    double TrueCpa, double ConversionRate, double ClickRate, double Worth, double Saturation, Pacing Pacing, int PhaseMinutes,
    double HourPhase, TimeSpan ConversionHold, double BestDay, ResultWord Result)
{
    /// <summary>The middle of the network's range in the account's currency.</summary>
    public required double MiddleCpa { get; init; }

    /// <summary>The share of a stretch's spend that the network usually takes back.</summary>
    public required double TakesBack { get; init; }

    /// <summary>Whether the network is told what a result is worth: shops send the value of a purchase; of anything else only the advertiser can say it.</summary>
    public required bool HasValues { get; init; }

    /// <summary>What one result costs against one conversion: a click or a thousand impressions are cheaper.</summary>
    public double ResultShare => Result switch
    {
        _ when Result == ResultWord.Click => ConversionRate,
        _ when Result == ResultWord.ThousandImpressions => ConversionRate * ClickRate * 1000,
        _ => 1,
    };

    /// <summary>Cost of one result at the budget it was launched with: what bids are held against.</summary>
    public double TrueCost => TrueCpa * ResultShare;

    /// <summary>80 % of a normal law lies within this many standard deviations.</summary>
    private const double CentralEighty = 1.2816;

    private const double MedianConversionRate = 0.04;
    private const double MedianClickRate = 0.012;

    /// <summary>What a result is worth against the middle of the cost range; our choice.</summary>
    private const double WorthOverMiddle = 2.5;

    /// <summary>What one US dollar is in a currency, roughly; a currency of which no rate is known counts as dollars.</summary>
    public static decimal PerDollar(Currency currency) => DollarRates.Of(currency) ?? 1;

    public static MarketParameters Draw(ulong seed, ulong campaign, NetworkProfile profile, CampaignOrder order)
    {
        var random = RandomStream.At(seed, campaign, Purpose.Parameters);
        var rate = (double)PerDollar(order.DailyBudget.Currency);
        var (low, high) = ((double)profile.TypicalCpa.Value.Low * rate, (double)profile.TypicalCpa.Value.High * rate);
        var middle = Math.Sqrt(low * high);
        var spread = Math.Log(high / low) / 2 / CentralEighty;

        var cpa = Math.Clamp(middle * Math.Exp(spread * random.Normal()), low / 2, high * 2);
        var conversionRate = Math.Clamp(MedianConversionRate * Math.Exp(0.5 * random.Normal()), 0.003, 0.3);
        var clickRate = Math.Clamp(MedianClickRate * Math.Exp(0.4 * random.Normal()), 0.002, 0.1);
        var result = ResultOf(profile, order);
        var saturation = 1.5 * Math.Exp(0.6 * random.Normal());
        var pacing = PacingOf(random.Uniform(), random.Uniform());

        return new MarketParameters(
            cpa, conversionRate, clickRate,
            (double?)order.Bidding.Worth?.Amount ?? WorthOverMiddle * (low + high) / 2,
            Math.Clamp(saturation, 0.4, 6), pacing, 15 * (int)random.Uniform(0, 8), random.Uniform(0, 2 * Math.PI),
            TimeSpan.FromMinutes(random.Uniform(0, 60)), Math.Min((double)profile.MaxDayFactor.Value, 1.4),
            result)
        {
            MiddleCpa = middle,
            TakesBack = (double)profile.TakesBack.Value,
            HasValues = result == ResultWord.Purchase || (result.IsConversion && order.Bidding.Worth is not null),
        };
    }

    private static Pacing PacingOf(double first, double second)
    {
        if (first < 0.15)
            return Pacing.FrontLoaded;

        return second < 0.2 ? Pacing.Daytime : Pacing.Even;
    }

    /// <summary>Orders written down by earlier versions do not say it; then the first meaning of the network's own name counts.</summary>
    private static ResultWord ResultOf(NetworkProfile profile, CampaignOrder order) =>
        order.Result ?? (profile.Objectives.FirstOrDefault(mapping => mapping.NativeName == order.NativeObjective) is { } known
            ? ResultWord.Of(known.Type, known.Objective)
            : ResultWord.Purchase);
}
