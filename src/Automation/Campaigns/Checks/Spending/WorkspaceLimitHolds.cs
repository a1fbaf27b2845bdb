namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>All campaigns of a currency together stay below what the workspace may spend a day.</summary>
internal sealed class WorkspaceLimitHolds : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around is not { Account: { } account, LeftTogether: { } left } || draft.Daily(around) is not { } daily || daily <= left)
            yield break;

        yield return Problem.Blocks(
            nameof(draft.BudgetAmount),
            left.Amount > 0
                ? $"{draft.BudgetSaid(daily)} and the other campaigns in {account.Currency} pass what the workspace may spend a day together: at most {left} a day is left."
                : $"The other campaigns in {account.Currency} take all that the workspace may spend a day together: pause one or lower its budget first.");
    }
}
