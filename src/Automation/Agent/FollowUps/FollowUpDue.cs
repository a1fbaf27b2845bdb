using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>
/// Finds the moves whose horizon is over: a bid's effect is looked at on the first full day after it, a budget's on the second. One that was moved again before
/// is looked at hour by hour until then. Of a campaign that was paused nothing was expected. Pure.
/// </summary>
public static class FollowUpDue
{
    /// <summary>In fewer hours until the next move nothing can show.</summary>
    internal const int FewestHours = 3;

    /// <summary>Share of a day's results that has to be known before it is held against the days before.</summary>
    private const double KnownShare = .5;

    /// <summary>What could not be told by now never will be. Eight days.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(8);

    public static IReadOnlyList<FollowUp> Of(AgentMemory memory, ForecastTrack track, Observation now) =>
        [.. memory.Moves.Where(move => move.Lever != Lever.Running && !memory.FollowUps.Any(known => known.Lever == move.Lever && known.MovedAt == move.At)).Select(move => Of(move, memory, track, now)).OfType<FollowUp>()];

    private static FollowUp? Of(PastMove move, AgentMemory memory, ForecastTrack track, Observation now)
    {
        var zone = now.Account.Zone();
        var first = AccountDay.At(move.At, zone).Next;
        var day = move.Lever == Lever.DailyBudget ? first.Next : first;
        if (memory.Moves.FirstOrDefault(other => other.Lever == move.Lever && other.At > move.At && other.At < day.End(zone)) is { } next)
            return UntilNext(move, next, day, track, now);

        var forecast = track.Of(ForecastSpan.Day).LastOrDefault(known => known.Foreseen.From == day.Start(zone) && known.Foreseen.MadeAt >= move.At);
        if (forecast is { IsSettled: true, Came: { } came })
        {
            return came.Spend is null
                ? Untold(move, day, came.Because ?? "its figures did not come")
                : Begun(move, day) with
                {
                    Spend = forecast.Foreseen.Spend, SpendCame = came.Spend, Cost = forecast.Foreseen.Cost, CostCame = came.Cost, ResultsCame = came.Results, More = MoreOf(move, day, now),
                };
        }

        return now.Now - move.At > GivenUpAfter ? Untold(move, day, "nothing was expected of that day, or its figures did not come") : null;
    }

    /// <summary>The full hours between two moves, each of which was foreseen with the lever where the first one left it.</summary>
    private static FollowUp? UntilNext(PastMove move, PastMove next, AccountDay day, ForecastTrack track, Observation now)
    {
        var hours = track.Of(ForecastSpan.Hour).Where(hour => hour.Foreseen.From >= move.At && hour.Foreseen.To <= next.At && hour.Foreseen.MadeAt >= move.At && StandsAt(hour, move)).ToList();
        if (hours.Exists(hour => !hour.IsSettled) && now.Now - move.At <= GivenUpAfter)
            return null;

        var known = hours.Where(hour => hour.Came?.Spend is not null).ToList();
        if (known.Count < FewestHours)
            return Untold(move, day, $"{Next(move, next)} {Ages.Of(next.At - move.At)} later, before that could show");

        // Their ranges are added up end by end: hours of one campaign are high and low together.
        return Begun(move, day) with
        {
            Hours = known.Count,
            Spend = Sum(known.Select(hour => hour.Foreseen.Spend)), SpendCame = known.Sum(hour => hour.Came!.Spend!.Value),
            Results = Sum(known.Select(hour => hour.Foreseen.Results)), ResultsCame = known.TrueForAll(hour => hour.Came!.Results is not null) ? known.Sum(hour => hour.Came!.Results!.Value) : null,
        };
    }

    private static string Next(PastMove move, PastMove next) => move.Lever == Lever.Creative ? "another ad was paused" : $"it was moved again, to {next.To},";

    private static bool StandsAt(RunningForecast hour, PastMove move) => move.Lever switch
    {
        Lever.Bid => hour.Bid == move.To.Amount,
        Lever.DailyBudget => hour.Budget == move.To.Amount,
        _ => true,
    };

    private static Estimate? Sum(IEnumerable<Estimate?> parts)
    {
        var all = parts.ToList();
        return all.Contains(null) ? null : new Estimate(all.Sum(one => one!.Low), all.Sum(one => one!.Middle), all.Sum(one => one!.High));
    }

    /// <summary>That day against one before the move, where a difference was expected.</summary>
    private static decimal? MoreOf(PastMove move, AccountDay day, Observation now)
    {
        if (move.Expects is not { More: not null, Result: { } word, Before: { } before } || now.Days.FirstOrDefault(one => one.Day == day) is not { } figures || word.In(figures) is not { } counted)
            return null;

        var zone = now.Account.Zone();
        var known = DelayProfile.Of(word).Known((now.Now - day.Start(zone)).TotalHours, (now.Now - day.End(zone)).TotalHours);
        return known < KnownShare ? null : (counted / (decimal)known) - before;
    }

    private static FollowUp Begun(PastMove move, AccountDay day) => new(move.Lever, move.From, move.To, move.At, day, null, null, null, null, null, null) { Ad = move.Ad, Expects = move.Expects };

    private static FollowUp Untold(PastMove move, AccountDay day, string why) => Begun(move, day) with { Why = why };
}
