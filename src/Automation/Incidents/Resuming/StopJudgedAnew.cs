using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>
/// The rule that stopped a campaign because of its spend, asked again about the moment of the stop: once with what was reported then, and once with what is known
/// by now to have been spent on that day. It was a false stop only where the first is the breach that it was and the second is none: a worst case that did not come,
/// or figures that the network took back. Pure.
/// </summary>
internal static class StopJudgedAnew
{
    /// <summary>Rules of spend whose stop may rest on more than was spent.</summary>
    public static readonly IReadOnlyList<RuleId> Rules = [new("daily-spend-cap"), new("spend-acceleration")];

    /// <param name="seen">What is known now, with the readings from before the stop.</param>
    /// <returns>What the stop did not know, as a sentence; null where it would be made again, or nobody can tell.</returns>
    public static string? Says(Incident stop, Observation seen)
    {
        if (!IsAllIn(stop, seen) || SafetyRules.All.FirstOrDefault(rule => rule.Id == stop.Cause) is not { } rule)
            return null;

        ImmutableArray<KeptReading> before = [.. seen.History.Add(new KeptReading(seen.Campaign.Id, seen.Reading!.ReadAt, seen.Reading)).Where(kept => kept.ReadAt <= stop.OpenedAt)];
        if (before.IsEmpty || Of(seen, before[^1].Reading.Today.Day) is not { } known)
            return null;

        // What is paused by now ran then.
        var last = before[^1].Reading with { Settings = before[^1].Reading.Settings with { Status = NetworkStatus.Active } };
        var then = At(stop.OpenedAt, seen, before[..^1], last);
        var complete = last with { ReadAt = stop.OpenedAt, DataAsOf = last.DataAsOf is null ? null : stop.OpenedAt, Today = known };
        var now = At(stop.OpenedAt, seen, [.. before.Select(kept => kept with { Reading = AtMost(kept.Reading, known) })], complete);
        var panel = new SafetyPanel([rule]);
        return panel.Judge(then)[0] is SafetyVerdict.Breach && panel.Judge(now)[0] is SafetyVerdict.Clear or SafetyVerdict.Warning
            ? $"{known.Spend} is what was spent on the day of the stop, now that all of it is reported ({last.Today.Spend} was reported then, and it was stopped for {stop.Evidence.Measure} {stop.Evidence.Measured}): with that it would not have been stopped"
            : null;
    }

    /// <summary>What was spent until the pause is in the figures.</summary>
    private static bool IsAllIn(Incident stop, Observation seen) => seen is { State: DataState.Fresh, FailuresInARow: 0, Reading: { } reading }
        && (reading.DataAsOf ?? seen.Now - seen.Profile.UsualReportAge.Value) >= (stop.ConfirmedAt ?? stop.OpenedAt);

    /// <summary>The newest figures of a day.</summary>
    public static DayFigures? Of(Observation seen, AccountDay day) => seen.Reading switch
    {
        { } reading when reading.Today.Day == day => reading.Today,
        { Yesterday: { } yesterday } when yesterday.Day == day => yesterday,
        _ => seen.Days.FirstOrDefault(known => known.Day == day),
    };

    private static Observation At(DateTimeOffset at, Observation seen, ImmutableArray<KeptReading> history, PerformanceReading reading) => seen with
    {
        Now = at, State = DataState.Fresh, StateBecause = null, FailuresInARow = 0, UnseenSince = null, Reading = reading, History = history,
        Days = [.. seen.Days.Where(day => day.Day < reading.Today.Day)],
        Spent = seen.Spent.RemoveRange(seen.Spent.Keys.Where(day => day >= reading.Today.Day)),
    };

    /// <summary>A figure that the network took back was never spent.</summary>
    private static PerformanceReading AtMost(PerformanceReading reading, DayFigures known) =>
        reading.Today.Day == known.Day && reading.Today.Spend > known.Spend ? reading with { Today = reading.Today with { Spend = known.Spend } } : reading;
}
