namespace ChatOpsCampaigns.Kit;

/// <summary>How many cases a property is tried with: ten times as many with <c>scripts/test.sh --long</c>, which sets <c>CAMPAIGNS_LONG</c>.</summary>
public static class Cases
{
    private static readonly int Times = Environment.GetEnvironmentVariable("CAMPAIGNS_LONG") is { Length: > 0 } ? 10 : 1;

    /// <summary>For laws of plain arithmetic and of pure decisions: 100,000.</summary>
    public static readonly int OfArithmetic = 100_000 * Times;

    /// <summary>For whole scenes with a network and stores in memory: 1,000.</summary>
    public static readonly int OfScenes = 1_000 * Times;
}
