using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;

/// <summary>Where a click leads, and what the network needs to count results, by its own profile.</summary>
internal sealed class DestinationIsComplete : IDraftCheck
{
    public IEnumerable<DraftProblem> Check(CampaignDraft draft, DraftSurroundings around) => Missing(draft, around).Concat(Wrong(draft, around));

    private static IEnumerable<DraftProblem> Missing(CampaignDraft draft, DraftSurroundings around)
    {
        var needs = draft is { Type: { } type, Objective: { } objective }
            ? around.Profile?.FindObjective(type, objective)?.Needs ?? DestinationNeeds.None
            : DestinationNeeds.None;
        var to = draft.Destination;

        if (needs.HasFlag(DestinationNeeds.StoreUrl) && to.StoreUrl is null)
            yield return Problem.Blocks(nameof(draft.Destination), "The app's address in its store is missing, for example https://apps.apple.com/app/id1234567890.");

        if (needs.HasFlag(DestinationNeeds.Os) && to.Os is null && draft.TargetOs is null)
            yield return Problem.Blocks("Destination.Os", "The system is missing: say ios or android.");

        if (needs.HasFlag(DestinationNeeds.LandingUrl) && to.LandingUrl is null && to.StoreUrl is null)
            yield return Problem.Blocks(nameof(draft.Destination), "The address where a click leads is missing, for example https://example.com/offer.");

        if (needs.HasFlag(DestinationNeeds.Pixel) && to.Pixel is null)
            yield return Problem.Blocks("Destination.Pixel", $"{around.Profile!.Title} counts these results by a pixel or conversion event: say \"pixel 123456\".");

        if (needs.HasFlag(DestinationNeeds.LeadForm) && to.LeadForm is null)
            yield return Problem.Blocks("Destination.LeadForm", $"{around.Profile!.Title} collects leads with a form: say \"form 123456\".");
    }

    private static IEnumerable<DraftProblem> Wrong(CampaignDraft draft, DraftSurroundings around)
    {
        var to = draft.Destination;
        if (OfStore(to.StoreUrl) is { } store && (to.Os ?? draft.TargetOs) is { } os && store != os)
            yield return Problem.Blocks("Destination.Os", $"{to.StoreUrl} is an address of the {AppStores.StoreName(store)}, and the campaign is for {AppStores.OsName(os)}: say {AppStores.OsName(store).ToLowerInvariant()}, or the app's address in the {AppStores.StoreName(os)}.");
        else if (OfStore(to.StoreUrl) is { } from && draft.TargetOs is { } shown && shown != from)
            yield return Problem.Blocks("Destination.Os", $"The app is in the {AppStores.StoreName(from)}, and it would be shown on {AppStores.OsName(shown)}: say {AppStores.OsName(from).ToLowerInvariant()}.");
    }

    private static DeviceOs? OfStore(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? AppStores.OsOf(uri) : null;
}
