namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>A budget above the daily limit would be stopped every day.</summary>
internal sealed class BudgetStaysBelowCap : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Daily(around) is { } daily && draft.MaxDailySpend.In(around) is { } cap && daily > cap)
            yield return Problem.Blocks(nameof(draft.MaxDailySpend), $"The budget of {draft.BudgetSaid(daily)}{(draft.BudgetType == BudgetType.Lifetime ? "," : "")} is above your limit of {cap} a day: lower the budget, or raise the limit (\"max {daily * 1.5m}\").") with { Other = nameof(draft.BudgetAmount) };
    }
}
