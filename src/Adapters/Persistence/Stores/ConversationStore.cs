using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class ConversationStore(Database database, TimeProvider machine) : IConversationStore
{
    public async Task<ConversationState?> FindAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var body = await db.Set<ConversationRow>().Where(row => row.Id == conversation.Value).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Database.Read<ConversationState>(body);
    }

    public async Task SaveAsync(ConversationState state, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Set<ConversationRow>().SingleOrDefaultAsync(known => known.Id == state.Conversation.Value, cancellationToken);
        if (row is null)
            db.Add(row = new ConversationRow { Id = state.Conversation.Value, Workspace = WorkspaceId.Local.Value });

        row.Person = state.Person.Value;
        row.Body = Database.Write(state);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ConversationState>> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var bodies = await db.Set<ConversationRow>().Where(row => row.Person == person.Value).Select(row => row.Body).ToListAsync(cancellationToken);
        return [.. bodies.Select(Database.Read<ConversationState>)];
    }

    public async Task<IReadOnlyList<(ConversationId Conversation, MessageId Message)>> PostsAsync(string subject, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<PostRow>().AsNoTracking().Where(row => row.Subject == subject).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (new ConversationId(row.Conversation), new MessageId(row.Message)))];
    }

    public async Task<bool> TakesPartAsync(ConversationId thread, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Set<ConversationRow>().AnyAsync(row => row.Id == thread.Value, cancellationToken))
            return true;

        var (channel, message) = thread.Value.LastIndexOf('/') is var at and > 0 ? (thread.Value[..at], thread.Value[(at + 1)..]) : (thread.Value, "");
        return await db.Set<PostRow>().AnyAsync(row => row.Conversation == channel && row.Message == message, cancellationToken);
    }

    public async Task KeepPostAsync(string subject, ConversationId conversation, MessageId message, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Set<PostRow>().SingleOrDefaultAsync(
            known => known.Subject == subject && known.Conversation == conversation.Value, cancellationToken);
        if (row is null)
            db.Add(row = new PostRow { Subject = subject, Conversation = conversation.Value, Workspace = WorkspaceId.Local.Value });

        row.Message = message.Value;
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> TryClaimTurnAsync(string turnId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();

        // Begun before a crash and not ended: taken up again. What it does is keyed, so that doing it twice changes nothing.
        if (await IsDoneAsync(db, turnId, cancellationToken) is { } done)
            return !done;

        db.Add(new TurnRow { Id = turnId, Workspace = WorkspaceId.Local.Value, At = machine.GetUtcNow(), Claimed = true, Done = true });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException fault) when (Database.IsTaken(fault))
        {
            // Somebody else claimed it in the same moment; or it was kept only now, since a stop does not wait for that.
            return await IsDoneAsync(db, turnId, cancellationToken) == false;
        }
    }

    private static Task<bool?> IsDoneAsync(CampaignsDb db, string turnId, CancellationToken cancellationToken) =>
        db.Set<TurnRow>().Where(row => row.Id == turnId).Select(row => (bool?)row.Done).FirstOrDefaultAsync(cancellationToken);
}
