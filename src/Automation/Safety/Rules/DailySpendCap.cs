using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Observing.Ordinary;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>Today's spend has reached the cap, at its highest reported figure, or must have by now; from 80 % on people are warned.</summary>
public sealed class DailySpendCap : ISafetyRule
{
    public RuleId Id { get; } = new("daily-spend-cap");

    public SafetyVerdict Judge(Observation now)
    {
        if (now.Reading is not { } reading)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        if (now.HighestSpendToday is not { } spend)
        {
            return reading.Settings.Status == NetworkStatus.Active
                ? new SafetyVerdict.Unknown(Id, $"there are no figures of {now.Today} yet")
                : new SafetyVerdict.Clear(Id);
        }

        var cap = now.Cap;
        var measure = spend > reading.Today.Spend ? $"spend today (the network took back some of it and shows {reading.Today.Spend} now)" : "spend today";
        if (spend >= cap)
            return Breach(measure, spend);

        if (spend <= cap * SafetyLimits.CapWarningShare)
            return new SafetyVerdict.Clear(Id);

        var ahead = now.Account.Currency.Of((decimal)(Timeline.Of(now).RatePerHour(SafetyLimits.RecentRateWindow) * Unseen(now).TotalHours));
        var worst = spend + ahead >= cap && Standstill.MostOf(now) is { } ordinary ? Values.Money.Min(spend + ahead, ordinary) : spend + ahead;
        return worst >= cap && reading.Settings.Status is NetworkStatus.Active or NetworkStatus.Unknown
            ? Breach($"spend today ({spend} reported, the rest since at the present rate)", worst)
            : new SafetyVerdict.Warning(Id, new Evidence(measure, spend.ToString(), cap.ToString()));

        SafetyVerdict.Breach Breach(string measure, Values.Money measured) =>
            new(Id, Remedy.PauseCampaign, new Evidence(measure, measured.ToString(), cap.ToString()));
    }

    private static TimeSpan Unseen(Observation now) => Freshness.AgeOf(now) is { } age && age > TimeSpan.Zero ? age : TimeSpan.Zero;
}
