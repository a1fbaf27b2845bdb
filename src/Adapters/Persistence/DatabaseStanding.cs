using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>How far the database is from what this version of the program needs.</summary>
/// <param name="Waiting">Changes of its tables that are still to be made.</param>
/// <param name="Unknown">Changes that were made and that this version does not know: a newer one made them.</param>
/// <param name="IsNew">It has no tables yet.</param>
internal sealed record MigrationStanding(IReadOnlyList<string> Waiting, IReadOnlyList<string> Unknown, bool IsNew)
{
    /// <summary>What to do about <see cref="OfANewer"/>.</summary>
    public const string RunTheNewer = "Run that version, or restore the copy from before the upgrade.";

    public bool IsDone => Waiting.Count + Unknown.Count == 0;

    /// <summary>What is said of a database that a newer version brought up to date; null for any other.</summary>
    public string? OfANewer => Unknown.Count == 0 ? null : $"was brought up to date by a newer version ({Unknown[^1]})";
}

/// <summary>Looks at the database without changing it.</summary>
internal sealed class DatabaseStanding(Database database)
{
    public async Task<MigrationStanding> MigrationsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        var known = db.Database.GetMigrations().ToList();
        return new MigrationStanding([.. known.Except(applied)], [.. applied.Except(known)], applied.Count == 0);
    }

    /// <summary>Takes the right to write and gives it back; throws when it cannot be had.</summary>
    public async Task TryWritingAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM \"Settings\" WHERE \"Name\" = 'nothing of this name'", cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
    }

    /// <summary>Whether every page of an SQLite file is whole; null for a server, which looks after its own files.</summary>
    public async Task<string?> DamageAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (!db.Database.IsSqlite())
            return null;

        var verdict = await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken);
        return verdict is ["ok"] ? null : verdict.FirstOrDefault() ?? "nothing was answered";
    }
}
