using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

/// <summary>A renewal of a campaign's report.</summary>
/// <param name="At">When the network shows it, in steps.</param>
/// <param name="Poll">The first look that sees it.</param>
/// <param name="SpendAsOf">Up to which step its money counts.</param>
/// <param name="ResultsAsOf">Up to which step its results count.</param>
/// <param name="Restated">What is left of its day's spend after corrections.</param>
/// <param name="RestatedBefore">The same of the day before.</param>
internal readonly record struct SteppedRefresh(double At, int Poll, int SpendAsOf, int ResultsAsOf, double Restated, double RestatedBefore);

/// <summary>When the report of one campaign is renewed and how far it then reaches: between two renewals every look gets the same.</summary>
internal static class SteppedReports
{
    private const double Jitter = 0.15;
    private const double LeastLag = 0.2;
    private const double MostLag = 0.6;
    private const double RestatedAtOnce = 0.01;
    private const double LeastLeft = 0.97;

    /// <param name="into">Is emptied first.</param>
    public static void Fill(List<SteppedRefresh> into, ulong seed, ulong campaign, SteppedTraits traits, IReadOnlyList<SteppedFault?> faults, int days)
    {
        into.Clear();
        var random = RandomStream.At(seed, campaign, Purpose.Reporting);
        var interval = traits.RefreshMinutes * 60 / SteppedMarket.StepSeconds;
        var hold = (int)(traits.ConversionHold * 60 / SteppedMarket.StepSeconds);
        var at = random.Uniform(0, interval);
        var (day, restated, before) = (0, 1.0, 1.0);
        while (at < days * SteppedMarket.StepsADay)
        {
            if (faults[Math.Min(days - 1, (int)at / SteppedMarket.StepsADay)] is { Kind: FaultKind.Freeze } freeze && at >= freeze.From && at < freeze.Until)
                at = freeze.Until;

            var asOf = Math.Max(0, (int)(at - (interval * random.Uniform(LeastLag, MostLag))));
            var left = random.Uniform() < RestatedAtOnce ? random.Uniform(LeastLeft, 1) : 1;
            if (asOf / SteppedMarket.StepsADay != day)
                (day, before, restated) = (asOf / SteppedMarket.StepsADay, restated, 1);

            restated *= left;
            var fault = faults[Math.Min(days - 1, (int)at / SteppedMarket.StepsADay)];
            Add(into, new SteppedRefresh(Math.Max(at, Seen(at, fault) - 1), Seen(at, fault), asOf, asOf - hold, restated, before), days);

            at += interval * random.Uniform(1 - Jitter, 1 + Jitter);
        }
    }

    /// <summary>What a network that does not answer would show is seen when it does again.</summary>
    private static int Seen(double at, SteppedFault? fault)
    {
        var poll = (int)Math.Ceiling(at);
        return fault is { Kind: FaultKind.ApiGap } gap && poll >= gap.From && poll < gap.Until ? gap.Until : poll;
    }

    private static void Add(List<SteppedRefresh> into, SteppedRefresh refresh, int days)
    {
        if (refresh.Poll >= days * SteppedMarket.StepsADay)
            return;

        if (into.Count > 0 && into[^1].Poll == refresh.Poll)
            into[^1] = refresh;
        else
            into.Add(refresh);
    }
}
