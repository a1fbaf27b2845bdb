using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class DraftStore(Database database) : IDraftStore
{
    public Task<CampaignDraft?> FindAsync(DraftId draft, CancellationToken cancellationToken) =>
        database.FindAsync<DraftRow, CampaignDraft>(draft.Value, cancellationToken);

    public Task<IReadOnlyList<CampaignDraft>> OfAsync(PersonId owner, CancellationToken cancellationToken) =>
        database.ListAsync<DraftRow, CampaignDraft>(
            rows => rows.Where(row => row.Person == owner.Value).OrderByDescending(row => row.At), cancellationToken);

    public async Task<IReadOnlyList<CampaignDraft>> OpenAsync(CancellationToken cancellationToken) =>
        [.. (await database.ListAsync<DraftRow, CampaignDraft>(rows => rows.OrderBy(row => row.At), cancellationToken)).Where(draft => !draft.Shelved)];

    public async Task<CampaignDraft> SaveAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Set<DraftRow>().SingleOrDefaultAsync(known => known.Id == draft.Id.Value, cancellationToken);
        if ((row?.Version ?? 0) != draft.Version)
            throw new StaleException("The draft");

        if (row is null)
            db.Add(row = new DraftRow { Id = draft.Id.Value });

        var saved = draft with { Version = draft.Version + 1 };
        row.Workspace = draft.Workspace.Value;
        row.AdAccount = draft.Account?.Value;
        row.Person = draft.Owner.Value;
        row.At = draft.ChangedAt;
        row.Version = saved.Version;
        row.Body = Database.Write(saved);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return saved;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new StaleException("The draft");
        }
    }

    public async Task DeleteAsync(DraftId draft, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Set<DraftRow>().Where(row => row.Id == draft.Value).ExecuteDeleteAsync(cancellationToken);
    }
}
