using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Bot.Simulating.Scoring;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>What a policy decides for a campaign's next day.</summary>
/// <param name="Shares">How its money is divided over its creatives; sums to 1.</param>
internal sealed record Setting(double Budget, double[] Shares)
{
    public static Setting Equal(double budget) => new(budget, [.. Enumerable.Repeat(1.0 / CampaignTruth.CreativeCount, CampaignTruth.CreativeCount)]);
}

/// <summary>What is reported of a finished day.</summary>
/// <param name="Creatives">Money and results of each.</param>
internal sealed record CampaignDay(double Spend, double Results, double Revenue, Tally[] Creatives)
{
    private const double DeliverySpread = .06;

    /// <summary>Counts spread more than chance: variance m + 0.02 m².</summary>
    private const double MoreSpread = .02;
    private const double ValueSpread = 1;

    /// <summary>Every policy draws from the same numbers on the same day, whatever it spends.</summary>
    public static CampaignDay Play(ulong seed, CampaignTruth truth, Setting setting, int day)
    {
        var market = RandomStream.At(seed, truth.Number, Purpose.Impressions, day);
        var spend = setting.Budget * Math.Exp((DeliverySpread * market.Normal()) - (DeliverySpread * DeliverySpread / 2));
        var level = truth.Curve.At(spend) * truth.Quality[day] * Draws.Gamma(ref market, 1 / MoreSpread) * MoreSpread;
        var creatives = new Tally[truth.Creatives.Length];
        for (var creative = 0; creative < creatives.Length; creative++)
        {
            var random = RandomStream.At(seed, truth.Number, Purpose.Conversions, (day * creatives.Length) + creative);
            var share = setting.Shares[creative];
            creatives[creative] = new Tally(spend * share, random.Poisson(level * share * truth.Creatives[creative]));
        }

        var results = (int)creatives.Sum(creative => creative.Won);
        var values = RandomStream.At(seed, truth.Number, Purpose.Reporting, day);
        return new CampaignDay(spend, results, truth.Value * Draws.Values(ref values, results, ValueSpread), creatives);
    }
}
