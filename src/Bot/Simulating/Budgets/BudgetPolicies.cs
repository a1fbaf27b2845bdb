using ChatOpsCampaigns.Automation.Creatives.Testing;

namespace ChatOpsCampaigns.Bot.Simulating.Budgets;

/// <summary>Decides an account's next day from its finished days.</summary>
internal interface IBudgetPolicy
{
    /// <param name="now">What holds now, one for each campaign.</param>
    /// <param name="days">Finished days of each campaign, oldest first.</param>
    Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days);
}

/// <summary>Nobody touches the account.</summary>
internal sealed class UntouchedBudgets : IBudgetPolicy
{
    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days) => [.. now];
}

/// <summary>
/// Somebody competent once a week: a fifth more for what returned more than the account over the week, a fifth less for what
/// returned less, the total kept; and a creative that has had its chance and brings clearly less than its campaign is dropped.
/// </summary>
/// <param name="sharp">Holds creatives against the best of them, which few people do: all but the best go within weeks.</param>
internal sealed class WeeklyHuman(double total, bool sharp) : IBudgetPolicy
{
    private const int Week = 7;
    private const double Step = .2;
    private const double Apart = .1;
    private const double FewestResults = 15;
    private const double ClearlyWorse = .8;

    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        if (days[0].Count % Week != 0)
            return [.. now];

        var weeks = days.Select(all => all.TakeLast(Week).ToList()).ToList();
        var account = weeks.Sum(week => week.Sum(day => day.Revenue)) / weeks.Sum(week => week.Sum(day => day.Spend));
        var wanted = now.Select((setting, index) => Budget(setting.Budget, weeks[index], account)).ToArray();
        var scale = total / wanted.Sum();
        return [.. now.Select((setting, index) => new Setting(wanted[index] * scale, Creatives(setting.Shares, days[index])))];
    }

    private static double Budget(double budget, List<CampaignDay> week, double account)
    {
        var own = week.Sum(day => day.Revenue) / week.Sum(day => day.Spend) / account;
        return own > 1 + Apart ? budget * (1 + Step) : own < 1 - Apart ? budget * (1 - Step) : budget;
    }

    private double[] Creatives(double[] shares, List<CampaignDay> days)
    {
        var all = shares.Select((_, creative) => Tally.Of(days.Select(day => day.Creatives[creative]))).ToArray();
        var alive = Enumerable.Range(0, shares.Length).Where(creative => shares[creative] > 0).ToList();
        var measure = sharp ? alive.Max(creative => all[creative].Rate) : Tally.Of(alive.Select(creative => all[creative])).Rate;
        var worst = alive.MinBy(creative => all[creative].Rate);
        if (alive.Count < 2 || all[worst].Rate >= measure * ClearlyWorse || all[worst].Tried * measure < FewestResults)
            return shares;

        return [.. shares.Select((share, creative) => share > 0 && creative != worst ? 1.0 / (alive.Count - 1) : 0)];
    }
}

/// <summary>Rules of a network's own kind, every day: a tenth more above a fixed return, a tenth less below it, by yesterday alone.</summary>
internal sealed class DailyRules(double total) : IBudgetPolicy
{
    private const double Step = .1;
    private const double Apart = .2;
    private const double TooDear = 2;
    private const double FewestResults = 3;

    public Setting[] Decide(IReadOnlyList<Setting> now, IReadOnlyList<List<CampaignDay>> days)
    {
        var wanted = now.Select((setting, index) => setting.Budget * Change(days[index][^1])).ToArray();
        var scale = Math.Min(1, total / wanted.Sum());
        return [.. now.Select((setting, index) => new Setting(wanted[index] * scale, Creatives(setting.Shares, days[index])))];
    }

    private static double Change(CampaignDay yesterday)
    {
        var own = yesterday.Spend > 0 ? yesterday.Revenue / yesterday.Spend / CampaignTruth.MiddleReturn : 1;
        return own > 1 + Apart ? 1 + Step : own < 1 - Apart ? 1 - Step : 1;
    }

    /// <summary>A creative whose results cost more than twice what the campaign's do is switched off.</summary>
    private static double[] Creatives(double[] shares, List<CampaignDay> days)
    {
        var all = shares.Select((_, creative) => Tally.Of(days.Select(day => day.Creatives[creative]))).ToArray();
        var rate = Tally.Of(all).Rate;
        var left = shares.Select((share, creative) =>
            share > 0 && (all[creative].Rate * TooDear >= rate || all[creative].Tried * rate < FewestResults)).ToArray();
        var alive = left.Count(alive => alive);
        return alive == 0 ? shares : [.. left.Select(alives => alives ? 1.0 / alive : 0)];
    }
}
