using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>What the network shows of one campaign at a turn.</summary>
/// <param name="Step">Steps of five minutes since the start.</param>
/// <param name="IsNew">A renewed report, or a new day.</param>
internal readonly record struct BidView(int Step, bool IsNew, double Bid, double Spend, double SpendYesterday, int Results, int ResultsYesterday, double Impressions, double ImpressionsYesterday)
{
    public int Day => Step / SteppedAuction.StepsADay;

    public int StepOfDay => Step % SteppedAuction.StepsADay;
}

/// <summary>Somebody who sets the bid of one campaign.</summary>
internal interface IBidPolicy
{
    /// <summary>The bid from now on, with its reason; null to leave it.</summary>
    (double Bid, string Rule)? Decide(in BidView view);
}
