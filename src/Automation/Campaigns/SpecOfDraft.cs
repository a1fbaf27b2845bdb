using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>Turns a draft that passed every check into what is launched.</summary>
public static class SpecOfDraft
{
    /// <summary>Throws when something that the checks require is missing: run them first.</summary>
    public static CampaignSpec From(CampaignDraft draft, AdAccount account) => new(
        Needed(draft.Name, "name"),
        Needed(draft.Network, "network"),
        account.Id,
        Needed(draft.Type, "type"),
        Needed(draft.Objective, "objective"),
        draft.Destination with { Os = draft.Destination.Os ?? draft.TargetOs },
        new Targeting
        {
            Countries = draft.Countries,
            AgeMin = draft.AgeMin ?? 18,
            AgeMax = draft.AgeMax ?? 65,
            Gender = draft.Gender ?? Gender.All,
            Interests = draft.Interests,
            Lookalike = draft.Lookalike,
            CustomAudiences = draft.CustomAudiences,
            Os = draft.TargetOs ?? draft.Destination.Os,
            Genres = draft.Genres,
            PredictedLtvTop = draft.PredictedLtvTop,
        },
        new Budget(draft.BudgetType ?? BudgetType.Daily, Needed(draft.BudgetAmount, "budget"), Needed(draft.MaxDailySpend, "cap")),
        new Bidding
        {
            Strategy = Needed(draft.Strategy, "bid strategy"),
            TargetCpa = draft.TargetCpa,
            MaxBid = draft.MaxBid,
            TargetRoas = draft.TargetRoas,
            Worth = draft.Worth,
        },
        draft.Automation ?? new AutomationSettings(),
        draft.Schedule ?? Schedule.Now,
        draft.Creatives);

    /// <summary>What the network is told to bid at first; null where it finds the bid itself.</summary>
    public static Values.Money? FirstBid(CampaignSpec spec, NetworkProfile profile) => profile.Capabilities.OwnsTheBid ? null : spec.Bidding.First();

    /// <summary>Days of the account that it still runs on, also those of which it sees a part, since a network may spend a day's money on each; null when it runs on.</summary>
    public static int? Days(Schedule schedule, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (schedule.End is not { } end)
            return null;

        var first = Values.AccountDay.At(schedule.Start is { } start && start > now ? start : now, zone);
        return Math.Max(1, Values.AccountDay.At(end.AddTicks(-1), zone).Date.DayNumber - first.Date.DayNumber + 1);
    }

    private static T Needed<T>(T? value, string what) where T : struct =>
        value ?? throw new InvalidOperationException($"The draft has no {what}; it was not checked.");

    private static string Needed(string? value, string what) =>
        value ?? throw new InvalidOperationException($"The draft has no {what}; it was not checked.");
}
