using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public sealed class AuditChainTests : IAsyncLifetime
{
    private TemporaryStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await TemporaryStore.NewAsync(Cancel);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task An_untouched_chain_is_intact_also_after_a_restart()
    {
        await WriteAsync(150);

        var verdict = await _store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Entries.ShouldBe(150);
        verdict.CannotSee.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE Audit SET Body = replace(Body, 'says 7', 'says 8') WHERE Number = 7", 7)]
    [InlineData("UPDATE Audit SET Person = 'local:eve' WHERE Number = 7", 7)]
    [InlineData("DELETE FROM Audit WHERE Number = 7", 7)]
    [InlineData("UPDATE Audit SET Number = CASE Number WHEN 7 THEN -8 WHEN 8 THEN -7 END WHERE Number IN (7, 8); UPDATE Audit SET Number = -Number WHERE Number < 0", 7)]
    [InlineData("DELETE FROM Audit WHERE Number > 90", 91)]
    public async Task Tampering_is_found_at_its_first_entry(string sql, long firstBad)
    {
        await WriteAsync(120);
        await ExecuteAsync(sql);

        (await _store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(firstBad);
    }

    [Fact]
    public async Task Yesterdays_copy_is_found_by_the_checkpoints()
    {
        await WriteAsync(110);
        SqliteConnection.ClearAllPools();
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        File.Copy(_store.Folder.Database, _store.Folder.Database + ".yesterday");
        await WriteAsync(100);
        SqliteConnection.ClearAllPools();
        await ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        File.Copy(_store.Folder.Database + ".yesterday", _store.Folder.Database, overwrite: true);

        var verdict = await _store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeFalse();
        verdict.Says.ShouldContain("older copy");
    }

    [Fact]
    public async Task Without_checkpoints_it_says_what_it_cannot_see()
    {
        await WriteAsync(5);
        File.Delete(_store.Folder.Checkpoints);

        (await _store.AuditAgain().VerifyAsync(Cancel)).CannotSee.ShouldContain("a shortened chain");
    }

    [Fact]
    public async Task Fifty_writers_at_once_make_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => WriteAsync(4)));

        var verdict = await _store.Audit.VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Entries.ShouldBe(200);
    }

    [Fact]
    public void The_key_is_made_once_and_readable_by_its_owner_alone()
    {
        var first = new AuditKey(_store.Folder, null).Value;

        new AuditKey(_store.Folder, null).Value.ShouldBe(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(_store.Folder.Keys, "audit.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task WriteAsync(int entries)
    {
        for (var number = 0; number < entries; number++)
        {
            await _store.Audit.AppendAsync(
                new AuditEntry(WorkspaceId.Local, null, null, FakePeople.Ana.Id, "setting", $"says {number + 1}", new JsonObject { ["number"] = number }), Cancel);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = _store.Again().Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}
