using System.Collections.Frozen;

namespace ChatOpsCampaigns.Automation.Campaigns.Law;

/// <summary>Countries under comprehensive sanctions of the United States and the European Union, as of 2026, by ISO 3166 code: no network delivers there.</summary>
public static class Sanctions
{
    private static readonly FrozenSet<string> Countries = new[] { "CU", "IR", "KP", "SY" }.ToFrozenSet();

    public static bool Reach(string country) => Countries.Contains(country);
}
