using System.Collections.Immutable;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

/// <summary>What may differ from one world to another, so that nothing can be tuned to one of them.</summary>
/// <param name="Refreshes">How often reports are renewed, in minutes, and at what share of the campaigns.</param>
/// <param name="CreditsClickDay">Results count on the day of their click, not on the day on which they come.</param>
/// <param name="FirstPrice">Who wins an auction pays the own bid, not the second one.</param>
internal sealed record SteppedWorld(string Name, ImmutableArray<(double Share, double Minutes)> Refreshes, bool CreditsClickDay, bool FirstPrice)
{
    public static readonly SteppedWorld Default = new("default", [(.15, 5), (.45, 15), (.25, 30), (.15, 60)], CreditsClickDay: false, FirstPrice: false);

    public static readonly IReadOnlyList<SteppedWorld> All =
    [
        Default,
        Default with { Name = "first-price", FirstPrice = true },
        Default with { Name = "click-day", CreditsClickDay = true },
        Default with { Name = "slow-reports", Refreshes = [(.1, 15), (.3, 30), (.4, 60), (.2, 180)] },
    ];

    /// <param name="draw">From 0 to below 1.</param>
    public double RefreshOf(double draw)
    {
        foreach (var (share, minutes) in Refreshes)
        {
            draw -= share;
            if (draw < 0)
                return minutes;
        }

        return Refreshes[^1].Minutes;
    }
}
