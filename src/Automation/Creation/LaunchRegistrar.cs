using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>Puts a checked draft on the list of campaigns, once, and has its creation begun.</summary>
public sealed class LaunchRegistrar(
    PlannedCampaign planned, IDraftStore drafts, ICampaignStore campaigns, AccountMemory memory, LaunchQueue queue) : IDisposable
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

            var (wanted, account) = await planned.OfAsync(draft, by, cancellationToken);
            await memory.KeepAsync(account, draft, cancellationToken);
            var campaign = await AddAsync(wanted, cancellationToken);
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

    /// <summary>A launch that is told not to have been kept may stand there all the same: then it goes on.</summary>
    private async Task<Campaign> AddAsync(Campaign wanted, CancellationToken cancellationToken)
    {
        try
        {
            return await campaigns.AddAsync(wanted, Entry, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (await campaigns.FindAsync(wanted.Id, cancellationToken) is not { } kept)
                throw;

            return kept;
        }
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
