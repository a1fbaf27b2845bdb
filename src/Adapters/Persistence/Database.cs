using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Opens a unit of work on the configured engine, and knows how records are written as JSON.</summary>
/// <param name="open">Whether its saves give way to all others.</param>
/// <param name="look">For one that only reads; made once and used again, since making one costs as much as a small query. What writes is never used twice.</param>
internal sealed class Database(Func<bool, CampaignsDb> open, Func<CampaignsDb> look)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static Database Of(DbContextOptions<SqliteCampaignsDb> options, WriterTurns turns) => new(
        canWait => new SqliteCampaignsDb(options) { CanWait = canWait, Turns = turns }, new PooledDbContextFactory<SqliteCampaignsDb>(options).CreateDbContext);

    public static Database Of(DbContextOptions<PostgresCampaignsDb> options) => new(
        canWait => new PostgresCampaignsDb(options) { CanWait = canWait }, new PooledDbContextFactory<PostgresCampaignsDb>(options).CreateDbContext);

    public CampaignsDb Open() => open(false);

    /// <summary>For much data that nobody waits for: stops and what people do go first.</summary>
    public CampaignsDb OpenToWait() => open(true);

    /// <summary>Whether a save failed because its key stands there already, and not because nothing can be written: two codes of SQLite, one of the standard.</summary>
    public static bool IsTaken(DbUpdateException fault) =>
        fault.InnerException is SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } or DbException { SqlState: "23505" };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, Json)
        ?? throw new InvalidOperationException($"A stored {typeof(T).Name} is empty.");

    public async Task<T?> FindAsync<TRow, T>(string id, CancellationToken cancellationToken) where TRow : DocumentRow where T : class
    {
        await using var db = look();
        var body = await db.Set<TRow>().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Read<T>(body);
    }

    /// <summary>Records of the rows that a query picks, in its order.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<TRow, T>(Func<IQueryable<TRow>, IQueryable<TRow>> pick, CancellationToken cancellationToken)
        where TRow : DocumentRow
    {
        await using var db = look();
        var bodies = await pick(db.Set<TRow>().AsNoTracking()).Select(row => row.Body).ToListAsync(cancellationToken);
        return [.. bodies.Select(Read<T>)];
    }
}
