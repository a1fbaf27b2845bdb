using System.Collections.Frozen;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>The 27 members, as of 2026, by ISO 3166 code.</summary>
public static class EuropeanUnion
{
    private static readonly FrozenSet<string> Members = new[]
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    }.ToFrozenSet();

    public static bool IsReached(CampaignDraft draft) => draft.Countries.Any(Members.Contains);

    /// <summary>The Digital Services Act makes the network ask who pays.</summary>
    public static bool AsksForPayer(CampaignDraft draft, NetworkProfile profile) => profile.NamesPayerInEu && IsReached(draft);
}
