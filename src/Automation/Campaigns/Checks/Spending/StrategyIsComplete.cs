namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>The network has the strategy, and the strategy has the figure that it goes by.</summary>
internal sealed class StrategyIsComplete : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Strategy is not { } strategy)
            yield break;

        if (around.Profile is { } profile && !profile.BidStrategies.Contains(strategy))
            yield return Problem.Blocks(nameof(draft.Strategy), $"{profile.Title} has no {Word(strategy)}: choose {string.Join(", ", profile.BidStrategies.Select(Word))}.");

        if (strategy == BidStrategy.CostCap && draft.TargetCpa is null)
            yield return Problem.Blocks(nameof(draft.TargetCpa), "A cost cap needs its amount: say \"cost cap $12\".");

        if (strategy == BidStrategy.BidCap && draft.MaxBid is null)
            yield return Problem.Blocks(nameof(draft.MaxBid), "A bid cap needs the highest bid: say \"max bid $15\".");

        if (strategy == BidStrategy.TargetRoas && draft.TargetRoas is null)
            yield return Problem.Blocks(nameof(draft.TargetRoas), "Target ROAS needs its figure: say \"target roas 3.0\".");

        if (strategy == BidStrategy.TargetRoas && around.Profile is { Capabilities.ReportsRevenue: false } silent)
            yield return Problem.Blocks(nameof(draft.Strategy), $"{silent.Title} reports no revenue, so it cannot bid for a ROAS: choose another strategy.");
    }

    private static string Word(BidStrategy strategy) => strategy switch
    {
        BidStrategy.LowestCost => "lowest cost",
        BidStrategy.CostCap => "cost cap",
        BidStrategy.BidCap => "bid cap",
        BidStrategy.TargetRoas => "target ROAS",
        _ => throw new InvalidOperationException($"{strategy} has no word."),
    };
}
