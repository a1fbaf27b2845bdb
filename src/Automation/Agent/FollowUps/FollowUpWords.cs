using ChatOpsCampaigns.Automation.Agent.Effects;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>What really happened, next to what was expected.</summary>
public static class FollowUpWords
{
    public static string Action(FollowUp told) => $"what came of {TurnWords.Move(new Proposal(told.Lever, told.From, told.To, "", "") { Ad = told.Ad })}";

    /// <summary>"on 2026-03-03 one install was expected to cost $10.20–$13.90 and cost $12.80 (41 installs); spend expected $430–$520, came $525: as expected".</summary>
    public static string Of(FollowUp told, ResultWord result)
    {
        if (told.Why is { } why)
            return $"cannot be told: {why}";

        var currency = told.To.Currency;
        var when = told.Hours is { } hours ? $"in the {hours} full hours until it was moved again" : $"on {told.Day}";
        var cost = told.Cost is { } expected
            ? told.CostCame is { } came
                ? $"{result.Each} was expected to cost {Range(expected, currency)} and cost {currency.Of(came).Rounded()} ({result.Counted(told.ResultsCame ?? 0)}); "
                : $"{result.Each} was expected to cost {Range(expected, currency)}, and too few came to tell; "
            : "";
        return $"{when} {Change(told)}{cost}{Counted(told, result)}spend expected {Range(told.Spend!, currency)}, came {currency.Of(told.SpendCame!.Value).Rounded()}: {(told.Within == true ? "as expected" : "NOT as expected")}";
    }

    private static string Change(FollowUp told) => told is { More: { } came, Expects: { More: { } expected, Before: { } before, Result: { } word } }
        ? $"{EffectWords.Signed(came)} {word.Many} came next to {word.Counted(Math.Round(before, 1))} a day before, expected {EffectWords.Signed(expected.Low)} to {EffectWords.Signed(expected.High)} in the mean, and one day alone differs by {Math.Ceiling(told.Chance)}; "
        : "";

    private static string Counted(FollowUp told, ResultWord result) => (told.Results, told.ResultsCame) is ({ } expected, { } came)
        ? $"{expected.Low:0}–{expected.High:0} {result.Many} expected, {came:0.#} came; "
        : "";

    private static string Range(Estimate estimate, Currency currency) => $"{currency.Of(estimate.Low)}–{currency.Of(estimate.High)}";
}
