using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>A budget as people are told of it: an amount for the whole time is never shown as one for a day.</summary>
public static class BudgetWords
{
    /// <param name="daily">What it comes to on a day; null while that cannot be said.</param>
    public static string Of(BudgetType type, Money amount, Money? daily) => type == BudgetType.Daily
        ? $"{amount} a day"
        : daily is { } average ? $"{amount} in total, on average {average.Rounded()} a day" : $"{amount} in total";

    /// <summary>What a draft's budget comes to on a day of its account; null without an amount, and for the whole time without an end.</summary>
    public static Money? Daily(CampaignDraft draft, DateTimeOffset now, TimeZoneInfo zone) => Of(draft, now, zone) is var (budget, days) ? budget.Daily(days) : null;

    /// <summary>The most that a draft's budget lets run on one day, and as long as no cap is said what it comes to; null where that is not known.</summary>
    public static Money? MostADay(CampaignDraft draft, DateTimeOffset now, TimeZoneInfo zone) => Of(draft, now, zone) is var (budget, days) ? budget.MostADay(days) : null;

    private static (Budget Budget, int? Days)? Of(CampaignDraft draft, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (draft.BudgetAmount is not { } amount)
            return null;

        var (type, days) = (draft.BudgetType ?? BudgetType.Daily, SpecOfDraft.Days(draft.Schedule ?? Schedule.Now, now, zone));
        var cap = draft.MaxDailySpend is { } most && most.Currency == amount.Currency ? most : amount.Currency.Of(0);
        return type == BudgetType.Lifetime && days is null ? null : (new Budget(type, amount, cap), days);
    }
}
