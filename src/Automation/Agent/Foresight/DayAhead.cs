using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>The account's next day: the budget, at the share of it that this campaign's last full days delivered. Pure.</summary>
internal static class DayAhead
{
    private const int DaysBack = 14;

    /// <summary>Evidence halves in so many days.</summary>
    private const double HalfLife = 2;

    /// <summary>Standard deviation of the log error of a day's spend that we believe in. Assumed.</summary>
    public const double SpendDeviation = .15;

    public static (DateTimeOffset From, DateTimeOffset To) Next(Observation now)
    {
        var day = now.Today.Next;
        return (day.Start(now.Account.Zone()), day.End(now.Account.Zone()));
    }

    public static double Spend(Observation now, AgentMemory memory)
    {
        var zone = now.Account.Zone();
        var begun = Later(now.Campaign.LaunchedAt ?? now.Campaign.CreatedAt, now.Campaign.LastResumedAt ?? DateTimeOffset.MinValue);
        var budget = (double)now.Campaign.DailyBudget.Amount;
        var (shares, weights) = (Budgets.Delivery, 1.0);
        foreach (var day in now.Days.Where(day => day.Day < now.Today && day.Day.Date >= now.Today.Date.AddDays(-DaysBack) && day.Day.Start(zone) >= begun && day.Spend.Amount >= 0))
        {
            var weight = Math.Pow(.5, (now.Today.Date.DayNumber - day.Day.Date.DayNumber - 1) / HalfLife);
            var share = (double)day.Spend.Amount * Budgets.Since(memory, day.Day.Start(zone).AddHours(12)) / budget;
            (shares, weights) = (shares + (weight * share), weights + weight);
        }

        var most = Money.Min(now.Campaign.DailyBudget * now.Profile.MaxDayFactor.Value, now.Campaign.Spec.Budget.MaxDailySpend);
        return Math.Min(budget * shares / weights, (double)most.Amount);
    }

    /// <summary>Results of the day that are counted when the forecast is held against them.</summary>
    public static double Results(Observation now, double cost, double spend, DateTimeOffset from, DateTimeOffset to)
    {
        var delays = DelayProfile.For(now.Campaign);
        var length = (to - from).TotalHours;
        var wait = Reports.Maturing(delays).TotalHours;
        return spend / cost * delays.Known(length + wait, wait);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
