namespace ChatOpsCampaigns.Automation.Agent.Curves;

/// <summary>
/// How much better or worse a campaign does these days than its curve says: a level that goes back to 1 within some days, followed
/// from one finished day to the next with as much weight as the day's count deserves. Immutable, and kept as it is.
/// </summary>
/// <param name="Log">Its logarithm; 0 is as the curve says.</param>
/// <param name="Variance">How uncertain that is.</param>
public readonly record struct LevelTrack(double Log, double Variance)
{
    /// <summary>What is left of a difference a day later.</summary>
    private const double Stays = .9;

    /// <summary>How much levels differ (standard deviation of the log).</summary>
    private const double Spread = .15;

    /// <summary>Counts spread more than chance by this share of their mean.</summary>
    private const double MoreSpread = .02;

    public static readonly LevelTrack Unknown = new(0, Spread * Spread);

    /// <summary>What can be expected of the next days.</summary>
    public double Ahead => Math.Exp(Stays * Log);

    /// <summary>With one more finished day, of which the curve expected so many results.</summary>
    public LevelTrack With(double results, double expected)
    {
        if (!(expected > 0) || !(results >= 0) || !double.IsFinite(results + expected))
            return this;

        var (log, variance) = (Stays * Log, (Stays * Stays * Variance) + (Spread * Spread * (1 - (Stays * Stays))));
        var noise = (1 / (expected + .5)) + MoreSpread;
        var weight = variance / (variance + noise);
        return new LevelTrack(log + (weight * (Math.Log((results + .5) / (expected + .5)) - log)), variance * (1 - weight));
    }
}
