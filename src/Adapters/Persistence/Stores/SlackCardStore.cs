using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class SlackCardStore(Database database, TimeProvider machine) : ISlackCardStore
{
    /// <summary>A card that is posted again is as young as one that is new; it is not written anew each time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    public async Task KeepAsync(string id, string card, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        await using var db = database.Open();
        if (await db.Set<ChatCardRow>().Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.At).FirstOrDefaultAsync(cancellationToken) is { } known)
        {
            if (now - known >= Fresh)
                await db.InTurnAsync(token => db.Set<ChatCardRow>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.At, now), token), cancellationToken);

            return;
        }

        db.Add(new ChatCardRow { Id = id, Workspace = WorkspaceId.Local.Value, At = now, Body = card });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (Database.IsTaken(fault))
        {
            // The same card was kept in the same moment for another place.
        }
    }

    public async Task<string?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<ChatCardRow>().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
    }
}
