namespace ChatOpsCampaigns.Kit;

/// <summary>How many cases a property is tried with: ten times as many with <c>scripts/test.sh --long</c>, which sets <c>CAMPAIGNS_LONG</c>.</summary>
public static class Cases
{
    /// <summary>The suite runs with <c>--long</c>.</summary>
    public static readonly bool IsLong = Environment.GetEnvironmentVariable("CAMPAIGNS_LONG") is { Length: > 0 };

    /// <summary>100,000; a million with <c>--long</c>.</summary>
    public static readonly int OfLaws = IsLong ? 1_000_000 : 100_000;

    /// <summary>10,000; ten times as many with <c>--long</c>: of what plays days of the whole safety net in every case.</summary>
    public static readonly int OfScenes = OfLaws / 10;
}
