using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Automation.Creatives.Testing;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>
/// The product's optimisers: budgets by what the next unit of money brings, divided over the account every second day;
/// creatives by their chance of being the best, stopped on evidence alone. It sees finished days, nothing else.
/// </summary>
internal sealed class AgentBudgets(double total, IReadOnlyList<double> starts) : IBudgetPolicy
{
    /// <summary>How much of yesterday's knowledge still counts a day later.</summary>
    private const double Kept = .98;

    private readonly double[][] _shares = new double[starts.Count][];
    private readonly ResponseCurve?[] _curves = new ResponseCurve?[starts.Count];
    private readonly LevelTrack[] _levels = [.. starts.Select(_ => LevelTrack.Unknown)];

    private readonly ResponseEvidence[] _evidence = [.. starts.Select(ResponseEvidence.None)];
    private readonly CreativeTest[] _creatives = [.. starts.Select(_ => CreativeTest.Of(Enumerable.Range(0, CampaignTruth.CreativeCount).Select(Name)))];

    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        for (var campaign = 0; campaign < now.Count; campaign++)
            Learn(campaign, now[campaign], days[campaign][^1]);

        var budgets = days[0].Count % Portfolio.EveryDays == 0 ? Divided(now, days) : [.. now.Select(setting => setting.Budget)];
        return [.. budgets.Select((budget, campaign) => new Setting(budget, _shares[campaign]))];
    }

    private void Learn(int campaign, Setting setting, CampaignDay yesterday)
    {
        var batch = yesterday.Creatives.Select((tally, creative) => (Name(creative), tally)).ToDictionary();
        _creatives[campaign] = _creatives[campaign].With(batch);
        _shares[campaign] = [.. _creatives[campaign].Shares()];
        var mix = Mix(campaign, setting.Shares);
        var level = _levels[campaign];
        if (_curves[campaign] is { } curve)
            _levels[campaign] = level.With(yesterday.Results, curve.Results(yesterday.Spend) * mix);

        _evidence[campaign] = _evidence[campaign].With(new SpendDay(yesterday.Spend, yesterday.Results, mix * level.Ahead), Kept);
    }

    private double[] Divided(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        var spend = days.Sum(all => all.Sum(day => day.Spend));
        var account = days.Sum(all => all.Sum(day => day.Revenue)) / spend;
        var sharers = now.Select((setting, campaign) =>
        {
            var curve = _curves[campaign] = _evidence[campaign].Curve();
            var value = Portfolio.ValueOfAResult(days[campaign].Sum(day => day.Revenue), days[campaign].Sum(day => day.Results), days[campaign].Sum(day => day.Spend), account);
            var worth = value * _levels[campaign].Ahead * Mix(campaign, _shares[campaign]);
            return new Sharer(setting.Budget, starts[campaign], at => worth * curve.Slope(at));
        }).ToList();
        return [.. Portfolio.Divide(sharers, total)];
    }

    /// <summary>How much better a division over the creatives is than equal parts.</summary>
    private double Mix(int campaign, double[] shares)
    {
        var creatives = _creatives[campaign].Creatives;
        var pooled = Tally.Of(creatives.Select(creative => creative.Seen)).Rate;
        if (pooled <= 0)
            return 1;

        var rates = creatives.Select(creative => CreativeShares.Believed(creative.Seen, pooled)).ToArray();
        return rates.Select((rate, creative) => rate * shares[creative]).Sum() / rates.Average();
    }

    private static string Name(int creative) => ((char)('a' + creative)).ToString();
}
