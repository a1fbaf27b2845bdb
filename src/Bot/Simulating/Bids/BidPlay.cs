using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>What one policy did with one campaign.</summary>
/// <param name="Errors">ln(true cost ÷ target) at every hour since the start, free of noise.</param>
/// <param name="Score">Expected results × min(1, (target ÷ cost)²), over the judged days.</param>
internal sealed record BidRun(double[] Errors, double Score, IReadOnlyList<(int Step, double From, double To, string Rule)> Moves);

/// <summary>Lets one policy bid for one campaign through its reports.</summary>
internal sealed class BidPlay((ulong Seed, ulong Campaign) draws, SteppedAuction auction, IReadOnlyList<SteppedRefresh> refreshes, SteppedWorld world, int days)
{
    public const int FirstJudgedDay = 8;

    private const int Fine = SteppedMarket.StepsADay / SteppedAuction.StepsADay;
    private const int LongestDelay = 7 * SteppedAuction.StepsADay;

    /// <summary>No network takes a bid that is far from where it began.</summary>
    private const double Least = 0.2;
    private const double Most = 5;

    private readonly double[] _spent = new double[days * SteppedAuction.StepsADay];
    private readonly double[] _shown = new double[days * SteppedAuction.StepsADay];
    private readonly int[] _arrived = new int[days * SteppedAuction.StepsADay];
    private readonly int[] _credited = new int[days];
    private readonly List<(int Arrives, int Day)> _late = [];
    private readonly List<(int, double, double, string)> _moves = [];
    private int _counted;

    public BidRun Run(IBidPolicy policy)
    {
        var errors = new double[days * 24];
        var (bid, score, next) = (auction.StartBid, 0.0, 0);
        var shown = new SteppedRefresh(0, 0, 0, 0, 1, 1);
        for (var step = 0; step < _spent.Length; step++)
        {
            var isNew = step % SteppedAuction.StepsADay == 0;
            for (; next < refreshes.Count && refreshes[next].Poll <= step * Fine; next++)
                (shown, isNew) = (refreshes[next], true);

            if (policy.Decide(View(step, isNew, bid, shown)) is { } moved && Math.Clamp(moved.Bid, Least * auction.StartBid, Most * auction.StartBid) is var to && to != bid)
            {
                _moves.Add((step, bid, to, moved.Rule));
                bid = to;
            }

            var (results, cost, impressions, cpm) = auction.Expect(step, bid);
            if (step % SteppedAuction.StepsAnHour == 0)
                errors[step / SteppedAuction.StepsAnHour] = Math.Log(cost / auction.Traits.TargetCpa);

            if (step >= FirstJudgedDay * SteppedAuction.StepsADay)
                score += results * Math.Min(1, Math.Pow(auction.Traits.TargetCpa / cost, 2));

            Deliver(step, impressions, cpm);
        }

        return new BidRun(errors, score, _moves);
    }

    private void Deliver(int step, double impressions, double cpm)
    {
        var random = RandomStream.At(draws.Seed, draws.Campaign, Purpose.Impressions, step);
        var isFirst = step % SteppedAuction.StepsADay == 0;
        var (spend, shown, results) = auction.Draw(step, impressions, cpm, ref random);
        _spent[step] = (isFirst ? 0 : _spent[step - 1]) + spend;
        _shown[step] = (isFirst ? 0 : _shown[step - 1]) + shown;
        for (; results > 0; results--)
        {
            var delay = (int)(auction.Traits.DrawDelay(ref random) / 5);
            if (delay > LongestDelay || step + delay >= _arrived.Length)
                continue;

            _arrived[step + delay]++;
            if (world.CreditsClickDay)
                _late.Add((step + delay, step / SteppedAuction.StepsADay));
        }
    }

    private BidView View(int step, bool isNew, double bid, in SteppedRefresh shown)
    {
        var day = step / SteppedAuction.StepsADay;
        var (spendAsOf, resultsAsOf) = (shown.SpendAsOf / Fine, Math.Max(0, shown.ResultsAsOf / Fine));
        var (today, before) = spendAsOf / SteppedAuction.StepsADay == day ? (shown.Restated, shown.RestatedBefore) : (1, shown.Restated);
        if (isNew)
            Credit(day, resultsAsOf);

        return new BidView(
            step, isNew, bid, Upto(_spent, day, spendAsOf) * today, day == 0 ? 0 : Upto(_spent, day - 1, spendAsOf) * before,
            _credited[day], day == 0 ? 0 : _credited[day - 1], Upto(_shown, day, spendAsOf), day == 0 ? 0 : Upto(_shown, day - 1, spendAsOf));
    }

    private static double Upto(double[] sums, int day, int step) =>
        step <= day * SteppedAuction.StepsADay ? 0 : sums[Math.Min(step, (day + 1) * SteppedAuction.StepsADay) - 1];

    private void Credit(int day, int asOf)
    {
        if (world.CreditsClickDay)
        {
            foreach (var (_, bought) in _late.Where(late => late.Arrives < asOf))
                _credited[bought]++;

            _late.RemoveAll(late => late.Arrives < asOf);
            return;
        }

        for (; _counted < asOf; _counted++)
            _credited[_counted / SteppedAuction.StepsADay] += _arrived[_counted];
    }
}
