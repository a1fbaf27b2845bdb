namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>A budget above the daily limit would be stopped every day.</summary>
internal sealed class BudgetStaysBelowCap : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.Daily(around) is { } daily && draft.MaxDailySpend.In(around) is { } cap && daily > cap)
            yield return Problem.Blocks(nameof(draft.MaxDailySpend), $"The budget of {daily} a day is above your limit of {cap}: lower the budget, or raise the limit (\"max {daily * 1.5m}\").");
    }
}
