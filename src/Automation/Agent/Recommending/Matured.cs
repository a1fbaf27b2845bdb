using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Agent.Recommending;

/// <summary>What a running campaign's finished days say whose results are mostly in: what recommendations go by, and nothing younger.</summary>
/// <param name="Spend">As far as its results can be known by now.</param>
/// <param name="Results">Of these days.</param>
/// <param name="Used">Share of the daily budget that was spent.</param>
public sealed record Matured(Campaign Campaign, NetworkProfile Profile, ResultWord Result, int Days, double Spend, double Results, double Used, bool KnowsRevenue)
{
    public const int FewestDays = 5;
    public const double FewestResults = 30;

    private const int MostDays = 14;

    /// <summary>Share of a day's results that can be known before the day counts.</summary>
    private const double KnownShare = .8;

    /// <summary>Days differ by this much for reasons of their own (standard deviation of the log).</summary>
    private const double DaySpread = .15;

    private const double Certainty = .9;

    /// <summary>Of one result.</summary>
    public double Cost => Spend / Results;

    /// <summary>How well the cost is known: standard deviation of its log.</summary>
    public double Spread => Math.Sqrt((1 / Results) + (DaySpread * DaySpread / Days));

    /// <summary>What a result may cost; null where nobody said.</summary>
    public Money? Goal => Campaign.Spec.Bidding.TargetCpa ?? Campaign.Spec.Automation.MaxCpa;

    /// <summary>With nine tenths' certainty its results cost less than they may.</summary>
    public bool IsGood => Goal is { Amount: > 0 } goal && IsSure(Math.Log((double)goal.Amount / Cost), Spread);

    public Money Each => Campaign.DailyBudget.Currency.Of((decimal)Cost).Rounded();

    public static bool IsSure(double distance, double spread) => Normal.CDF(0, 1, distance / spread) > Certainty;

    /// <summary>The figures, or what they are short of.</summary>
    public static (Matured? Found, string Lacks) Of(Observation now)
    {
        if (Freshness.Shortcoming(now) is { } old)
            return (null, $"fresh figures are needed, and {old}");

        var word = ResultWord.Of(now.Campaign);
        var days = FinishedDays.Of(now.Days.Where(day => day.Day.Date >= now.Today.Date.AddDays(-2 * MostDays)), word, now.Account, now.Now, KnownShare).TakeLast(MostDays).ToList();
        var results = days.Sum(day => (double)(word.In(day.Figures) ?? 0));
        if (days.Count < FewestDays || results < FewestResults)
            return (null, $"{Ages.Days(days.Count)} with {word.Counted(Math.Round((decimal)results))} are finished and in, and it takes {Ages.Days(FewestDays)} with {word.Counted((decimal)FewestResults)}");

        var budget = (double)now.Campaign.DailyBudget.Amount;
        return (
            new Matured(
                now.Campaign, now.Profile, word, days.Count, days.Sum(day => (double)day.Figures.Spend.Amount * day.Known), results,
                budget > 0 ? days.Average(day => (double)day.Figures.Spend.Amount) / budget : 0, days.TrueForAll(day => day.Figures.Revenue is not null)),
            "");
    }
}
