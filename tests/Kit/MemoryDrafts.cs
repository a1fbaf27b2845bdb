using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

public sealed class MemoryDrafts : IDraftStore
{
    private readonly Dictionary<DraftId, CampaignDraft> _drafts = [];

    /// <summary>Drafts can be read and not deleted.</summary>
    public bool Locked { get; set; }

    public Task<CampaignDraft?> FindAsync(DraftId draft, CancellationToken cancellationToken) => Task.FromResult(_drafts.GetValueOrDefault(draft));

    public Task<IReadOnlyList<CampaignDraft>> OfAsync(PersonId owner, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CampaignDraft>>([.. _drafts.Values.Where(draft => draft.Owner == owner).OrderByDescending(draft => draft.ChangedAt)]);

    public Task<IReadOnlyList<CampaignDraft>> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CampaignDraft>>([.. _drafts.Values.Where(draft => !draft.Shelved)]);

    public Task<CampaignDraft> SaveAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (_drafts.TryGetValue(draft.Id, out var present) && present.Version != draft.Version)
            throw new StaleException("The draft");

        return Task.FromResult(_drafts[draft.Id] = draft with { Version = draft.Version + 1 });
    }

    public Task DeleteAsync(DraftId draft, CancellationToken cancellationToken)
    {
        if (Locked)
            throw new IOException("database is locked");

        _drafts.Remove(draft);
        return Task.CompletedTask;
    }
}
