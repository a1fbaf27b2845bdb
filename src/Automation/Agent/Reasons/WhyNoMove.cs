using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Reasons;

/// <summary>Why an optimiser wanted no move of a lever, with the evidence that is there and what it needs. Pure.</summary>
public static class WhyNoMove
{
    public static string Of(Lever lever, Observation now, AgentMemory memory, BudgetShare? share = null) => lever switch
    {
        Lever.Bid => Bid(now, memory),
        Lever.DailyBudget => Budget(now, memory, share),
        Lever.Running => CampaignPause.Says(now, memory),
        _ => Ads(now, memory),
    };

    private static string Ads(Observation now, AgentMemory memory)
    {
        if (!now.Campaign.Spec.Automation.TestCreatives)
            return $"testing ads is switched off for it (\"set tests {now.Campaign.Handle} on\")";

        if (!now.Campaign.Spec.Automation.PauseUnderperforming)
            return $"pausing is switched off for it (\"set pausing {now.Campaign.Handle} on\")";

        if (now.Profile.Capabilities.OwnsTheBid)
            return $"{now.Profile.ShortTitle} divides the money over ads itself, and its campaigns are moved by their budgets alone";

        var running = now.Reading is { } reading ? CreativeWatch.Running(reading.Settings).Count() : 0;
        if (running <= CreativeTest.FewestAlive)
            return running == 0 ? "no ad of it is seen running" : $"{(running == 1 ? "1 ad runs" : $"{running} ads run")}, and two stay alive";

        return CreativeOptimizer.Says(memory.Creatives ?? CreativeWatch.Empty, ResultWord.Of(now.Campaign), now.Account.Currency);
    }

    private static string Bid(Observation now, AgentMemory memory)
    {
        var (campaign, word) = (now.Campaign, ResultWord.Of(now.Campaign));
        if (!campaign.Spec.Automation.AdjustBids)
            return $"changing bids is switched off for it (\"set bids {campaign.Handle} on\")";

        if (now.Profile.Capabilities.OwnsTheBid)
            return $"{now.Profile.ShortTitle} finds the bid itself";

        if (now.State is DataState.None or DataState.Impossible || now.Reading is not { } reading)
            return "there are no figures that it could go by";

        if (campaign.Spec.Bidding.TargetCpa is not { } target)
            return $"nobody said what {word.Each} should cost (\"set target {campaign.Handle} …\")";

        if (reading.Settings.Bid is not { Amount: > 0 } bid)
            return "its network shows no bid of ours";

        if (CostEstimate.From(now, target, bid, memory) is not { } estimate)
            return $"there is no spend with known {word.Many} to judge by yet";

        var cost = target.Currency.Of((decimal)estimate.Cost).Rounded();
        var seen = $"{word.Each} costs about {cost} against the target of {target}, from {Whole(estimate.Results)} recent {word.Many} where the target would have brought {Whole(estimate.Expected)}";
        return Lacking(now, memory, estimate, word) is { } lacking ? $"{seen}; {lacking}"
            : Math.Log((double)target.Amount / estimate.Cost) is var error && Math.Abs(error) <= BidOptimizer.Noise(estimate, error) ? $"{seen}: that is within {Percent(BidOptimizer.Noise(estimate, error))} of it"
            : estimate.Cost < (double)target.Amount && now.Days.Length > 0 && now.Days[^1].Spend >= reading.Settings.DailyBudget * BidOptimizer.BudgetSpent
                ? $"{seen}; a higher bid would bring nothing, since it spends its budget of {reading.Settings.DailyBudget}"
            : $"{seen}: the step would be smaller than the {Percent((double)ModeBand.Of(campaign.Spec.Automation.Mode).Least)} that {campaign.Spec.Automation.Mode.ToString().ToLowerInvariant()} steps have at least";
    }

    /// <summary>What is short of the evidence that a move needs; null when nothing is.</summary>
    private static string? Lacking(Observation now, AgentMemory memory, CostEstimate estimate, ResultWord word)
    {
        var missing = estimate.Expected - estimate.Results;
        if (memory.Last(Lever.Bid) is not { } last)
        {
            return estimate.Results >= BidOptimizer.FewestNewResults || missing >= BidOptimizer.MissingResults
                ? null
                : $"it needs {Whole(BidOptimizer.FewestNewResults)} {word.Many}, or {Whole(BidOptimizer.MissingResults)} that are missing, and {Whole(Math.Max(0, missing))} are";
        }

        if (CostEstimate.ResultsSince(now, last) is not { } since)
            return $"{word.Many} since its last move cannot be told";

        var needed = Math.Max(BidOptimizer.FewestNewResults, BidOptimizer.NewShare * estimate.Results);
        return (double)since >= needed || missing >= BidOptimizer.MissingResults || (estimate.FollowsPrice && now.Now - last.At >= BidOptimizer.PriceFor)
            ? null
            : $"{word.Counted(since)} came since its last move {Ages.Since(last.At, now.Now)}, and the next one needs {Math.Ceiling(needed).ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Budget(Observation now, AgentMemory memory, BudgetShare? share)
    {
        var (campaign, word) = (now.Campaign, ResultWord.Of(now.Campaign));
        var automation = campaign.Spec.Automation;
        if (!automation.AdjustBudgets)
            return $"changing budgets is switched off for it (\"set budgets {campaign.Handle} on\")";

        if (now.State is DataState.None or DataState.Impossible || now.Reading is not { } reading)
            return "there are no figures that it could go by";

        if (share is not null && CurveBudget.Holds(now, memory, share) is null)
            return $"{share.Words(word)}; {Curved(share)}";

        if (campaign.Spec.Bidding.TargetCpa is null && campaign.Spec.Bidding.TargetRoas is null && automation.MinRoas is null)
            return $"nobody said what {word.Each} should cost or bring back (\"set target {campaign.Handle} …\")";

        var since = memory.Last(Lever.DailyBudget)?.Day.Next;
        var days = now.Days.Where(day => day.Day < now.Today && day.Spend.Amount > 0 && word.In(day) is >= 0 && (since is null || day.Day >= since)).ToList();
        var results = days.Sum(day => word.In(day) ?? 0);
        var seen = $"{Ages.Days(days.Count)} with {word.Counted(results)} are finished{(since is null ? "" : " since its last move")}";
        if (days.Count < BudgetOptimizer.FewestDays)
            return $"{seen}, and it needs {Ages.Days(BudgetOptimizer.FewestDays)}";

        if ((double)results < BudgetOptimizer.FewestResults)
            return $"{seen}, and it needs {Whole(BudgetOptimizer.FewestResults)} {word.Many}, or so many that are missing";

        var used = days.Average(day => day.Spend.Amount) / Math.Max(.01m, reading.Settings.DailyBudget.Amount);
        return used < BudgetOptimizer.BudgetUsed
            ? $"{seen}; they used {Percent((double)used)} of the budget, so that is not what limits it, and none of them says clearly that less would be better"
            : $"{seen}, and they do not say with nine tenths' certainty that more or less would be better";
    }

    private static string Curved(BudgetShare share) => share switch
    {
        { NextIsTooDear: true } => "more of it is not worth its money, and it is not so clear that less is better",
        { Sharers.Length: < 2 } => "no other campaign of the account is known so well that money could be divided between them",
        _ when share.Wanted > share.Budget && share.Freed.Amount <= 0 => $"{share.Wanted} a day would be its part of the account's money, which nothing was taken from yet",
        _ => $"its part of what the account spends would be {share.Wanted} a day, too little a step",
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Whole(double number) => Math.Round(number).ToString(CultureInfo.InvariantCulture);
}
