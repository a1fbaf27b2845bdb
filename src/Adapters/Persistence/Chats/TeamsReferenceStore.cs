using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence.Chats;

internal sealed class TeamsReferenceStore(Database database, TimeProvider machine) : ITeamsReferenceStore
{
    /// <summary>What is the same as before is not written anew with every activity.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    private const int MostLookedAt = 1000;
    private const int MostTeams = 100;

    public async Task KeepAsync(TeamsReference reference, CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        await using var db = database.Open();
        var row = await FindAsync(db, reference.Place, cancellationToken);
        var body = Database.Write(row is null ? reference : Joined(Database.Read<TeamsReference>(row.Body), reference));
        if (row is not null && row.Body == body && now - row.At < Fresh)
            return;

        if (row is null)
            db.Add(row = new TeamsReferenceRow { Id = reference.Place.Value, Workspace = WorkspaceId.Local.Value });

        (row.At, row.Body, row.IsClosed) = (now, body, reference.Closed is not null);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (Database.IsTaken(fault))
        {
            // Another activity from there brought it in the same moment.
        }
    }

    public async Task<TeamsReference?> FindAsync(ConversationId place, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var body = await db.Set<TeamsReferenceRow>().Where(row => row.Id == place.Value).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Database.Read<TeamsReference>(body);
    }

    public async Task<TeamsReference?> LatestAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var body = await db.Set<TeamsReferenceRow>().Where(row => !row.IsClosed).OrderByDescending(row => row.At).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Database.Read<TeamsReference>(body);
    }

    public async Task<IReadOnlyList<TeamsReference>> TeamsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var bodies = await db.Set<TeamsReferenceRow>().Where(row => !row.IsClosed && EF.Functions.Like(row.Id, "teams/19:%")).OrderByDescending(row => row.At).Take(MostLookedAt).Select(row => row.Body).ToListAsync(cancellationToken);
        return [.. bodies.Select(Database.Read<TeamsReference>).Where(known => known.Team is not null).DistinctBy(known => known.Team).Take(MostTeams)];
    }

    public async Task CloseAsync(ConversationId place, string why, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await FindAsync(db, place, cancellationToken) is not { } row)
            return;

        (row.Body, row.IsClosed) = (Database.Write(Database.Read<TeamsReference>(row.Body) with { Closed = why }), true);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task CloseTeamAsync(string team, string why, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Set<TeamsReferenceRow>().Where(row => !row.IsClosed && EF.Functions.Like(row.Id, "teams/19:%")).OrderByDescending(row => row.At).Take(MostLookedAt).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (Database.Read<TeamsReference>(row.Body) is var known && known.Team == team)
                (row.Body, row.IsClosed) = (Database.Write(known with { Closed = why }), true);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static Task<TeamsReferenceRow?> FindAsync(CampaignsDb db, ConversationId place, CancellationToken cancellationToken) =>
        db.Set<TeamsReferenceRow>().SingleOrDefaultAsync(row => row.Id == place.Value, cancellationToken);

    private static TeamsReference Joined(TeamsReference before, TeamsReference now) =>
        now with
        {
            User = now.User ?? before.User, Direct = now.Direct ?? before.Direct, Seen = now.Seen ?? before.Seen, Team = now.Team ?? before.Team, HearsAll = now.HearsAll ?? before.HearsAll,
        };
}
