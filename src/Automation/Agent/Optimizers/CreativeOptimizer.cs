using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Optimizers;

/// <summary>
/// Pauses the weakest ad on evidence that holds however often somebody looks, and only while two others run: networks divide a campaign's money over its ads
/// themselves, so that pausing is what can be told them. Pure.
/// </summary>
public static class CreativeOptimizer
{
    /// <summary>Days differ in who is shown what: an ad runs on so many before it is paused, whatever the evidence.</summary>
    internal const int FewestDays = 3;

    public static Proposal? Propose(Observation now, AgentMemory memory)
    {
        var campaign = now.Campaign;
        if (!campaign.Spec.Automation.TestCreatives || now.Profile.Capabilities.OwnsTheBid || memory.Creatives is not { } watch || now.Reading is not { } reading)
            return null;

        var running = CreativeWatch.Running(reading.Settings).ToList();
        if (running.Count <= CreativeTest.FewestAlive)
            return null;

        if (watch.Batches < FewestDays || watch.Worst.FirstOrDefault(known => running.Exists(ad => ad.Id.Value == known.Name)) is not { } worst)
            return null;

        var ad = running.First(one => one.Id.Value == worst.Name);
        var budget = reading.Settings.DailyBudget;
        return new Proposal(Lever.Creative, Step.Towards(budget.Currency.Zero, budget * (1m / running.Count)), budget.Currency.Zero, Because(worst, ResultWord.Of(campaign), budget.Currency), "creative")
        {
            Ad = new AdNamed(ad.Id, ad.Name),
        };
    }

    /// <summary>What the comparison knows, for people.</summary>
    public static string Says(CreativeWatch watch, ResultWord result, Currency currency)
    {
        if (watch.Test.Alive.Where(one => one.Seen.Tried > 0).MaxBy(one => one.Evidence.Worse) is not { } worst)
            return "no day has compared its ads yet: it takes a finished day on which all of them ran";

        var others = Tally.Of(watch.Test.Alive.Where(other => other.Name != worst.Name).Select(other => other.Seen));
        var needed = (watch.Test.Creatives.Length - 1) / CreativeTest.Alpha;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Ages.Days(watch.Batches)} compared {watch.Test.Alive.Count()} ads; the weakest brought {Figures(worst.Seen, others, result, currency)}, and the evidence against it is {Math.Exp(Math.Min(20, worst.Evidence.Worse)):0.#} of the {needed:0} that it takes");
    }

    private static string Because(WorstAd worst, ResultWord result, Currency currency) => string.Create(
        CultureInfo.InvariantCulture,
        $"it brought {Figures(worst.Own, worst.Others, result, currency)} on {Ages.Days(worst.Days)} on which all ran; that it does no worse has a chance below {CreativeTest.Alpha * 100:0} %, however often it is looked at");

    private static string Figures(Tally own, Tally others, ResultWord result, Currency currency) =>
        $"{result.Counted(Math.Round((decimal)own.Won))} for {currency.Of((decimal)own.Tried).Rounded()}, the others {result.Counted(Math.Round((decimal)others.Won))} for {currency.Of((decimal)others.Tried).Rounded()}";
}
