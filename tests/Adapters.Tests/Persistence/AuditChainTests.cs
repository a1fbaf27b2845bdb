// Long because every way in which a chain can be broken is tried against one suite on both engines.
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class AuditChainTests(Engine engine) : StoreSuite(engine)
{
    [Proves(121)]
    [Fact]
    public async Task An_untouched_chain_is_intact_also_after_a_restart()
    {
        await WriteAsync(150);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Entries.ShouldBe(150);
        verdict.CannotSee.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""UPDATE "Audit" SET "Body" = replace("Body", 'says 7', 'says 8') WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "Person" = 'local:eve' WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "At" = "At" + 1 WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "Workspace" = 'other' WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "AdAccount" = 'meta' WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "Campaign" = 'c-1' WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "Hash" = 'f' || substr("Hash", 1, 63) WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "PreviousHash" = '' WHERE "Number" = 7""", 7)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" = 7""", 7)]
    [InlineData("""UPDATE "Audit" SET "Number" = CASE "Number" WHEN 7 THEN -8 WHEN 8 THEN -7 END WHERE "Number" IN (7, 8); UPDATE "Audit" SET "Number" = -"Number" WHERE "Number" < 0""", 7)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" > 90""", 91)]
    [InlineData("""UPDATE "Audit" SET "Number" = -"Number" - 1 WHERE "Number" > 6; UPDATE "Audit" SET "Number" = -"Number" WHERE "Number" < 0; INSERT INTO "Audit" ("Number", "At", "Workspace", "AdAccount", "Person", "Campaign", "Body", "PreviousHash", "Hash") SELECT 7, "At", "Workspace", "AdAccount", "Person", "Campaign", replace("Body", 'says 6', 'says forged'), "Hash", "Hash" FROM "Audit" WHERE "Number" = 6""", 7)]
    [InlineData("""INSERT INTO "Audit" ("Number", "At", "Workspace", "AdAccount", "Person", "Campaign", "Body", "PreviousHash", "Hash") SELECT 121, "At", "Workspace", "AdAccount", "Person", "Campaign", "Body", "Hash", "Hash" FROM "Audit" WHERE "Number" = 120""", 121)]
    public async Task Tampering_is_found_at_its_first_entry(string sql, long firstBad)
    {
        await WriteAsync(120);
        await ExecuteAsync(sql);

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(firstBad);
    }

    [Fact]
    public async Task A_tail_that_is_written_again_without_the_key_is_found()
    {
        await WriteAsync(120);
        await WrittenAgainAsync(109, 11, Convert.ToBase64String(new byte[32]));

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(110);
    }

    [Fact]
    public async Task A_tail_that_is_written_again_with_the_key_is_found_where_a_checkpoint_saw_it()
    {
        await WriteAsync(120);
        await WrittenAgainAsync(94, 26, key: null);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);

        (verdict.FirstBad, verdict.Says.Contains("checkpoint")).ShouldBe((100, true));
    }

    [Fact]
    public async Task Entries_that_are_cut_off_are_found_also_when_the_program_writes_on()
    {
        await WriteAsync(120);
        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 90""");
        using var restarted = Store.AuditAgain();
        await WriteAsync(15, restarted);

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(100);
    }

    [Fact]
    public async Task Entries_that_are_cut_off_under_the_running_program_are_found_where_no_checkpoint_has_seen_them()
    {
        await WriteAsync(120);
        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 110""");
        await WriteAsync(1);

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(111);
    }

    [Fact]
    public async Task Two_programs_that_write_by_turns_chain_to_each_other()
    {
        using var other = Store.AuditAgain();
        await WriteAsync(2);
        await WriteAsync(2, other);
        await WriteAsync(2);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);
        (verdict.Entries, verdict.Intact).ShouldBe((6, true));
    }

    [Fact]
    public async Task What_no_checkpoint_has_seen_is_counted_and_said()
    {
        await WriteAsync(120);
        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 110""");

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeTrue();
        verdict.Says.ShouldBe(
            "110 entries, each as it was written. 10 since the last checkpoint at 2026-03-02 12:00 (UTC): a cut-off there could not be seen.");
    }

    [Proves(121)]
    [Fact]
    public async Task Entries_before_a_quiet_time_are_cut_off_in_vain_once_an_hour_has_passed()
    {
        await WriteAsync(8);
        await OverdueAsync(TimeSpan.FromMinutes(61));
        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 3""");

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(4);
    }

    [Fact]
    public async Task Quiet_hours_make_no_checkpoints()
    {
        await WriteAsync(8);
        for (var hour = 0; hour < 5; hour++)
            await OverdueAsync(TimeSpan.FromMinutes(61));

        (await File.ReadAllLinesAsync(Store.Folder.Checkpoints, Cancel)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Verifying_says_the_checkpoints_of_the_last_days_in_the_words_of_the_feed()
    {
        await WriteAsync(1);
        Store.Machine.Advance(TimeSpan.FromDays(1));
        await WriteAsync(1);
        await WriteAsync(98);

        var told = (await Store.Feed.LatestAsync(WorkspaceId.Local, null, 10, Cancel)).Where(one => one.Kind == FeedKind.Checkpoint).ToList();
        (await Store.AuditAgain().VerifyAsync(Cancel)).Checkpoints.ShouldBe(
            [$"2026-03-03: {told[1].Action}, {told[1].Reason}", $"2026-03-02: {told[2].Action}, {told[2].Reason}"]);
        told[1].Action.ShouldBe("audit checkpoint after 2 entries");
    }

    [Fact]
    public async Task Without_checkpoints_it_says_what_it_cannot_see()
    {
        await WriteAsync(5);
        File.Delete(Store.Folder.Checkpoints);

        (await Store.AuditAgain().VerifyAsync(Cancel)).CannotSee.ShouldContain("a shortened chain");
    }

    [Fact]
    public async Task An_emptied_checkpoint_file_is_as_good_as_a_missing_one()
    {
        await WriteAsync(5);
        await File.WriteAllTextAsync(Store.Folder.Checkpoints, "", Cancel);

        (await Store.AuditAgain().VerifyAsync(Cancel)).CannotSee.ShouldContain("an older copy of the database");
    }

    [Fact]
    public async Task A_line_that_a_crash_tore_is_said_and_the_rest_still_counts()
    {
        await WriteAsync(101);
        await File.AppendAllTextAsync(Store.Folder.Checkpoints, "{\"Entries\":101,\"He", Cancel);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);

        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.CannotSee.ShouldHaveSingleItem().ShouldContain("line 3");
        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 90""");
        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(91);
    }

    [Fact]
    public async Task The_checkpoint_after_a_torn_line_stands_on_a_line_of_its_own()
    {
        await WriteAsync(1);
        await File.AppendAllTextAsync(Store.Folder.Checkpoints, "{\"Entries\":1,\"He", Cancel);
        await WriteAsync(99);

        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" > 90""");
        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(91);
    }

    [Fact]
    public async Task Checkpoints_are_posted_to_the_feed_too_every_hundred_entries_every_hour_and_after_a_stop()
    {
        await WriteAsync(100);
        Store.Machine.Advance(TimeSpan.FromMinutes(61));
        await WriteAsync(1);
        await Store.Audit.AppendAsync(Entry("stop", "stopped"), Cancel);
        await Store.Audit.AppendAsync(Entry("setting", "none of it"), Cancel);
        await Store.Audit.AppendAsync(Entry("switch", "stop everything: 9 paused"), Cancel);
        await Store.Audit.AppendAsync(Entry("setting", "none of it"), Cancel);

        var posted = await Store.Feed.LatestAsync(WorkspaceId.Local, null, 10, Cancel);
        posted.Select(happened => happened.Action).ShouldBe(
            ["audit checkpoint after 104 entries", "audit checkpoint after 102 entries", "audit checkpoint after 101 entries", "audit checkpoint after 100 entries", "audit checkpoint after 1 entry"]);
        posted[0].Reason.ShouldContain((await Store.Audit.LatestAsync(null, 2, Cancel))[1].Hash);
    }

    [Fact]
    public async Task An_entry_stands_also_when_its_checkpoint_cannot_be_written()
    {
        Directory.CreateDirectory(Store.Folder.Checkpoints);

        await WriteAsync(2);

        (await Store.Audit.LatestAsync(null, 5, Cancel)).Count.ShouldBe(2);
        Directory.Delete(Store.Folder.Checkpoints);
        await WriteAsync(1);
        (await Store.Audit.VerifyAsync(Cancel)).CannotSee.ShouldBeEmpty();
    }

    [Fact]
    public async Task Fifty_writers_at_once_make_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => WriteAsync(4)));

        var verdict = await Store.Audit.VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Entries.ShouldBe(200);
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_make_one_unbroken_chain()
    {
        using var other = Store.AuditAgain();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(writer => WriteAsync(4, writer % 2 == 0 ? Store.Audit : other)));

        var verdict = await Store.Audit.VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Entries.ShouldBe(200);
    }

    [Fact]
    public void The_key_is_made_once_and_readable_by_its_owner_alone()
    {
        var first = new AuditKey(Store.Folder, null).Value;

        new AuditKey(Store.Folder, null).Value.ShouldBe(first);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(Store.Folder.Keys, "audit.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void One_that_is_damaged_is_put_back_from_a_copy_and_not_made_anew()
    {
        var file = Path.Combine(Store.Folder.Keys, "audit.key");
        Directory.CreateDirectory(Store.Folder.Keys);
        File.WriteAllText(file, "AAAA");

        Should.Throw<InvalidOperationException>(() => new AuditKey(Store.Folder, null).Value).Message.ShouldStartWith($"{file} is damaged: it is not 32 bytes in base64. Put the file back from a copy");
    }

    [Fact]
    public async Task Several_that_begin_in_one_folder_at_once_agree_on_one_key()
    {
        using var together = new Barrier(12);
        byte[] Begun(AuditKey key)
        {
            together.SignalAndWait(Cancel);
            return key.Value;
        }

        var keys = await Task.WhenAll(Enumerable.Range(0, together.ParticipantCount).Select(_ =>
            Task.Factory.StartNew(() => Begun(new AuditKey(Store.Folder, null)), Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        keys.ShouldAllBe(key => key.SequenceEqual(keys[0]));
        Directory.GetFiles(Store.Folder.Keys, "audit.key*").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_that_is_gone_beside_a_trail_is_not_made_anew()
    {
        await WriteAsync(1);
        File.Delete(Path.Combine(Store.Folder.Keys, "audit.key"));

        var refused = Should.Throw<InvalidOperationException>(() => new AuditKey(Store.Folder, null).Value);

        refused.Message.ShouldContain("put the file back from a copy, or set Audit:Key");
        File.Exists(Path.Combine(Store.Folder.Keys, "audit.key")).ShouldBeFalse();
    }

    private async Task WriteAsync(int entries, AuditChain? chain = null)
    {
        for (var number = 0; number < entries; number++)
            await (chain ?? Store.Audit).AppendAsync(Entry("setting", $"says {number + 1}"), Cancel);
    }

    private async Task OverdueAsync(TimeSpan later)
    {
        Store.Machine.Advance(later);
        await Store.Maker(Store.Folder, () => Store.Feed).MakeOverdueAsync(Cancel);
    }

    /// <summary>Takes the end of the chain away and chains another one to the rest, with its checkpoints kept elsewhere.</summary>
    private async Task WrittenAgainAsync(int kept, int entries, string? key)
    {
        await ExecuteAsync($"""DELETE FROM "Audit" WHERE "Number" > {kept}""");
        var elsewhere = new DataFolder(Directory.CreateTempSubdirectory("forger-").FullName);
        using var forger = Store.Chain(new AuditKey(Store.Folder, key), elsewhere, () => Store.Feed);
        for (var number = 0; number < entries; number++)
            await forger.AppendAsync(Entry("setting", "forged"), Cancel);

        Directory.Delete(elsewhere.Path, recursive: true);
    }

    private static AuditEntry Entry(string kind, string says) =>
        new(WorkspaceId.Local, null, null, FakePeople.Ana.Id, kind, says, new JsonObject { ["because"] = says });

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Store.Again().Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}

public sealed class AuditChainTestsOnSqlite() : AuditChainTests(Engine.Sqlite);

public sealed class AuditChainTestsOnPostgres() : AuditChainTests(Engine.Postgres);
