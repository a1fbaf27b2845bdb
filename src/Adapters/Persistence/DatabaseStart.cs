using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Persistence;

/// <summary>Brings the database up to date and looks whether it is whole, before anything else uses it.</summary>
internal sealed class DatabaseStart(Database database, DataFolder folder)
{
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Path);
        await using var db = database.Open();
        await ForgetDeadMigrationAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);

        var verdict = await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken);
        if (verdict is not ["ok"])
            throw new InvalidOperationException($"{folder.Database} is damaged ({verdict.FirstOrDefault()}). Restore a copy, or move the file away to begin anew.");
    }

    /// <summary>A process killed in the middle of a migration leaves its lock row, and every later one would wait for ever. We hold the data folder, so nobody else migrates.</summary>
    private static async Task ForgetDeadMigrationAsync(CampaignsDb db, CancellationToken cancellationToken)
    {
        var exists = await db.Database
            .SqlQueryRaw<long>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (exists > 0)
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\";", cancellationToken);
    }
}
