namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>An amount for the whole time needs a time that ends.</summary>
internal sealed class LifetimeBudgetHasEnd : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.BudgetType != BudgetType.Lifetime)
            yield break;

        if (around.Profile is { Capabilities.LifetimeBudget: false } profile)
            yield return Problem.Blocks(nameof(draft.BudgetType), $"{profile.Title} has no lifetime budgets: say an amount a day.");

        if (draft.Schedule?.End is null)
            yield return Problem.Blocks("Schedule.End", "A lifetime budget needs an end: say \"until 31 Dec\", or an amount a day.");
    }
}
