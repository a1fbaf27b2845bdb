using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>The policies of the bid experiment by their names.</summary>
internal static class BidPolicies
{
    public const string Agent = "agent";
    public const string Human = "human";
    public const string Oracle = "oracle";

    public static readonly IReadOnlyList<string> All = [Agent, "brief", "rules30", Human, "none", Oracle];

    public static IBidPolicy Of(string name, SteppedAuction auction) => name switch
    {
        Agent => new AgentBids(auction),
        "brief" => new BriefBids(auction.Traits.TargetCpa),
        "rules30" => new DaysBids(auction.Traits.TargetCpa, SteppedAuction.StepsADay / 2),
        Human => new DaysBids(auction.Traits.TargetCpa, SteppedAuction.StepsADay),
        Oracle => new OracleBids(auction),
        _ => new StillBids(),
    };

    private sealed class StillBids : IBidPolicy
    {
        public (double, string)? Decide(in BidView view) => null;
    }

    /// <summary>Knows the auction, and sets every hour what meets the target.</summary>
    private sealed class OracleBids(SteppedAuction auction) : IBidPolicy
    {
        public (double, string)? Decide(in BidView view) =>
            view.Step % SteppedAuction.StepsAnHour == 0 ? (auction.BidFor(view.Step, auction.Traits.TargetCpa), "oracle") : null;
    }
}

/// <summary>The product document's controller to the letter, every five minutes, in balanced mode.</summary>
internal sealed class BriefBids(double target) : IBidPolicy
{
    private const double Hours = 5.0 / 60;
    private const double Least = 0.05;
    private const double Most = 0.25;

    private double _sum;
    private double _last;

    public (double, string)? Decide(in BidView view)
    {
        // It divides by the results of today; with none there is nothing to divide by.
        if (view.Results == 0)
            return null;

        var error = (view.Spend / view.Results) - target;
        _sum += error * Hours;
        var change = (-0.3 * error / target) - (0.1 * _sum / target) - (0.2 * (error - _last) / Hours);
        _last = error;
        change = Math.Clamp(change, -Most, Most);
        return Math.Abs(change) > Least ? (view.Bid * (1 + change), "pid") : null;
    }
}

/// <summary>Somebody who looks at the last three finished days: a tenth up or down when they cost a fifth less or more than the target.</summary>
internal sealed class DaysBids(double target, int every) : IBidPolicy
{
    private const int Nine = 9 * SteppedAuction.StepsAnHour;
    private const int Days = 3;
    private const double Tolerance = 0.2;
    private const double Step = 0.1;

    private readonly Queue<(double Spend, int Results)> _days = new();
    private int _day;

    public (double, string)? Decide(in BidView view)
    {
        if (view.Day != _day)
        {
            _day = view.Day;
            _days.Enqueue((0, 0));
            if (_days.Count > Days)
                _days.Dequeue();
        }

        if ((view.StepOfDay - Nine) % every != 0 || view.Day == 0)
            return null;

        var finished = _days.SkipLast(1).Append((Spend: view.SpendYesterday, Results: view.ResultsYesterday)).ToList();
        _days.Clear();
        finished.ForEach(_days.Enqueue);
        var (spend, results) = (finished.Sum(day => day.Spend), finished.Sum(day => day.Results));
        if (spend <= 0)
            return null;

        var ratio = results == 0 ? double.MaxValue : spend / results / target;
        return ratio > 1 + Tolerance ? (view.Bid * (1 - Step), "days") : ratio < 1 - Tolerance ? (view.Bid * (1 + Step), "days") : null;
    }
}
