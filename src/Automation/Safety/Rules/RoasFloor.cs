using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>What comes back is below 0.8 of the minimum even at the friendly end of what the figures allow. Never judged on a running day.</summary>
public sealed class RoasFloor : ISafetyRule
{
    /// <summary>Finished days that count.</summary>
    private const int Reach = 7;

    public RuleId Id { get; } = new("roas-floor");

    public SafetyVerdict Judge(Observation now)
    {
        if (now.Campaign.Spec.Automation.MinRoas is not { } least || least <= 0)
            return new SafetyVerdict.NotWatching(Id, "a minimum ROAS is set");

        var word = ResultWord.Of(now.Campaign);
        var zone = now.Account.Zone();
        var days = now.Days
            .Where(day => day.Day < now.Today && day.Revenue is not null && word.In(day) is not null)
            .Where(day => now.Campaign.LastResumedAt is not { } resumed || day.Day.Start(zone) >= resumed)
            .TakeLast(Reach)
            .ToList();
        var results = days.Sum(day => (double)word.In(day)!.Value);
        if (days.Count < SafetyLimits.RoasFloorDays || results < SafetyLimits.RoasFloorResults)
        {
            return new SafetyVerdict.NotWatching(
                Id, $"{SafetyLimits.RoasFloorDays} full days and {word.Counted(SafetyLimits.RoasFloorResults)} with a value are in ({days.Count} and {results.ToString("0", CultureInfo.InvariantCulture)} so far; today does not count yet)");
        }


        var money = Matured(now, days, zone);
        if (money <= 0)
            return new SafetyVerdict.NotWatching(Id, "the money of these days has had time to come back");

        var roas = days.Sum(day => (double)day.Revenue!.Value.Amount) / money;
        var friendly = roas * Math.Exp(SafetyLimits.Normal95 * Math.Sqrt(SafetyLimits.WorthVariance / results));
        var floor = (double)least * SafetyLimits.RoasFloorShare;

        return friendly >= floor
            ? new SafetyVerdict.Clear(Id)
            : new SafetyVerdict.Breach(Id, Remedy.PauseCampaign, new Evidence(
                $"ROAS of {days.Count} full days", $"{Text(roas)}, at best {Text(friendly)}", $"{Text(floor)} (0.8 × {least})"));

        static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static double Matured(Observation now, List<DayFigures> days, TimeZoneInfo zone)
    {
        var delays = DelayProfile.For(now.Campaign);
        var counted = days[^1].Day.End(zone);
        return days.Sum(day => (double)day.Spend.Amount * delays.Matured(counted - day.Day.Start(zone).AddHours(12)));
    }
}
