namespace ChatOpsCampaigns.Kit;

/// <summary>How many cases a property is tried with: ten times as many with <c>scripts/test.sh --long</c>, which sets <c>CAMPAIGNS_LONG</c>.</summary>
public static class Cases
{
    private static readonly int Times = Environment.GetEnvironmentVariable("CAMPAIGNS_LONG") is { Length: > 0 } ? 10 : 1;

    /// <summary>100,000; a million with <c>--long</c>.</summary>
    public static readonly int OfLaws = 100_000 * Times;
}
