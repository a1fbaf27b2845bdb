namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>All campaigns of an account together stay below its daily limit.</summary>
internal sealed class AccountLimitHolds : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Account is not { DailyLimit: { } limit } account || draft.Daily(around) is not { } daily)
            yield break;

        var others = around.OthersDaily ?? account.Currency.Zero;
        if (daily + others <= limit)
            yield break;

        var left = limit - others;
        yield return Problem.Blocks(
            nameof(draft.BudgetAmount),
            left.Amount > 0
                ? $"{draft.BudgetSaid(daily)} and {others} of the other campaigns pass the limit of {limit} a day for {account.Id}: at most {left} a day is left."
                : $"The other campaigns take {others} of the {limit} a day that {account.Id} may spend: pause one or lower its budget first.");
    }
}
