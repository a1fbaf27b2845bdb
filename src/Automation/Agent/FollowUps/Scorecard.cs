using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.FollowUps;

/// <summary>Of one currency: what the agent took from budgets, and added to them.</summary>
public sealed record MovedMoney(Money Cut, Money Added);

/// <summary>How days were foreseen: ours beside the naive rule that tomorrow spends what today did, on the same days.</summary>
/// <param name="Ours">Sum of the distances over the sum of what came; null where nothing came.</param>
public sealed record ForecastRecord(int Known, int Inside, decimal? Ours, decimal? Naive, int Compared);

/// <summary>What the emergency monitor stopped, and what people said of it.</summary>
public sealed record StopRecord(int Stops, int Right, int False, int Unjudged);

/// <summary>The agent's record over a workspace.</summary>
/// <param name="Judged">Moves of which what was expected and what came can be held against each other.</param>
public sealed record Scorecard(
    int BidMoves, int BudgetMoves, int AdMoves, ImmutableArray<MovedMoney> Money, int Judged, int Within, int Untold, StopRecord Stops, ForecastRecord Hours, ForecastRecord Days, int Overrides);

/// <summary>Adds the record up from what is kept of each campaign, without asking any network.</summary>
public sealed class ScorecardReader(ICampaignStore campaigns, AgentMemories memories, ForecastBook forecasts, IIncidentStore incidents)
{
    /// <summary>So many incidents back are counted.</summary>
    private const int LookedBack = 500;

    public async Task<Scorecard> ReadAsync(Person reader, CancellationToken cancellationToken)
    {
        var (moves, told, tracks, overrides) = (new List<PastMove>(), new List<FollowUp>(), new List<ForecastTrack>(), 0);
        foreach (var campaign in (await campaigns.AllAsync(reader.Workspace, cancellationToken)).Where(campaign => reader.Sees(campaign.Account)))
        {
            var memory = await memories.OfAsync(campaign, cancellationToken);
            moves.AddRange(memory.Moves);
            told.AddRange(memory.FollowUps);
            tracks.Add(await forecasts.OfAsync(campaign.Id, cancellationToken));
            overrides += campaign.Overrides.Length;
        }

        var stops = (await incidents.LatestAsync(reader.Workspace, LookedBack, cancellationToken)).Where(incident => incident is { Remedy: Remedy.PauseCampaign, IsShared: false } && incident.IsShownTo(reader)).ToList();
        return new Scorecard(
            moves.Count(move => move.Lever == Lever.Bid), moves.Count(move => move.Lever == Lever.DailyBudget), moves.Count(move => move.Lever == Lever.Creative), Moved(moves),
            told.Count(one => one.Within is not null), told.Count(one => one.Within == true), told.Count(one => one.Within is null),
            new StopRecord(stops.Count, stops.Count(stop => stop.JudgedRight == true), stops.Count(stop => stop.JudgedRight == false), stops.Count(stop => stop.JudgedRight is null)),
            Record(tracks, ForecastSpan.Hour), Record(tracks, ForecastSpan.Day), overrides);
    }

    private static ImmutableArray<MovedMoney> Moved(IEnumerable<PastMove> moves) =>
    [
        .. moves.Where(move => move.Lever == Lever.DailyBudget)
            .GroupBy(move => move.To.Currency)
            .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new MovedMoney(
                group.Where(move => move.To < move.From).Aggregate(group.Key.Zero, (sum, move) => sum + (move.From - move.To)),
                group.Where(move => move.To > move.From).Aggregate(group.Key.Zero, (sum, move) => sum + (move.To - move.From)))),
    ];

    private static ForecastRecord Record(IReadOnlyList<ForecastTrack> tracks, ForecastSpan span)
    {
        var pairs = tracks.SelectMany(track => track.Pairs(span, forecast => forecast.Spend, came => came.Spend)).ToList();
        var score = ForecastScore.Of(pairs);
        var compared = tracks.SelectMany(track => Compared(track, span)).ToList();
        var sum = compared.Sum(one => one.Came);
        return new ForecastRecord(
            score.Known, score.Inside, sum > 0 ? compared.Sum(one => Math.Abs(one.Came - one.Ours)) / sum : score.Error,
            sum > 0 ? compared.Sum(one => Math.Abs(one.Came - one.Naive)) / sum : null, compared.Count);
    }

    /// <summary>Stretches whose predecessor is known too: what the naive rule would have said is what came before.</summary>
    private static IEnumerable<(decimal Ours, decimal Naive, decimal Came)> Compared(ForecastTrack track, ForecastSpan span)
    {
        var all = track.Of(span).ToList();
        foreach (var (before, forecast) in all.Zip(all.Skip(1)))
        {
            if (before.Foreseen.To == forecast.Foreseen.From && before.Came?.Spend is { } naive && forecast.Came?.Spend is { } came)
                yield return (forecast.Foreseen.Spend.Middle, naive, came);
        }
    }
}
