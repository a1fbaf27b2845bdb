using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>The campaign that a checked draft becomes, with what is expected of it.</summary>
public sealed class PlannedCampaign(DraftChecks checks, IAdNetworkDirectory networks, IPredictor predictor, CampaignClock clock)
{
    /// <summary>And the account that it runs in.</summary>
    public async Task<(Campaign Campaign, AdAccount Account)> OfAsync(CampaignDraft draft, PersonId by, CancellationToken cancellationToken)
    {
        var account = await checks.GetAccountAsync(draft, cancellationToken);
        var spec = SpecOfDraft.From(draft, account);
        var profile = networks.Profile(spec.Network);
        var now = clock.GetUtcNow();

        var campaign = new Campaign(
            new CampaignId(draft.Id.Value), draft.Workspace, "", spec, account.Mode, CampaignStatus.Launching, NetworkIds.None,
            spec.Budget.Daily(SpecOfDraft.Days(spec.Schedule, now, account.Zone())).Rounded(), SpecOfDraft.FirstBid(spec, profile), now, by)
        {
            Conversation = draft.Conversation,
            HoursByUs = !spec.Schedule.Hours.IsEmpty && !profile.Capabilities.Dayparting,
            Predictions = await predictor.PredictAsync(draft, cancellationToken),
            Overrides = draft.Overrides,
        };
        return (campaign, account);
    }
}
