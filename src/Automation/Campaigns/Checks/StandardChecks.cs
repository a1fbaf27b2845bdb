using ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Audience;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Running;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Spending;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>Every question that is put to a draft, in the order in which people read the answers: by step.</summary>
public static class StandardChecks
{
    public static readonly IReadOnlyList<IDraftCheck> All =
    [
        new SomethingMissing(),
        new NameIsFree(),
        new NothingRunsAlike(),
        new AccountIsSetUp(),
        new AccountIsChosen(),
        new CreativesHaveAPlace(),
        new ObjectiveIsOffered(),
        new DestinationIsComplete(),
        new SpecialCategoryIsOffered(),
        new LandingPageAnswers(),
        new CountriesAreReachable(),
        new PayerIsNamed(),
        new AgesAreReachable(),
        new MinorsAreLeftOut(),
        new AudienceIsOffered(),
        new AudiencesExist(),
        new ExtrasAreOffered(),
        new AmountsAreInCurrency(),
        new BudgetReachesMinimum(),
        new BudgetStaysBelowCap(),
        new NetworkMayOverspend(),
        new AccountLimitHolds(),
        new WorkspaceLimitHolds(),
        new LifetimeBudgetHasEnd(),
        new StrategyIsComplete(),
        new LimitsLeaveRoom(),
        new ScheduleIsAhead(),
        new HoursAreKept(),
    ];
}

/// <summary>Short forms that the checks are written in.</summary>
internal static class Problem
{
    public static DraftProblem Blocks(string field, string says) => new(ProblemKind.Blocks, field, says);

    public static DraftProblem Warns(string field, string says) => new(ProblemKind.Warns, field, says);

    /// <summary>The amount when it is in the account's currency; another currency is told by <see cref="AmountsAreInCurrency"/> alone.</summary>
    public static Values.Money? In(this Values.Money? amount, DraftSurroundings around) =>
        around.Account is null || amount?.Currency == around.Account.Currency ? amount : null;

    /// <summary>What the budget comes to on an average day, when enough is known to say.</summary>
    public static Values.Money? Daily(this CampaignDraft draft, DraftSurroundings around)
    {
        if (draft.BudgetAmount.In(around) is not { Amount: > 0 })
            return null;

        return BudgetWords.Daily(draft, around.Now, around.Account?.Zone() ?? TimeZoneInfo.Utc)?.Rounded();
    }

    /// <summary>"$500 a day", or "$9,000 in total, on average $900 a day".</summary>
    public static string BudgetSaid(this CampaignDraft draft, Values.Money daily) =>
        BudgetWords.Of(draft.BudgetType ?? BudgetType.Daily, draft.BudgetAmount ?? daily, daily);
}
