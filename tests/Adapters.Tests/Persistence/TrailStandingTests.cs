using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>The quick look at the audit trail, which walks nothing.</summary>
public abstract class TrailStandingTests(Engine engine) : StoreSuite(engine)
{
    private static readonly PersonId Zebulonia = new("local:zebulonia");

    [Fact]
    public async Task A_trail_with_its_key_and_its_checkpoints_has_no_trouble()
    {
        (await TroublesAsync()).ShouldBeEmpty("nothing is on record yet");
        await WriteAsync(101, FakePeople.Ana.Id);

        (await TroublesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_who_was_taken_out_of_what_a_checkpoint_saw_is_no_trouble()
    {
        await WriteAsync(2, Zebulonia);
        var end = new ForgettingEnd(Store.Again(), new UnusedFiles(Store.Folder), NullLogger<ForgettingEnd>.Instance);
        var journal = new FileStopJournal(Store.Folder, NullLogger<FileStopJournal>.Instance);

        (await new PersonalRecords(Store.Database, Store.AuditAgain(), new AuditKey(Store.Folder, null), journal, end).ForgetAsync(Zebulonia, FakePeople.You.Id, Cancel)).Entries.ShouldBe(2);

        (await TroublesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trail_that_was_cut_short_stays_found_while_the_program_writes_on()
    {
        await WriteAsync(101, FakePeople.Ana.Id);
        await using (var db = Store.Again().Open())
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM "Audit" WHERE "Number" > 90""", Cancel);

        using var restarted = Store.AuditAgain();
        await restarted.AppendAsync(Entry(FakePeople.Ana.Id), Cancel);

        (await TroublesAsync()).ShouldHaveSingleItem().ShouldBe("the audit trail ends at 91, but a checkpoint has seen 100 entries: it was cut short, or is an older copy or another one");
    }

    [Fact]
    public async Task A_key_that_is_gone_is_named_also_where_no_checkpoint_is_left()
    {
        await WriteAsync(1, FakePeople.Ana.Id);
        File.Delete(Path.Combine(Store.Folder.Keys, "audit.key"));
        File.Delete(Store.Folder.Checkpoints);

        (await TroublesAsync()).ShouldHaveSingleItem().ShouldContain("audit.key is gone");
        File.Exists(Path.Combine(Store.Folder.Keys, "audit.key")).ShouldBeFalse();
    }

    private async Task<IEnumerable<string>> TroublesAsync()
    {
        using var checkpoints = new Checkpoints(Store.Folder);
        var standing = new TrailStanding(Store.Again(), new AuditKey(Store.Folder, null), checkpoints, NullLogger<TrailStanding>.Instance);
        return (await standing.TroublesAsync(Cancel)).Select(trouble => trouble.Says);
    }

    private async Task WriteAsync(int entries, PersonId actor)
    {
        for (var number = 0; number < entries; number++)
            await Store.Audit.AppendAsync(Entry(actor), Cancel);
    }

    private static AuditEntry Entry(PersonId actor) => new(WorkspaceId.Local, null, null, actor, "setting", "says so", []);
}

public sealed class TrailStandingTestsOnSqlite() : TrailStandingTests(Engine.Sqlite);

public sealed class TrailStandingTestsOnPostgres() : TrailStandingTests(Engine.Postgres);
