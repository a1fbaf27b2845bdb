using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>What really happened, next to what was expected.</summary>
public static class FollowUpWords
{
    public static string Action(FollowUp told) => $"what came of {TurnWords.Move(new Proposal(told.Lever, told.From, told.To, "", ""))}";

    /// <summary>"on 2026-03-03 one install was expected to cost $10.20–$13.90 and cost $12.80 (41 installs); spend expected $430–$520, came $525: as expected".</summary>
    public static string Of(FollowUp told, ResultWord result)
    {
        if (told.Why is { } why)
            return $"cannot be told: {why}";

        var currency = told.To.Currency;
        var cost = told.Cost is { } expected
            ? told.CostCame is { } came
                ? $"{result.Each} was expected to cost {Range(expected, currency)} and cost {currency.Of(came).Rounded()} ({result.Counted(told.ResultsCame ?? 0)}); "
                : $"{result.Each} was expected to cost {Range(expected, currency)}, and too few came to tell; "
            : "";
        return $"on {told.Day} {cost}spend expected {Range(told.Spend!, currency)}, came {currency.Of(told.SpendCame!.Value)}: {(told.Within == true ? "as expected" : "NOT as expected")}";
    }

    private static string Range(Estimate estimate, Currency currency) => $"{currency.Of(estimate.Low)}–{currency.Of(estimate.High)}";
}
