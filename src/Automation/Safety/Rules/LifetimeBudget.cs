using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Rules;

/// <summary>
/// Spend since the launch has reached the lifetime budget, or must have by now; from 80 % on people are warned. Days of which nobody kept a
/// figure count as the most that the network may spend, and the rule says that it cannot tell once they matter.
/// </summary>
public sealed class LifetimeBudget : ISafetyRule
{
    public RuleId Id => SafetyRules.LifetimeBudget;

    public SafetyVerdict Judge(Observation now)
    {
        if (now.Campaign.LifetimeBudget is not { } budget)
            return new SafetyVerdict.NotWatching(Id, "a budget for the whole time is set");

        if (now.Reading is not { } reading)
            return new SafetyVerdict.Unknown(Id, "there is no reading yet");

        var spend = SpendSinceLaunch.Of(now);
        if (spend.Known >= budget)
            return Breach("is used up: spent", spend.Known);

        var near = budget * SafetyLimits.CapWarningShare;
        if (spend.Known > near && reading.Settings.Status is NetworkStatus.Active or NetworkStatus.Unknown && spend.Known + Unreported(now) is var worst && worst >= budget)
            return Breach($"is used up at worst: {spend.Known} reported, with the rest since", worst);

        if (spend.MissingDays > 0 && spend.AtWorst > near)
        {
            return new SafetyVerdict.Unknown(
                Id, $"of {spend.MissingDays} {(spend.MissingDays == 1 ? "day" : "days")} nobody knows the spend: {spend.Known} to {spend.AtWorst} of {budget} altogether");
        }

        return spend.Known > near
            ? new SafetyVerdict.Warning(Id, new Evidence("spend since the launch", spend.Known.ToString(), budget.ToString()))
            : new SafetyVerdict.Clear(Id);

        SafetyVerdict.Breach Breach(string how, Money measured) =>
            new(Id, Remedy.PauseCampaign, new Evidence($"lifetime budget {budget} {how}", measured.ToString(), budget.ToString()));
    }

    /// <summary>The most that may have been spent since the figures were counted.</summary>
    private static Money Unreported(Observation now)
    {
        var reported = now.HighestSpendToday ?? now.Account.Currency.Zero;
        return Exposure.Of(now) is { } worst && worst > reported ? worst - reported : now.Account.Currency.Zero;
    }
}
