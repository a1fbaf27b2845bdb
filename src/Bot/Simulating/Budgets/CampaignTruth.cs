using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Bot.Simulating.Scoring;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>What a campaign really does with its budget; no policy but the oracle sees it.</summary>
/// <param name="Budget">What it is given a day at the beginning.</param>
/// <param name="Curve">Results a day against spend, with its creatives in equal parts on a usual day.</param>
/// <param name="Value">What a result is worth in the mean.</param>
/// <param name="Creatives">How good each is; 1 in the mean.</param>
/// <param name="Installs">Results come within hours; else many take days.</param>
/// <param name="Quality">How good each day is; 1 in the mean.</param>
internal sealed record CampaignTruth(ulong Number, double Budget, Hill Curve, double Value, double[] Creatives, bool Installs, double[] Quality)
{
    public const int CreativeCount = 3;

    /// <summary>Return on spend of all campaigns in the middle.</summary>
    public const double MiddleReturn = 2;

    private const double CreativeSpread = .25;
    private const double QualityStays = .9;
    private const double QualitySpread = .15;
    private const double Drift = .02;

    /// <param name="spread">How much the returns of an account's campaigns differ (standard deviation of the log).</param>
    public static CampaignTruth Draw(ulong seed, ulong number, int days, double spread)
    {
        var random = RandomStream.At(seed, number, Purpose.Parameters);
        var budget = Math.Clamp(Draws.LogNormal(ref random, 500, .7), 50, 10_000);
        var cost = Math.Clamp(Draws.LogNormal(ref random, 12, .55), 2, 80);
        var installs = random.Uniform() < .5;
        var n = random.Uniform(.8, 1.3);
        var k = budget * Draws.LogNormal(ref random, 1.5, .6);
        var value = cost * MiddleReturn * Math.Exp(spread * random.Normal());
        var creatives = new double[CreativeCount];
        for (var creative = 0; creative < creatives.Length; creative++)
            creatives[creative] = Math.Exp(CreativeSpread * random.Normal());

        var mean = creatives.Average();
        var unit = new Hill(1, k, n);
        return new CampaignTruth(
            number, budget, unit with { V = budget / cost / unit.At(budget) }, value, [.. creatives.Select(creative => creative / mean)], installs,
            Qualities(seed, number, days));
    }

    public double ResultsOf(double spend, IReadOnlyList<double> shares, int day)
    {
        var mix = 0.0;
        for (var creative = 0; creative < Creatives.Length; creative++)
            mix += shares[creative] * Creatives[creative];

        return Curve.At(spend) * mix * Quality[day];
    }

    private static double[] Qualities(ulong seed, ulong number, int days)
    {
        var random = RandomStream.At(seed, number, Purpose.Market);
        var level = QualitySpread * random.Normal();
        var drift = 0.0;
        var qualities = new double[days];
        for (var day = 0; day < days; day++)
        {
            qualities[day] = Math.Exp(level + drift - (QualitySpread * QualitySpread / 2));
            level = (QualityStays * level) + (QualitySpread * Math.Sqrt(1 - (QualityStays * QualityStays)) * random.Normal());
            drift += Drift * random.Normal();
        }

        return qualities;
    }
}
