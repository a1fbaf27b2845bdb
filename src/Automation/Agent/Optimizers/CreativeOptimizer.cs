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
/// Pauses the weakest ad on evidence that holds however often somebody looks, or one whose clicks have surely fallen to less than seven tenths of what they were
/// while the others' have not; one that has rested takes its place. Two run on. Networks divide a campaign's money over its ads themselves, so that pausing is
/// what can be told them. Pure.
/// </summary>
public static class CreativeOptimizer
{
    /// <summary>Days differ in who is shown what: an ad runs on so many before it is paused, whatever the evidence.</summary>
    internal const int FewestDays = 3;

    /// <summary>What a move because of tiredness is called on record.</summary>
    public const string Fatigued = "fatigue";

    /// <summary>How long a tired ad rests before it takes a tired one's place. Two weeks.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromDays(14);

    public static Proposal? Propose(Observation now, AgentMemory memory)
    {
        var automation = now.Campaign.Spec.Automation;
        if (!automation.TestCreatives || !automation.PauseUnderperforming || now.Profile.Capabilities.OwnsTheBid || now.Reading is not { } reading)
            return null;

        var running = CreativeWatch.Running(reading.Settings).ToList();
        return Worst(now, memory, reading, running) ?? Tired(memory, reading, running, now.Now);
    }

    /// <summary>Tired ads that run on because no other may take their place: people are asked for a fresh one.</summary>
    public static IReadOnlyList<TiredAd> WithoutSuccessor(Observation now, AgentMemory memory) =>
        now.Campaign.Spec.Automation is { TestCreatives: true } && !now.Profile.Capabilities.OwnsTheBid && now.State == DataState.Fresh && now.Reading is { } reading
        && CreativeWatch.Running(reading.Settings).Count() <= CreativeTest.FewestAlive && Rested(memory, reading, now.Now) is null
            ? memory.Clicks?.Tired(reading) ?? []
            : [];

    private static Proposal? Worst(Observation now, AgentMemory memory, PerformanceReading reading, List<NetworkAd> running)
    {
        if (memory.Creatives is not { } watch || running.Count <= CreativeTest.FewestAlive)
            return null;

        return watch.Batches >= FewestDays && watch.Worst.FirstOrDefault(known => running.Exists(ad => ad.Id.Value == known.Name)) is { } worst
            ? Pause(reading, running, worst.Name, Because(worst, ResultWord.Of(now.Campaign), reading.Settings.DailyBudget.Currency), "creative")
            : null;
    }

    private static Proposal? Tired(AgentMemory memory, PerformanceReading reading, List<NetworkAd> running, DateTimeOffset now)
    {
        if (memory.Clicks?.Tired(reading) is not [var tired, ..])
            return null;

        var next = Rested(memory, reading, now);
        return running.Count > CreativeTest.FewestAlive || next is not null ? Pause(reading, running, tired.Name, Because(tired), Fatigued) with { Next = next } : null;
    }

    private static Proposal Pause(PerformanceReading reading, List<NetworkAd> running, string name, string because, string by)
    {
        var (ad, budget) = (running.First(one => one.Id.Value == name), reading.Settings.DailyBudget);
        return new Proposal(Lever.Creative, Step.Towards(budget.Currency.Zero, budget * (1m / running.Count)), budget.Currency.Zero, because, by) { Ad = new AdNamed(ad.Id, ad.Name) };
    }

    /// <summary>
    /// The ad that the agent itself let rest the longest ago because it was tired, and that has not run since: one that a person let run and paused again stays paused.
    /// </summary>
    private static AdNamed? Rested(AgentMemory memory, PerformanceReading reading, DateTimeOffset now) => reading.Settings.Ads
        .Where(ad => ad.Status == NetworkStatus.Paused && memory.RestsSince(ad.Id) is { } since && now - since >= Rest)
        .OrderBy(ad => memory.RestsSince(ad.Id))
        .Select(ad => new AdNamed(ad.Id, ad.Name))
        .FirstOrDefault();

    /// <summary>"it was clicked 1.2 % of the times it was shown in its first days and 0.6 % in the last 3, …".</summary>
    public static string Because(TiredAd tired) => string.Create(
        CultureInfo.InvariantCulture,
        $"it was clicked {tired.First.Rate * 100:0.##} % of the times it was shown in its first days and {tired.Now.Rate * 100:0.##} % on the last {tired.Days}, the others {tired.OthersFirst.Rate * 100:0.##} % and {tired.OthersNow.Rate * 100:0.##} % then: {tired.Left * 100:0} % is left of it; {Seen(tired.Frequency)}");

    private static string Seen(double? frequency) => frequency is { } times
        ? string.Create(CultureInfo.InvariantCulture, $"a person saw it {times:0.#} times in a week")
        : "how often a person saw it the network does not say";

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
