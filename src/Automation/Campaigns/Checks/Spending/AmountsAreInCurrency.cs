using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>Every amount above zero and in the account's currency, also after the network was changed.</summary>
internal sealed class AmountsAreInCurrency : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        foreach (var (field, label, amount) in Amounts(draft))
        {
            if (amount is not { } given)
                continue;

            if (given.Amount <= 0)
                yield return Problem.Blocks(field, $"{label} is {given}: it has to be above zero.");

            if (around.Account is { } account && given.Currency != account.Currency)
                yield return Problem.Blocks(field, $"{label} is {given}, and the ad account {account.Id} counts in {account.Currency}: say it again in {account.Currency}.");
        }
    }

    private static IEnumerable<(string Field, string Label, Money? Amount)> Amounts(CampaignDraft draft) =>
    [
        (nameof(draft.BudgetAmount), "The budget", draft.BudgetAmount),
        (nameof(draft.MaxDailySpend), "The daily limit", draft.MaxDailySpend),
        (nameof(draft.TargetCpa), "The target cost", draft.TargetCpa),
        (nameof(draft.MaxBid), "The max bid", draft.MaxBid),
        (nameof(draft.Worth), "The worth of a result", draft.Worth),
        ("Automation.MaxCpa", "The max CPA", draft.Automation?.MaxCpa),
    ];
}
