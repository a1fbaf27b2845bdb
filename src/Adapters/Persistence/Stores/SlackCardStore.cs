using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class SlackCardStore(Database database, TimeProvider machine) : ISlackCardStore
{
    /// <summary>A card that is posted again is as young as one that is new; it is not written anew each time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    public async Task KeepAsync(string id, string card, ConversationId? direct, CancellationToken cancellationToken)
    {
        if (await IsKeptAsync(id, direct, cancellationToken))
            return;

        await using var db = database.Open();
        db.Add(new ChatCardRow { Id = id, Workspace = WorkspaceId.Local.Value, At = machine.GetUtcNow(), Conversation = direct?.Value, Body = card });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (Database.IsTaken(fault))
        {
            // The same card was kept in the same moment, perhaps for another place.
            await IsKeptAsync(id, direct, cancellationToken);
        }
    }

    private async Task<bool> IsKeptAsync(string id, ConversationId? direct, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        await using var db = database.Open();
        var rows = db.Set<ChatCardRow>().Where(row => row.Id == id);
        if (await rows.Select(row => new { row.At, row.Conversation }).FirstOrDefaultAsync(cancellationToken) is not { } known)
            return false;

        var alone = known.Conversation == direct?.Value ? known.Conversation : null;
        if (now - known.At >= Fresh || alone != known.Conversation)
            await db.InTurnAsync(token => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.At, now).SetProperty(row => row.Conversation, alone), token), cancellationToken);

        return true;
    }

    public async Task<ConversationId?> AloneAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<ChatCardRow>().Where(row => row.Id == id).Select(row => row.Conversation).FirstOrDefaultAsync(cancellationToken) is { } alone ? new ConversationId(alone) : null;
    }

    public async Task<string?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<ChatCardRow>().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
    }
}
