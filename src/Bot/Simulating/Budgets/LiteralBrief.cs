using ChatOpsCampaigns.Automation.Creatives.Testing;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>
/// The product document's rules as they stand, read kindly: the return of the running day is looked at in the evening alone, when
/// most of it is there. Below eight tenths of its minimum a campaign is paused and stays so; a return of 1.3 times the target is
/// given a fifth more; of creatives the one with the fewest results goes when p is below .05 and the other has half as many again.
/// </summary>
internal sealed class LiteralBrief(IReadOnlyList<double> starts, IReadOnlyList<CampaignTruth> truths) : IBudgetPolicy
{
    private const double MinimumReturn = .75 * CampaignTruth.MiddleReturn;
    private const double PauseBelow = .8;
    private const double ScaleAbove = 1.3;
    private const double Step = .2;
    private const double CapOverStart = 1.5;
    private const double TimesAsMany = 1.5;
    private const double Significant = .05;
    private const double Clicks = 25;
    private const int Hours = 24;

    /// <summary>What of a day's results is reported by its evening: all but those that take longer (the delay, and nothing else, is read from the market).</summary>
    private readonly double[] _known = [.. truths.Select(truth => Enumerable.Range(0, Hours).Average(hour => Known(truth.Installs, hour + .5)))];

    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        var wanted = now.Select((setting, index) => Budget(setting.Budget, index, days[index][^1])).ToArray();
        var scale = Math.Min(1, starts.Sum() / Math.Max(1, wanted.Sum()));
        return [.. now.Select((setting, index) => new Setting(wanted[index] * scale, Creatives(setting.Shares, days[index])))];
    }

    private double Budget(double budget, int index, CampaignDay today)
    {
        var reported = today.Revenue * _known[index];
        if (reported < today.Spend * MinimumReturn * PauseBelow)
            return 0;

        return reported > today.Spend * CampaignTruth.MiddleReturn * ScaleAbove ? Math.Min(budget * (1 + Step), Math.Max(budget, starts[index] * CapOverStart)) : budget;
    }

    private static double[] Creatives(double[] shares, List<CampaignDay> days)
    {
        var all = shares.Select((_, creative) => Tally.Of(days.Select(day => day.Creatives[creative]))).ToArray();
        var alive = Enumerable.Range(0, shares.Length).Where(creative => shares[creative] > 0).ToList();
        if (alive.Count < 2)
            return shares;

        var (worst, best) = (alive.MinBy(creative => all[creative].Won), alive.MaxBy(creative => all[creative].Won));
        // Exposure is money here; a click costs a twenty-fifth of a result.
        var scale = Clicks * Tally.Of(all).Rate;
        var test = ChiSquare.Of(all[best] with { Tried = all[best].Tried * scale }, all[worst] with { Tried = all[worst].Tried * scale });
        return test.P < Significant && all[best].Won >= TimesAsMany * all[worst].Won
            ? [.. shares.Select((share, creative) => share > 0 && creative != worst ? 1.0 / (alive.Count - 1) : 0)]
            : shares;
    }

    /// <summary>Share of results that are known some hours after their click.</summary>
    private static double Known(bool installs, double hours) => installs
        ? 1 - (.7 * Math.Exp(-hours * 6)) - (.3 * Math.Exp(-hours / 6))
        : 1 - (.35 * Math.Exp(-hours * 3)) - (.3 * Math.Exp(-hours / 8)) - (.35 * Math.Exp(-hours / 72));
}
