using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>Puts a checked draft on the list of campaigns, once, and has its creation begun.</summary>
public sealed class LaunchRegistrar(
    DraftChecks checks, IDraftStore drafts, ICampaignStore campaigns, IAdNetworkDirectory networks, IPredictor predictor, IAuditTrail audit,
    AccountMemory memory, LaunchQueue queue, CampaignClock clock) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The campaign that a draft became: it keeps the draft's id, so that launching twice finds the first.</summary>
    public Task<Campaign?> FindAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
        FindAsync(draft.Id, cancellationToken);

    public Task<Campaign?> FindAsync(DraftId draft, CancellationToken cancellationToken) => campaigns.FindAsync(new CampaignId(draft.Value), cancellationToken);

    /// <summary>Has a launch that was begun before go on, should a fault have kept it from that.</summary>
    public async Task<Campaign?> FindBegunAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (await FindAsync(draft, cancellationToken) is not { } begun)
            return null;

        queue.Add(begun.Id);
        await drafts.DeleteAsync(draft.Id, cancellationToken);
        return begun;
    }

    public async Task<Campaign> RegisterAsync(CampaignDraft draft, PersonId by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (await FindBegunAsync(draft, cancellationToken) is { } already)
                return already;

            await memory.KeepAsync(await checks.GetAccountAsync(draft, cancellationToken), draft, cancellationToken);
            var wanted = await NewAsync(draft, by, cancellationToken);
            await audit.AppendAsync(Entry(wanted), cancellationToken);
            var campaign = await campaigns.AddAsync(wanted, cancellationToken);
            queue.Add(campaign.Id);
            await drafts.DeleteAsync(draft.Id, cancellationToken);
            return campaign;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<Campaign> NewAsync(CampaignDraft draft, PersonId by, CancellationToken cancellationToken)
    {
        var account = await checks.GetAccountAsync(draft, cancellationToken);
        var spec = SpecOfDraft.From(draft, account);
        var profile = networks.Profile(spec.Network);
        var now = clock.GetUtcNow();

        return new Campaign(
            new CampaignId(draft.Id.Value), draft.Workspace, "", spec, account.Mode, CampaignStatus.Launching, NetworkIds.None,
            spec.Budget.Daily(SpecOfDraft.Days(spec.Schedule, now, account.Zone())).Rounded(), SpecOfDraft.FirstBid(spec, profile), now, by)
        {
            Conversation = draft.Conversation,
            HoursByUs = !spec.Schedule.Hours.IsEmpty && !profile.Capabilities.Dayparting,
            Predictions = await predictor.PredictAsync(draft, cancellationToken),
            Overrides = draft.Overrides,
        };
    }

    private static AuditEntry Entry(Campaign campaign) => new(
        campaign.Workspace, campaign.Account, campaign.Id, campaign.CreatedBy, "launch", $"launch of \"{campaign.Name}\" begun",
        new JsonObject
        {
            ["spec"] = JsonSerializer.SerializeToNode(campaign.Spec),
            ["mode"] = campaign.Mode.ToString(),
            ["overrides"] = JsonSerializer.SerializeToNode(campaign.Overrides),
        });
}
