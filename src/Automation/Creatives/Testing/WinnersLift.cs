namespace ChatOpsCampaigns.Automation.Creatives.Testing;

/// <summary>
/// How much better than the others the best one will go on to be: less than it looks, since the one that looked best was also lucky.
/// Its rate is drawn towards that of all as if so many impressions of the common rate had been seen too. Pure.
/// </summary>
public static class WinnersLift
{
    /// <summary>Impressions' worth of belief in the common rate of a test, for click rates.</summary>
    public const double Concentration = 2_000;

    /// <summary>As a share: .1 is ten per cent more. Null where nothing can be said.</summary>
    public static double? Of(Tally winner, Tally others)
    {
        var all = winner + others;
        if (winner.Tried <= 0 || others.Tried <= 0 || all.Won <= 0)
            return null;

        return (Drawn(winner, all.Rate) / Drawn(others, all.Rate)) - 1;
    }

    private static double Drawn(Tally own, double common) => (own.Won + (Concentration * common)) / (own.Tried + Concentration);
}
