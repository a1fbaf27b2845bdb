using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>What a campaign has spent since it was launched, today's part as last reported; a figure that the network took back still counts.</summary>
/// <param name="Known">The sum of the days that were kept.</param>
/// <param name="MissingDays">Finished days since the launch of which nobody kept a figure.</param>
/// <param name="AtWorst">With the most that the network may have spent on each of them.</param>
public sealed record SpendSinceLaunch(Money Known, int MissingDays, Money AtWorst)
{
    public static SpendSinceLaunch Of(Observation now)
    {
        var first = FirstDay(now);
        var known = now.Spent.Where(day => day.Key >= first).Aggregate(now.Account.Currency.Zero, (sum, day) => sum + day.Value);
        var missing = 0;
        for (var day = first; day < now.Today; day = day.Next)
            missing += now.Spent.ContainsKey(day) ? 0 : 1;

        var mostADay = Money.Max(now.Campaign.DailyBudget, now.Campaign.Spec.Budget.MaxDailySpend) * now.Profile.MaxDayFactor.Value;
        return new SpendSinceLaunch(known, missing, known + (mostADay * missing));
    }

    /// <summary>Nothing can be spent before its start.</summary>
    private static AccountDay FirstDay(Observation now)
    {
        var launched = now.Campaign.LaunchedAt ?? now.Campaign.CreatedAt;
        return now.Account.DayAt(now.Campaign.Spec.Schedule.Start is { } start && start > launched ? start : launched);
    }
}
