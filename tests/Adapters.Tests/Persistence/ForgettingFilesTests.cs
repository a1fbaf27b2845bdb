using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>What becomes of a person's files, also when the process dies between the commit and their end.</summary>
public abstract class ForgettingFilesTests(Engine engine) : StoreSuite(engine)
{
    private static readonly PersonId Zebulonia = new("local:zebulonia");
    private static readonly PersonId Admin = FakePeople.You.Id;

    private FileMediaStore Media => new(Store.Folder);

    private FilePreparedStore Prepared => new(Store.Folder);

    private DraftStore Drafts => new(Store.Database);

    private ForgettingEnd End => new(Store.Again(), new UnusedFiles(Store.Folder), NullLogger<ForgettingEnd>.Instance);

    [Fact]
    public async Task What_was_made_of_their_files_goes_with_them_and_of_files_that_others_use_stays()
    {
        var (own, shared) = (await PreparedAsync(1), await PreparedAsync(2));
        await Drafts.SaveAsync(A.Draft() with { Owner = Zebulonia, Creatives = [own.Creative, shared.Creative] }, Cancel);
        await Drafts.SaveAsync(A.Draft("d-2") with { Creatives = [shared.Creative] }, Cancel);

        var done = await Records(Store.AuditAgain()).ForgetAsync(Zebulonia, Admin, Cancel);

        done.Files.ShouldBe(4, "the file, what was made of it in two sizes, and the note of that");
        (await AreThereAsync(own), await AreThereAsync(shared)).ShouldBe(((false, false, false, false), (true, true, true, true)));
    }

    [Fact]
    public async Task Files_of_a_draft_that_was_deleted_before_go_and_so_does_what_a_crash_left_of_uploads()
    {
        var deleted = await PreparedAsync(1);
        await Drafts.SaveAsync(A.Draft() with { Owner = Zebulonia, Creatives = [deleted.Creative] }, Cancel);
        await Drafts.DeleteAsync(A.Draft().Id, Cancel);
        await PutAsync("incoming/half", "jobs/one/film.mp4", "readme.txt");

        await Records(Store.AuditAgain()).ForgetAsync(Zebulonia, Admin, Cancel);

        (await AreThereAsync(deleted)).ShouldBe((false, false, false, false));
        Directory.EnumerateFiles(Store.Folder.Media, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["readme.txt"]);
    }

    [Fact]
    public async Task A_file_whose_digest_stands_right_behind_other_such_letters_is_not_taken_for_unused()
    {
        var kept = await PreparedAsync(1);
        await Drafts.SaveAsync(A.Draft() with { Creatives = [], Name = $"abc{kept.Creative.File}def" }, Cancel);

        await Records(Store.AuditAgain()).ForgetAsync(Zebulonia, Admin, Cancel);

        (await AreThereAsync(kept)).ShouldBe((true, true, true, true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_after_the_commit_it_comes_to_its_end_with_the_next_start_and_with_the_next_forgetting(bool withAStart)
    {
        var own = await PreparedAsync(1);
        await Drafts.SaveAsync(A.Draft() with { Owner = Zebulonia, Creatives = [own.Creative] }, Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => Records(ThatEndsAfterACommit()).ForgetAsync(Zebulonia, Admin, Cancel));
        (await Drafts.OfAsync(Zebulonia, Cancel)).ShouldBeEmpty("it was committed");
        (await AreThereAsync(own)).ShouldBe((true, true, true, true));

        if (withAStart)
        {
            await End.AfterCrashAsync(Cancel);
            (await AreThereAsync(own)).ShouldBe((false, false, false, false));
            (await IsNotedAsync()).ShouldBeTrue("the database was not written anew");
        }

        var again = await Records(Store.AuditAgain()).ForgetAsync(Zebulonia, Admin, Cancel);

        (again.IsNothing, again.Files).ShouldBe((true, withAStart ? 0 : 4));
        (await AreThereAsync(own)).ShouldBe((false, false, false, false));
        (await IsNotedAsync()).ShouldBeFalse();
        (await Store.AuditAgain().VerifyAsync(Cancel)).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task A_start_with_nothing_left_to_do_touches_no_file()
    {
        var unused = await PreparedAsync(1);

        await End.AfterCrashAsync(Cancel);

        (await AreThereAsync(unused)).ShouldBe((true, true, true, true));
    }

    private PersonalRecords Records(AuditChain audit) => new(Store.Database, audit, new AuditKey(Store.Folder, null), new FileStopJournal(Store.Folder, NullLogger<FileStopJournal>.Instance), End);

    /// <summary>The checkpoint after the commit is never told: as far as the database and the files know, the process was killed there.</summary>
    private AuditChain ThatEndsAfterACommit() => Store.Chain(new AuditKey(Store.Folder, null), Store.Folder, () => throw new OperationCanceledException());

    /// <summary>A picture, what was made of it, and the note of that.</summary>
    private async Task<(SourceCreative Creative, PreparedCreative Made)> PreparedAsync(byte number)
    {
        var creative = A.Picture() with { File = await KeepAsync(number) };
        var made = new PreparedCreative(
            creative.File, await KeepAsync(number, 1), await KeepAsync(number, 2), creative.Kind, creative.Format, "Square", creative.Size, creative.Bytes, null, []);
        await Prepared.KeepAsync(made, "recipe", Cancel);
        return (creative, made);
    }

    private async Task<Digest> KeepAsync(params byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await Media.KeepAsync(stream, Cancel);
    }

    private async Task PutAsync(params string[] paths)
    {
        foreach (var path in paths.Select(path => Path.Combine(Store.Folder.Media, path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "x", Cancel);
        }
    }

    private async Task<(bool File, bool Made, bool Small, bool Note)> AreThereAsync((SourceCreative Creative, PreparedCreative Made) picture) =>
        (await Media.HasAsync(picture.Creative.File, Cancel), await Media.HasAsync(picture.Made.File, Cancel), await Media.HasAsync(picture.Made.Thumbnail, Cancel),
            await Prepared.FindAsync(picture.Creative.File, "recipe", Cancel) is not null);

    private async Task<bool> IsNotedAsync()
    {
        await using var db = Store.Again().Open();
        return await db.Set<SettingRow>().AnyAsync(row => row.Name == "forgetting", Cancel);
    }
}

public sealed class ForgettingFilesTestsOnSqlite() : ForgettingFilesTests(Engine.Sqlite);

public sealed class ForgettingFilesTestsOnPostgres() : ForgettingFilesTests(Engine.Postgres);
