using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

/// <summary>The network's smallest daily budget, or our own floor; where neither is known that is said.</summary>
internal sealed class BudgetReachesMinimum : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around)
    {
        if (around.Profile is not { } profile || draft.Daily(around) is not { } daily)
            yield break;

        switch (profile.MinimumDaily(daily.Currency))
        {
            case BudgetMinimum.Published published when daily < published.Amount:
                yield return Problem.Blocks(nameof(draft.BudgetAmount), $"{draft.BudgetSaid(daily)} is below {profile.Title}'s minimum: at least {published.Amount} a day.");
                break;

            case BudgetMinimum.OwnFloor floor when daily < floor.Amount:
                yield return Problem.Blocks(nameof(draft.BudgetAmount), $"{draft.BudgetSaid(daily)} is below our own floor, since {profile.Title} publishes no minimum: at least {floor.Amount} a day.");
                break;

            case BudgetMinimum.AskTheNetwork:
                yield return Problem.Warns(nameof(draft.BudgetAmount), $"The smallest budget in {daily.Currency} is not known for {profile.Title}: it is not checked before the launch, and the network may refuse it.");
                break;
        }
    }
}
