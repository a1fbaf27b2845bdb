using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Stores;

/// <summary>Whoever looks at a conversation is told in the order of the log: two that were said at once would else overtake each other, and a page skip one.</summary>
internal sealed class ActivityLogStore(Database database, ConversationHub hub, TimeProvider machine) : IActivityLog
{
    private readonly Turnstile _conversations = new();

    public async Task<LoggedActivity> AppendAsync(
        ConversationId conversation, string id, string? clientId, JsonObject activity, CancellationToken cancellationToken)
    {
        using var turn = await _conversations.EnterAsync(conversation.Value, cancellationToken);
        await using var db = database.Open();
        if (clientId is not null
            && await db.Set<ActivityRow>().FirstOrDefaultAsync(
                row => row.Conversation == conversation.Value && row.ClientId == clientId, cancellationToken) is { } first)
            return Logged(first);

        return await AddAsync(db, conversation, id, clientId, activity, cancellationToken);
    }

    public async Task<LoggedActivity?> ReplaceAsync(
        ConversationId conversation, string id, Func<JsonObject, JsonObject> change, CancellationToken cancellationToken)
    {
        using var turn = await _conversations.EnterAsync(conversation.Value, cancellationToken);
        await using var db = database.Open();
        if (await db.Set<ActivityRow>().FirstOrDefaultAsync(row => row.Conversation == conversation.Value && row.Id == id, cancellationToken) is not { } old)
            return null;

        db.Remove(old);
        return await AddAsync(db, conversation, id, old.ClientId, change(Logged(old).Activity), cancellationToken);
    }

    public async Task<IReadOnlyList<LoggedActivity>> LatestAsync(ConversationId conversation, int count, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<ActivityRow>().AsNoTracking()
            .Where(row => row.Conversation == conversation.Value)
            .OrderByDescending(row => row.Number)
            .Take(count)
            .ToListAsync(cancellationToken);
        return [.. rows.AsEnumerable().Reverse().Select(Logged)];
    }

    public async Task<IReadOnlyList<LoggedActivity>> SinceAsync(ConversationId conversation, long watermark, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<ActivityRow>().AsNoTracking()
            .Where(row => row.Conversation == conversation.Value && row.Number > watermark)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(Logged)];
    }

    private async Task<LoggedActivity> AddAsync(
        CampaignsDb db, ConversationId conversation, string id, string? clientId, JsonObject activity, CancellationToken cancellationToken)
    {
        var row = new ActivityRow
        {
            Workspace = WorkspaceId.Local.Value,
            Conversation = conversation.Value,
            Id = id,
            ClientId = clientId,
            At = machine.GetUtcNow(),
            Body = activity.ToJsonString(),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        var logged = Logged(row);
        hub.Tell(conversation, new ConversationHub.Frame(logged.Activity, logged.Number));
        return logged;
    }

    private static LoggedActivity Logged(ActivityRow row) => new(row.Number, row.Id, JsonNode.Parse(row.Body)!.AsObject());
}
