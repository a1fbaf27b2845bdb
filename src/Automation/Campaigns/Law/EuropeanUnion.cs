using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Law;

/// <summary>The 27 members, as of 2026, by ISO 3166 code.</summary>
public static class EuropeanUnion
{
    public static readonly ImmutableArray<string> Members =
    [
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    ];

    public static bool IsReached(CampaignDraft draft) => draft.Countries.Any(country => Members.Contains(country));

    /// <summary>The Digital Services Act makes the network ask who pays.</summary>
    public static bool AsksForPayer(CampaignDraft draft, NetworkProfile profile) => profile.NamesPayerInEu && IsReached(draft);
}
