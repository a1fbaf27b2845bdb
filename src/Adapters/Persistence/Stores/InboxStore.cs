using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

internal sealed class InboxStore(Database database) : IInbox
{
    private readonly Turnstile _turns = new();

    public async Task<bool> AddAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        using var entered = await _turns.EnterAsync(turn.Id, cancellationToken);
        await using var db = database.Open();
        if (await db.Set<TurnRow>().AnyAsync(row => row.Id == turn.Id, cancellationToken))
            return false;

        db.Add(new TurnRow
        {
            Workspace = WorkspaceId.Local.Value,
            Person = turn.Person.Value,
            Id = turn.Id,
            Conversation = turn.Conversation.Value,
            At = turn.At,
            Body = Database.Write(turn),
        });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<ChatTurn>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var bodies = await db.Set<TurnRow>().AsNoTracking().Where(row => !row.Done).OrderBy(row => row.Number).Select(row => row.Body).ToListAsync(cancellationToken);
        return [.. bodies.Select(Database.Read<ChatTurn>)];
    }

    public async Task DoneAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.InTurnAsync(
            token => db.Set<TurnRow>().Where(row => row.Id == turn.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Done, true), token), cancellationToken);
    }
}
