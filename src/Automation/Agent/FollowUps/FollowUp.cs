using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>What a move of the agent's was expected to come to, and what came, on the day that its horizon ends with.</summary>
/// <param name="MovedAt">Of the move, which its lever and this name.</param>
/// <param name="Cost">What a result was expected to cost; null where it could not be told, and then the spend is judged.</param>
/// <param name="Why">Why nothing can be told; null where something can.</param>
public sealed record FollowUp(
    Lever Lever, Money From, Money To, DateTimeOffset MovedAt, AccountDay Day, Estimate? Spend, decimal? SpendCame, Estimate? Cost, decimal? CostCame, decimal? ResultsCame, string? Why)
{
    /// <summary>Whether it came as expected; null where it cannot be told.</summary>
    public bool? Within => (Cost, CostCame) is ({ } cost, { } came) ? Inside(cost, came)
        : (Spend, SpendCame) is ({ } spend, { } spent) ? Inside(spend, spent)
        : null;

    private static bool Inside(Estimate expected, decimal came) => came >= expected.Low && came <= expected.High;
}

/// <summary>Finds the moves whose horizon is over: a bid's effect is looked at on the first full day after it, a budget's on the second; of a campaign that was paused nothing was expected. Pure.</summary>
public static class FollowUpDue
{
    /// <summary>What could not be told by now never will be. Eight days.</summary>
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(8);

    public static IReadOnlyList<FollowUp> Of(AgentMemory memory, ForecastTrack track, DateTimeOffset now, TimeZoneInfo zone) =>
        [.. memory.Moves.Where(move => move.Lever != Lever.Running && !memory.FollowUps.Any(known => known.Lever == move.Lever && known.MovedAt == move.At)).Select(move => Of(move, memory, track, now, zone)).OfType<FollowUp>()];

    private static FollowUp? Of(PastMove move, AgentMemory memory, ForecastTrack track, DateTimeOffset now, TimeZoneInfo zone)
    {
        var first = AccountDay.At(move.At, zone).Next;
        var day = move.Lever == Lever.DailyBudget ? first.Next : first;
        var end = day.End(zone);
        if (memory.Moves.Any(other => other.Lever == move.Lever && other.At > move.At && other.At < end))
            return Untold(move, day, "it was moved again before that could show");

        var forecast = track.Of(ForecastSpan.Day).LastOrDefault(known => known.Foreseen.From == day.Start(zone) && known.Foreseen.MadeAt >= move.At);
        if (forecast is { IsSettled: true, Came: { } came })
        {
            return came.Spend is null
                ? Untold(move, day, came.Because ?? "its figures did not come")
                : new FollowUp(move.Lever, move.From, move.To, move.At, day, forecast.Foreseen.Spend, came.Spend, forecast.Foreseen.Cost, came.Cost, came.Results, null);
        }

        return now - move.At > GivenUpAfter ? Untold(move, day, "nothing was expected of that day, or its figures did not come") : null;
    }

    private static FollowUp Untold(PastMove move, AccountDay day, string why) => new(move.Lever, move.From, move.To, move.At, day, null, null, null, null, null, why);
}
