using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>What only the engine in a file has.</summary>
public sealed class SqliteTests() : StoreSuite(Engine.Sqlite)
{
    [Fact]
    public async Task A_commit_is_on_the_disk_before_it_counts()
    {
        await using var db = Store.Database.Open();

        (await db.Database.SqlQueryRaw<long>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Cancel)).ShouldBe(2);
        (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync(Cancel)).ShouldBe("wal");
    }

    [Fact]
    public async Task A_turn_that_cannot_be_written_is_not_taken_for_one_that_somebody_else_has()
    {
        await using (var db = Store.Database.Open())
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER refuses BEFORE INSERT ON Turns BEGIN SELECT RAISE(ABORT, 'the disk is full'); END", Cancel);

        await Should.ThrowAsync<DbUpdateException>(() => new ConversationStore(Store.Database, Store.Machine).TryClaimTurnAsync("t-1", Cancel));
    }

    [Fact]
    public async Task A_locked_database_is_given_up_after_seconds_and_not_half_a_minute()
    {
        await using var other = new SqliteConnection($"Data Source={Store.Folder.Database}");
        await other.OpenAsync(Cancel);
        await using (var begin = other.CreateCommand())
        {
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync(Cancel);
        }

        await using var db = Store.Database.Open();
        db.Database.GetDbConnection().ConnectionString.ShouldContain("Default Timeout=2");
        db.Add(new SettingRow { Workspace = "local", Name = "x", Body = "{}" });
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task Yesterdays_copy_is_found_by_the_checkpoints()
    {
        await WriteAsync(110);
        SqliteConnection.ClearAllPools();
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        File.Copy(Store.Folder.Database, Store.Folder.Database + ".yesterday");
        await WriteAsync(100);
        SqliteConnection.ClearAllPools();
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        File.Copy(Store.Folder.Database + ".yesterday", Store.Folder.Database, overwrite: true);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeFalse();
        verdict.Says.ShouldContain("older copy");
    }

    [Fact]
    public async Task What_deleted_rows_took_goes_back_to_the_disk_in_parts()
    {
        await FillAndEmptyAsync(Store.Database);
        var before = await SizeAsync();

        var parts = 0;
        await using var db = Store.Database.Open();
        while (await db.GiveSpaceBackAsync(Cancel))
            parts++;

        parts.ShouldBeGreaterThan(0);
        (await SizeAsync()).ShouldBeLessThan(before / 2);
    }

    [Fact]
    public async Task A_file_from_before_that_could_not_shrink_can_after_the_next_start()
    {
        await ExecuteAsync("PRAGMA auto_vacuum=NONE; VACUUM;");
        SqliteConnection.ClearAllPools();
        await FillAndEmptyAsync(Store.Again());
        (await LongAsync("SELECT auto_vacuum AS Value FROM pragma_auto_vacuum")).ShouldBe(0);

        await new DatabaseStart(Store.Again(), Store.Folder).PrepareAsync(Cancel);

        (await LongAsync("SELECT auto_vacuum AS Value FROM pragma_auto_vacuum")).ShouldBe(2);
        (await LongAsync("SELECT freelist_count AS Value FROM pragma_freelist_count")).ShouldBe(0);
    }

    /// <summary>Some 30 MB.</summary>
    private static async Task FillAndEmptyAsync(Database database)
    {
        await using var db = database.Open();
        var body = new string('x', 100_000);
        db.AddRange(Enumerable.Range(0, 300).Select(_ => new FeedRow { Body = body }));
        await db.SaveChangesAsync(Cancel);
        await db.Set<FeedRow>().ExecuteDeleteAsync(Cancel);
    }

    private Task<long> SizeAsync() => LongAsync("SELECT page_count AS Value FROM pragma_page_count");

    private async Task<long> LongAsync(string sql)
    {
        await using var db = Store.Again().Open();
        return await db.Database.SqlQueryRaw<long>(sql).SingleAsync(Cancel);
    }

    private async Task WriteAsync(int entries)
    {
        for (var number = 0; number < entries; number++)
        {
            await Store.Audit.AppendAsync(
                new AuditEntry(WorkspaceId.Local, null, null, FakePeople.Ana.Id, "setting", $"says {number + 1}", new JsonObject()), Cancel);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Store.Again().Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}
