using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>
/// The next full hour of the account's clock: the hour's usual share of a day, from yesterday's and the market's course, at the level of the
/// last hours. Pure.
/// </summary>
internal static class HourAhead
{
    /// <summary>Data that tells at which level the campaign runs now.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(3);

    /// <summary>Weight of yesterday's course against the market's usual one.</summary>
    private const double Yesterday = .5;

    /// <summary>Standard deviation of the log error of an hour's spend that we believe in. Assumed.</summary>
    public const double SpendDeviation = .35;

    public static (DateTimeOffset From, DateTimeOffset To) Next(Observation now)
    {
        var local = TimeZoneInfo.ConvertTime(now.Now, now.Account.Zone());
        var from = (local - TimeSpan.FromTicks(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour)).AddHours(1).ToUniversalTime();
        return (from, from.AddHours(1));
    }

    public static double Spend(Observation now, Timeline seen, AgentMemory memory, DateTimeOffset from, DateTimeOffset to)
    {
        var (budget, zone) = ((double)now.Campaign.DailyBudget.Amount, now.Account.Zone());
        var hour = Usual(from, to);
        var level = 1.0;
        if (!seen.IsEmpty)
        {
            var until = Reports.CountTo(now, seen.Last.At);
            var since = Later(until - Recent, Later(Reports.CountTo(now, seen.First.At), now.Campaign.LastResumedAt ?? DateTimeOffset.MinValue));
            if (until > since)
            {
                var spent = Seen(since, until) * Budgets.Since(memory, since + ((until - since) / 2));
                var anHour = budget * Budgets.Delivery / 24;
                level = (spent + anHour) / (Usual(since, until) + anHour);
            }
        }

        return Math.Min(hour * level, Room(now, from));

        double Seen(DateTimeOffset begin, DateTimeOffset end) => seen.SpendAt(Reports.SeenAt(now, end)) - seen.SpendAt(Reports.SeenAt(now, begin));

        double Usual(DateTimeOffset begin, DateTimeOffset end)
        {
            var market = budget * Budgets.Delivery * DiurnalCurve.Share(begin, end, zone, 0);
            var (dayBefore, dayBeforeEnd) = (begin.AddDays(-1), end.AddDays(-1));
            return !seen.IsEmpty && Reports.SeenAt(now, dayBefore) >= seen.First.At && Reports.SeenAt(now, dayBeforeEnd) <= seen.Last.At && dayBefore >= (now.Campaign.LastResumedAt ?? DateTimeOffset.MinValue)
                ? (Yesterday * Seen(dayBefore, dayBeforeEnd) * Budgets.Since(memory, dayBefore)) + ((1 - Yesterday) * market)
                : market;
        }
    }

    /// <summary>Results that are counted in the hour: late ones of what was spent before, quick ones of its own.</summary>
    public static double Results(Observation now, Timeline seen, double cost, double spend, DateTimeOffset from, DateTimeOffset to)
    {
        var delays = DelayProfile.For(now.Campaign);
        var dayStart = now.Account.DayAt(from).Start(now.Account.Zone());
        var last = Later(dayStart, seen.IsEmpty ? dayStart : Reports.CountTo(now, seen.Last.At));
        return Math.Max(0, Counted(to) - Counted(from)) / cost;

        double Counted(DateTimeOffset at)
        {
            var known = at - Reports.ResultHold(delays);
            var ahead = Math.Max(0, (known - last).TotalHours);
            return seen.Matured(delays, Reports.SeenAt(now, known), Reports.SeenAt(now, dayStart)) + (spend / (to - from).TotalHours * ahead * delays.Known(ahead, 0));
        }
    }

    /// <summary>What the network or the cap leaves for the hour's day.</summary>
    private static double Room(Observation now, DateTimeOffset from)
    {
        var most = Money.Min(now.Campaign.DailyBudget * now.Profile.MaxDayFactor.Value, now.Cap);
        var spent = now.Account.DayAt(from) == now.Today ? now.HighestSpendToday ?? now.Account.Currency.Zero : now.Account.Currency.Zero;
        return Math.Max(0, (double)(most - spent).Amount);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
