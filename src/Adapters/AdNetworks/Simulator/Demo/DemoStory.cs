using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;

/// <summary>One move of a lever in the past.</summary>
internal sealed record DemoMove(DateTimeOffset At, Lever Lever, Money From, Money To, string Because);

/// <summary>One stop in the past.</summary>
/// <param name="Rule">The rule that saw it.</param>
/// <param name="ResumedAt">Null: left stopped.</param>
internal sealed record DemoStop(DateTimeOffset FaultAt, DateTimeOffset StoppedAt, DateTimeOffset? ResumedAt, MarketFault Fault, double Factor, string Rule);

/// <summary>What happened to a demonstration campaign from its launch until now, in the market's events and in words.</summary>
internal sealed class DemoStory
{
    private const int DaysBetweenMoves = 6;
    private const int RunawayDaysAgo = 20;
    private const int OutageDaysAgo = 5;
    private const int PausedDaysAgo = 9;

    /// <summary>Steps of the agent, in turn; bids stay above the true cost, so that delivery goes on.</summary>
    private static readonly (Lever Lever, decimal Factor, Func<ResultWord, string> Because)[] Steps =
    [
        (Lever.Bid, 0.96m, result => $"{result.Many} cost less than the target for three days"),
        (Lever.DailyBudget, 1.08m, _ => "the return holds above its floor and the curve is not flat yet"),
        (Lever.Bid, 1.03m, _ => "delivery fell behind the plan"),
        (Lever.DailyBudget, 0.95m, result => $"the last raise brought fewer {result.Many} for its money than before"),
    ];

    public DemoStory(DemoDraft draft, DateTimeOffset now)
    {
        Draft = draft;
        Budget = draft.Order.DailyBudget;
        Bid = draft.Bid;
        Moves = [.. MovesOf(now)];
        Stop = StopOf(now);
        PausedAt = draft.Plan.Ending == DemoEnding.PausedByPerson ? DayHour(now, PausedDaysAgo, 17) : null;
    }

    public DemoDraft Draft { get; }

    public IReadOnlyList<DemoMove> Moves { get; }

    public DemoStop? Stop { get; }

    public DateTimeOffset? PausedAt { get; }

    /// <summary>As it stands now.</summary>
    public Money Budget { get; private set; }

    public Money? Bid { get; private set; }

    public IReadOnlyList<Change> Changes()
    {
        var created = Draft.LaunchedAt.AddMinutes(-4);
        var ad = new ExternalId($"{Draft.Id}/1");
        var events = new List<MarketEvent>();
        if (Draft.Profile.TakesCreatives)
            events.Add(new MarketEvent.AdAdded(created.AddMinutes(1), ad, $"{Draft.Plan.Name} 1", null));

        events.Add(new MarketEvent.Activated(Draft.LaunchedAt, null));
        events.AddRange(Moves.Select(move => (MarketEvent)(move.Lever == Lever.Bid
            ? new MarketEvent.BidSet(move.At, move.To)
            : new MarketEvent.BudgetSet(move.At, move.To))));
        if (PausedAt is { } paused)
            events.Add(new MarketEvent.Paused(paused));

        events.AddRange(EventsOfStop());
        Change Happened(MarketEvent happened) =>
            new(Draft.Account.Id, null, happened is MarketEvent.AdAdded ? ad : Draft.Id, Draft.Id, null, happened);

        return
        [
            new Change(Draft.Account.Id, Draft.Order.Key, Draft.Id, null, new CreatedCampaign(Draft.Campaign, Draft.Order, Draft.Bid, created), null),
            .. events.OrderBy(happened => happened.At).Select(Happened),
        ];
    }

    private IEnumerable<MarketEvent> EventsOfStop()
    {
        if (Stop is not { } stop)
            yield break;

        yield return new MarketEvent.FaultStarted(stop.FaultAt, stop.Fault, stop.Factor, stop.StoppedAt);
        yield return new MarketEvent.Paused(stop.StoppedAt);
        if (stop.ResumedAt is { } resumed)
            yield return new MarketEvent.Activated(resumed, null);
    }

    private IEnumerable<DemoMove> MovesOf(DateTimeOffset now)
    {
        if (!Draft.Plan.ByAgent)
            yield break;

        var step = 0;
        for (var day = Draft.Plan.DaysAgo - DaysBetweenMoves; day > 1; day -= DaysBetweenMoves)
        {
            var (lever, factor, because) = Steps[step++ % Steps.Length];
            if (lever == Lever.Bid && Bid is null)
                continue;

            var from = lever == Lever.Bid ? Bid!.Value : Budget;
            var to = (from * factor).Rounded();
            if (lever == Lever.Bid)
                Bid = to;
            else
                Budget = to;

            yield return new DemoMove(DayHour(now, day, 11), lever, from, to, because(Draft.Market.Result));
        }
    }

    private DemoStop? StopOf(DateTimeOffset now) => Draft.Plan.Ending switch
    {
        DemoEnding.RanAwayAndResumed => new DemoStop(
            DayHour(now, RunawayDaysAgo, 13), DayHour(now, RunawayDaysAgo, 13).AddMinutes(27), DayHour(now, RunawayDaysAgo, 14).AddMinutes(18),
            MarketFault.Runaway, 5, "spend-acceleration"),
        DemoEnding.LeftStopped => new DemoStop(
            DayHour(now, OutageDaysAgo, 8), DayHour(now, OutageDaysAgo, 19), null, MarketFault.Outage, 1, "zero-conversions"),
        DemoEnding.Runs or DemoEnding.PausedByPerson => null,
        var other => throw new InvalidOperationException($"{other} has no story."),
    };

    private DateTimeOffset DayHour(DateTimeOffset now, int daysAgo, int hour)
    {
        var day = new AccountDay(Draft.Account.DayAt(now).Date.AddDays(-daysAgo));
        return day.Start(Draft.Account.Zone()).AddHours(hour);
    }
}
