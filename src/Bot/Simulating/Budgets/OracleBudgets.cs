using ChatOpsCampaigns.Automation.Agent.Curves;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>Knows every curve, every creative and how good tomorrow will be.</summary>
internal sealed class OracleBudgets(double total, IReadOnlyList<CampaignTruth> truths) : IBudgetPolicy
{
    private const int Rounds = 60;
    private const int Points = 96;

    /// <summary>What the next unit is worth on a usual day, along all spends that are allowed.</summary>
    private readonly MarginalCurve[] _worths = [.. truths.Select(Worth)];

    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        var day = days[0].Count;
        var (low, high) = (1e-6, 1e6);
        for (var round = 0; round < Rounds; round++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Spends(day, middle).Sum() > total ? (middle, high) : (low, middle);
        }

        double[] spends = [.. Spends(day, high)];
        return [.. truths.Select((truth, campaign) => new Setting(spends[campaign], BestAlone(truth)))];
    }

    private IEnumerable<double> Spends(int day, double threshold) => truths.Select((truth, campaign) =>
        _worths[campaign].LargestAbove(threshold / truth.Quality[day]) ?? truth.Budget * Portfolio.Least);

    private static MarginalCurve Worth(CampaignTruth truth)
    {
        var worth = truth.Value * truth.Creatives.Max();
        var spends = Enumerable.Range(0, Points + 1).Select(point => truth.Budget * Portfolio.Least * Math.Pow(Portfolio.Most / Portfolio.Least, (double)point / Points));
        return new MarginalCurve([.. spends.Select(spend => (spend, worth * truth.Curve.Slope(spend)))]);
    }

    private static double[] BestAlone(CampaignTruth truth)
    {
        var shares = new double[truth.Creatives.Length];
        shares[Array.IndexOf(truth.Creatives, truth.Creatives.Max())] = 1;
        return shares;
    }
}
