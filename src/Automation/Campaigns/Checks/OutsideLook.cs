using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks;

/// <summary>What only the outside can tell about a draft.</summary>
/// <param name="LandingProblem">Why the landing page cannot be reached, in a sentence.</param>
/// <param name="Audiences">The account's custom audiences at the network by name; null when it could not be asked.</param>
public sealed record OutsideFacts(string? LandingProblem, ImmutableArray<string>? Audiences)
{
    public static readonly OutsideFacts None = new(null, null);
}

/// <summary>Asks the outside what a draft's checks want to know, and nothing more than this draft needs.</summary>
public sealed class OutsideLook(ILandingCheck landing, IAdNetworkDirectory networks)
{
    public async Task<OutsideFacts> SeeAsync(CampaignDraft draft, AdAccount? account, CancellationToken cancellationToken)
    {
        var page = draft.Destination is { StoreUrl: null, LandingUrl: not null } to ? to.ClickAddress() : null;
        return new OutsideFacts(
            page is null ? null : await landing.FindProblemAsync(page, cancellationToken),
            draft.CustomAudiences.IsEmpty || account is null ? null : await AudiencesAsync(account, cancellationToken));
    }

    private async Task<ImmutableArray<string>?> AudiencesAsync(AdAccount account, CancellationToken cancellationToken)
    {
        try
        {
            return await networks.For(account, account.Mode).FindAudiencesAsync(account, cancellationToken);
        }
        catch (AdNetworkException)
        {
            return null;
        }
    }
}
