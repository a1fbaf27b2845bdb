using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using MathNet.Numerics.Distributions;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// Moves the daily budget by what finished days say, never by the running one, so that it decides the same at 01:00 and at
/// 23:00: up when results cost less than the target (or ROAS is above its own) with nine tenths' certainty and the budget is
/// what limits it, down when they cost clearly more. Pure.
/// </summary>
public static class BudgetOptimizer
{
    internal const int FewestDays = 3;
    private const int MostDays = 14;
    internal const double FewestResults = 20;

    /// <summary>Share of a day's results that must be known before the day counts.</summary>
    private const double KnownShare = .6;

    /// <summary>How sure a move must be.</summary>
    private const double Certainty = .9;

    /// <summary>Days differ by this much for reasons of their own (standard deviation of the log).</summary>
    private const double DaySpread = .15;

    /// <summary>ROAS above its target by this factor pays for more; below it by the other, for less.</summary>
    private const double RoasToRaise = 1.3;
    private const double RoasToLower = .85;

    /// <summary>A cost above its target by this factor asks for less.</summary>
    private const double CostToLower = 1.15;

    /// <summary>A budget of which less is used is not what limits the campaign.</summary>
    internal const decimal BudgetUsed = .85m;

    private const decimal Usual = .10m;
    private const decimal Bold = .20m;

    public static Proposal? Propose(Observation now, AgentMemory memory)
    {
        var automation = now.Campaign.Spec.Automation;
        if (!automation.AdjustBudgets || now.State is DataState.None or DataState.Impossible || now.Reading is not { } reading)
            return null;

        var budget = reading.Settings.DailyBudget;
        var days = Judged(now, memory);
        if (budget.Amount <= 0 || days.Count < FewestDays || Judgement(now, days) is not { } judgement)
            return null;

        var step = automation.Mode == OptimisationMode.Aggressive ? Bold : Usual;
        var used = days.Average(day => day.Figures.Spend.Amount) >= budget.Amount * BudgetUsed;
        var change = judgement.Better ? (automation.ScalePerforming && used ? step : 0) : -step;
        return change == 0 ? null : new Proposal(Lever.DailyBudget, budget, Step.From(budget, change), judgement.Because, "budget");
    }

    /// <summary>Finished days since the last budget move, with the share of their results that can be known by now.</summary>
    private static List<(DayFigures Figures, double Known)> Judged(Observation now, AgentMemory memory)
    {
        var from = memory.Last(Lever.DailyBudget)?.Day.Next;
        return [.. FinishedDays.Of(now.Days.Where(day => from is null || day.Day >= from), ResultWord.Of(now.Campaign), now.Account, now.Now, KnownShare).TakeLast(MostDays)];
    }

    private static (bool Better, string Because)? Judgement(Observation now, List<(DayFigures Figures, double Known)> days)
    {
        var word = ResultWord.Of(now.Campaign);
        var matured = days.Sum(day => (double)day.Figures.Spend.Amount * day.Known);
        var results = days.Sum(day => (double)(word.In(day.Figures) ?? 0));
        var spread = Math.Sqrt((1 / Math.Max(1, results)) + (DaySpread * DaySpread / days.Count));
        var bidding = now.Campaign.Spec.Bidding;

        if ((bidding.TargetRoas ?? now.Campaign.Spec.Automation.MinRoas) is { } target and > 0 && days.TrueForAll(day => day.Figures.Revenue is not null))
        {
            var tooDear = bidding.TargetCpa is { } most && matured > results * (double)most.Amount;
            return results < FewestResults || ByRoas((double)target, days, matured, spread) is not { } judgement || (judgement.Better && tooDear) ? null : judgement;
        }

        if (bidding.TargetCpa is not { Amount: > 0 } cost || matured <= 0 || Math.Max(results, matured / (double)cost.Amount) < FewestResults)
            return null;

        var measured = matured / Math.Max(.5, results);
        var says = $"{word.Each} cost about {cost.Currency.Of((decimal)measured).Rounded()} over {Days(days.Count)} against the target of {cost}";
        if (results >= FewestResults && Surely(Math.Log((double)cost.Amount / measured), spread))
            return (true, $"{says}, and the budget is used up");

        return Surely(Math.Log(measured / ((double)cost.Amount * CostToLower)), spread) ? (false, says) : null;
    }

    private static (bool Better, string Because)? ByRoas(double target, List<(DayFigures Figures, double Known)> days, double matured, double spread)
    {
        var revenue = days.Sum(day => (double)(day.Figures.Revenue?.Amount ?? 0));
        if (matured <= 0)
            return null;

        var roas = Math.Max(revenue / matured, .001);
        var says = string.Create(CultureInfo.InvariantCulture, $"ROAS was {roas:0.0#} over {Days(days.Count)} against {target:0.0#}");
        if (Surely(Math.Log(roas / (target * RoasToRaise)), spread))
            return (true, $"{says}, and the budget is used up");

        return Surely(Math.Log(target * RoasToLower / roas), spread) ? (false, says) : null;
    }

    private static bool Surely(double distance, double spread) => Normal.CDF(0, 1, distance / spread) > Certainty;

    private static string Days(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} finished days");
}
