// Long because a person leaves traces everywhere, and each kind is laid and looked for here, on both engines.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People.Forgetting;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class ForgettingTests(Engine engine) : StoreSuite(engine)
{
    private const string Name = "zebulonia";
    private const string Reason = "my landlord flooded the invoices";

    private static readonly PersonId Zebulonia = new($"local:{Name}");
    private static readonly PersonId Admin = FakePeople.You.Id;

    private PersonalRecords Records => new(Store.Database, Store.AuditAgain(), new AuditKey(Store.Folder, null), Journal, new ForgettingEnd(Store.Database, new UnusedFiles(Store.Folder), NullLogger<ForgettingEnd>.Instance));

    private FileStopJournal Journal => new(Store.Folder, NullLogger<FileStopJournal>.Instance);

    private ApprovalStore Approvals => new(Store.Database, Store.Audit);

    private IncidentStore Incidents => new(Store.Database, Store.Audit);

    private DraftStore Drafts => new(Store.Database);

    [Fact]
    public async Task The_chain_and_its_checkpoints_stay_intact_and_say_how_many_entries_lost_a_person()
    {
        await LivedAsync();
        var before = (await Store.Audit.LatestAsync(null, 500, Cancel)).Select(entry => entry.Hash).ToList();

        var done = await Records.ForgetAsync(Zebulonia, Admin, Cancel);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        (verdict.Removed, verdict.CannotSee.Count).ShouldBe((done.Entries, 0));
        verdict.Says.ShouldContain($"each as it was written but for {done.Entries} from which a person was taken out on request");
        var after = await Store.Audit.LatestAsync(null, 500, Cancel);
        after.Skip(1).Select(entry => entry.Hash).ShouldBe(before);
        (after[0].Entry.Kind, after[0].Entry.Actor, (string?)after[0].Entry.Facts["person"]).ShouldBe(("forgotten", Admin, done.Pseudonym.Value));
        (await File.ReadAllTextAsync(Store.Folder.Checkpoints, Cancel)).ShouldContain(after[0].Hash);
    }

    [Fact]
    public async Task What_was_done_stays_on_record_under_a_pseudonym_and_what_was_typed_does_not()
    {
        await LivedAsync();

        var pseudonym = (await Records.ForgetAsync(Zebulonia, Admin, Cancel)).Pseudonym;

        var entries = (await Store.Audit.LatestAsync(null, 500, Cancel)).Select(stored => stored.Entry).ToList();
        var paused = entries.Single(entry => entry.Kind == "pause");
        (paused.Actor, paused.Says, (string?)paused.Facts["because"]).ShouldBe((pseudonym, $"paused by {pseudonym.Name}", Redaction.Gone));
        entries.Where(entry => entry.Kind == "said").Select(entry => (entry.Actor, entry.Says)).ShouldBe([(pseudonym, Redaction.Gone)]);
        entries.Single(entry => entry.Kind == "note").Says.ShouldBe($"max bid $15 kept for {pseudonym.Name}: {Redaction.Gone}");
        var request = (await Approvals.LatestAsync(WorkspaceId.Local, 5, Cancel)).ShouldHaveSingleItem();
        (request.RequestedBy, request.DecidedBy, request.State, request.Why).ShouldBe((FakePeople.Max.Id, pseudonym, ApprovalState.Rejected, Redaction.Gone));
        var closed = (await Incidents.LatestAsync(WorkspaceId.Local, 5, Cancel)).ShouldHaveSingleItem();
        (closed.AcknowledgedBy, closed.Resolution, closed.Evidence.Measured).ShouldBe((pseudonym, $"closed by {pseudonym.Name}", pseudonym.Name));
        var told = (await Store.Feed.LatestAsync(WorkspaceId.Local, null, 50, Cancel)).Single(happened => happened.Kind == FeedKind.Pause);
        (told.By, told.Action, told.Reason).ShouldBe((pseudonym, $"paused by {pseudonym.Name}", Redaction.Gone));
    }

    [Fact]
    public async Task Private_talk_and_drafts_go_and_those_of_others_stay()
    {
        await LivedAsync();
        await Drafts.SaveAsync(A.Draft("d-2") with { Name = $"{Name} by the sea" }, Cancel);

        await Records.ForgetAsync(Zebulonia, Admin, Cancel);

        (await Drafts.OfAsync(Zebulonia, Cancel)).ShouldBeEmpty();
        (await Drafts.OfAsync(FakePeople.Ana.Id, Cancel)).ShouldHaveSingleItem().Name.ShouldBe($"{Name} by the sea", "what a campaign is called is the campaign's");
        var conversations = new ConversationStore(Store.Database, Store.Machine);
        (await conversations.FindAsync(ConversationId.Local(Zebulonia), Cancel)).ShouldBeNull();
        (await conversations.FindAsync(ConversationId.Local(FakePeople.Ana.Id), Cancel))!.Person.ShouldBe(FakePeople.Ana.Id);
        (await conversations.TryClaimTurnAsync("t-1", Cancel)).ShouldBeFalse("a turn that was handled is known when it is delivered again");
        (await new CampaignStore(Store.Database, Store.Audit).AllAsync(WorkspaceId.Local, Cancel)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            campaign => campaign.CreatedBy.Value.ShouldStartWith("forgotten:person-"),
            campaign => campaign.Conversation.ShouldBeNull(),
            campaign => campaign.Overrides.ShouldHaveSingleItem().Reason.ShouldBe(Redaction.Gone),
            campaign => JsonSerializer.Serialize(campaign.Spec).ShouldBe(JsonSerializer.Serialize(A.Spec())));
    }

    [Fact]
    public async Task A_file_that_only_their_draft_uses_goes_and_one_that_others_use_stays()
    {
        var media = new FileMediaStore(Store.Folder);
        using var first = new MemoryStream([1]);
        using var second = new MemoryStream([2]);
        var (own, shared) = (await media.KeepAsync(first, Cancel), await media.KeepAsync(second, Cancel));
        await Drafts.SaveAsync(A.Draft() with { Owner = Zebulonia, Creatives = [A.Picture() with { File = own }, A.Picture() with { File = shared }] }, Cancel);
        await Drafts.SaveAsync(A.Draft("d-2") with { Creatives = [A.Picture() with { File = shared }] }, Cancel);

        (await Records.ForgetAsync(Zebulonia, Admin, Cancel)).Files.ShouldBe(1);

        (await media.HasAsync(own, Cancel), await media.HasAsync(shared, Cancel)).ShouldBe((false, true));
    }

    [Fact]
    public async Task Neither_name_nor_words_are_left_in_any_byte_of_the_database()
    {
        await LivedAsync();
        (await IsLeftAsync(Name), await IsLeftAsync("landlord")).ShouldBe((true, true));

        await Records.ForgetAsync(Zebulonia, Admin, Cancel);

        (await IsLeftAsync(Name), await IsLeftAsync("landlord")).ShouldBe((false, false), await WhereAsync(Name));
    }

    [Theory]
    [InlineData("""UPDATE "Audit" SET "Body" = replace("Body", 'paused by', 'raised by') WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Person" = 'local:eve' WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "At" = "At" + 1 WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Body" = replace("Body", 'Salt', 'salt') WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Removed" = NULL WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Removed" = 'x' WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "PreviousHash" = '' WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Hash" = 'f' || substr("Hash", 1, 63) WHERE "Number" = {0}""", 1)]
    [InlineData("""DELETE FROM "Audit" WHERE "Number" = {0}""", 0)]
    [InlineData("""UPDATE "Audit" SET "Removed" = (SELECT "Removed" FROM "Audit" WHERE "Number" = {0}) WHERE "Number" = {0} - 2""", -2)]
    public async Task Every_other_edit_of_an_entry_that_lost_a_person_is_found(string sql, int fromIt)
    {
        await LivedAsync();
        await Records.ForgetAsync(Zebulonia, Admin, Cancel);
        var paused = (await Store.Audit.LatestAsync(null, 500, Cancel)).Single(stored => stored.Entry.Kind == "pause").Number;

        await ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, paused));

        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(paused + fromIt);
    }

    [Fact]
    public async Task What_was_taken_out_cannot_be_put_back_without_a_trace()
    {
        await LivedAsync();
        AuditRow[] before;
        await using (var db = Store.Again().Open())
            before = await db.Set<AuditRow>().AsNoTracking().ToArrayAsync(Cancel);

        await Records.ForgetAsync(Zebulonia, Admin, Cancel);
        await using (var db = Store.Again().Open())
        {
            db.UpdateRange(before.Where(row => row.Person == Zebulonia.Value));
            await db.SaveChangesAsync(Cancel);
        }

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);
        (verdict.FirstBad, verdict.Says).ShouldBe((before.Length + 1, $"The entries from which entry {before.Length + 1} took a person out are not as it left them."));
    }

    [Fact]
    public async Task A_forgetting_that_is_cut_off_leaves_entries_that_nobody_answers_for()
    {
        await LivedAsync();
        await Records.ForgetAsync(Zebulonia, Admin, Cancel);
        File.Delete(Store.Folder.Checkpoints);

        await ExecuteAsync("""DELETE FROM "Audit" WHERE "Number" = (SELECT max("Number") FROM "Audit")""");

        (await Store.AuditAgain().VerifyAsync(Cancel)).Says.ShouldContain("says that a person was taken out of it, and no entry says who did that");
    }

    [Fact]
    public async Task Two_people_of_one_entry_are_forgotten_one_after_the_other_and_so_is_whoever_forgot_the_first()
    {
        await LivedAsync();
        var first = (await Records.ForgetAsync(Zebulonia, FakePeople.Ana.Id, Cancel)).Pseudonym;

        var second = (await Records.ForgetAsync(FakePeople.Ana.Id, Admin, Cancel)).Pseudonym;

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        var entries = (await Store.Audit.LatestAsync(null, 500, Cancel)).Select(stored => stored.Entry).ToList();
        entries.Where(entry => entry.Kind == "forgotten").Select(entry => entry.Actor).ShouldBe([Admin, second]);
        entries.Single(entry => entry.Kind == "together").Says.ShouldBe($"agreed by {first.Name} and {second.Name}");
    }

    [Fact]
    public async Task Entries_of_an_earlier_version_go_on_verifying_and_lose_a_person_as_others_do()
    {
        await LivedAsync();
        await AsEarlierAsync();
        var old = await Store.AuditAgain().VerifyAsync(Cancel);
        old.Intact.ShouldBeTrue(old.Says);

        await Records.ForgetAsync(Zebulonia, Admin, Cancel);

        var verdict = await Store.AuditAgain().VerifyAsync(Cancel);
        verdict.Intact.ShouldBeTrue(verdict.Says);
        verdict.Removed.ShouldBeGreaterThan(3);
        (await IsLeftAsync(Name)).ShouldBeFalse(await WhereAsync(Name));
        await ExecuteAsync("""UPDATE "Audit" SET "Body" = replace("Body", 'says 9', 'says 8') WHERE "Number" = 9""");
        (await Store.AuditAgain().VerifyAsync(Cancel)).FirstBad.ShouldBe(9);
    }

    [Fact]
    public async Task What_is_not_at_its_end_is_named_and_nothing_is_changed()
    {
        await LivedAsync();
        await Approvals.AddAsync(Request("p-2") with { RequestedBy = Zebulonia }, Cancel);
        var (incident, _) = await Incidents.OpenAsync(Incident("c-9"), Cancel);
        await Incidents.ChangeAsync(incident.Id, open => open with { AcknowledgedBy = Zebulonia }, Cancel);
        await new CampaignStore(Store.Database, Store.Audit).AddAsync(A.Campaign(CampaignStatus.Launching, "c-2") with { CreatedBy = Zebulonia }, Cancel);
        await new InboxStore(Store.Database).AddAsync(Turn("t-9"), Cancel);
        var before = await Store.Audit.VerifyAsync(Cancel);

        (await Records.LookAsync(Zebulonia, Cancel)).Open.ShouldBe(
            ["request a2", "incident i2", "the launch of Facebook installs US CA 2 (c2)", "a message that is not answered"], ignoreOrder: true);

        await Should.ThrowAsync<InvalidOperationException>(() => Records.ForgetAsync(Zebulonia, Admin, Cancel));
        (await Store.Audit.VerifyAsync(Cancel)).ShouldBeEquivalentTo(before);
        (await IsLeftAsync(Name)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_that_is_noted_in_the_room_held_beside_the_database_is_written_into_it_first()
    {
        await LivedAsync();
        (await Journal.PendingAsync(Cancel)).IsEmpty.ShouldBeTrue();
        Directory.CreateDirectory(Store.Folder.Stops);
        await Journal.NoteAsync(new SwitchState(true, Zebulonia, A.Noon, "stop everything", Stops: true), Cancel);

        (await Records.LookAsync(Zebulonia, Cancel)).Open.ShouldHaveSingleItem().ShouldStartWith("a stop that is noted beside the database");
    }

    [Fact]
    public async Task What_somebody_else_was_asked_about_them_is_asked_no_more_and_other_questions_stay()
    {
        var conversations = new ConversationStore(Store.Database, Store.Machine);
        var (ana, max) = (ConversationId.Local(FakePeople.Ana.Id), ConversationId.Local(FakePeople.Max.Id));
        await conversations.SaveAsync(new ConversationState(ana, FakePeople.Ana.Id) { Question = new PendingQuestion("q-1", $"drafts of {Name}", $"Show those of local:{Name}?", A.Noon) }, Cancel);
        await conversations.SaveAsync(new ConversationState(max, FakePeople.Max.Id) { Question = new PendingQuestion("q-2", "resume c1", "Resume c1?", A.Noon) }, Cancel);
        await Store.Audit.AppendAsync(Entry(Zebulonia, "said", "drafts"), Cancel);

        await Records.ForgetAsync(Zebulonia, Admin, Cancel);

        (await conversations.FindAsync(ana, Cancel))!.Question.ShouldBeNull();
        (await conversations.FindAsync(max, Cancel))!.Question!.Command.ShouldBe("resume c1");
    }

    [Fact]
    public async Task A_name_of_two_letters_stays_in_sentences_and_that_is_said()
    {
        var al = new PersonId("local:al");
        await Store.Audit.AppendAsync(Entry(al, "pause", "paused by al", "local:al wanted it"), Cancel);

        (await Records.LookAsync(al, Cancel)).ShortName.ShouldBe("al");
        (await Records.LookAsync(Zebulonia, Cancel)).ShortName.ShouldBeNull();
        var done = await Records.ForgetAsync(al, Admin, Cancel);

        done.ShortName.ShouldBe("al");
        var paused = (await Store.Audit.LatestAsync(null, 10, Cancel)).Single(stored => stored.Entry.Kind == "pause").Entry;
        (paused.Actor, paused.Says, (string?)paused.Facts["because"]).ShouldBe((done.Pseudonym, "paused by al", $"{done.Pseudonym.Value} wanted it"));
    }

    [Fact]
    public async Task Cards_of_a_private_talk_in_Slack_go_and_those_that_others_saw_stay()
    {
        var person = new PersonId("slack:U0ZEB");
        var (direct, others) = (new ConversationId("slack/D0ZEB"), new ConversationId("slack/D0MAX"));
        // They only ever wrote in a thread there.
        await new ConversationStore(Store.Database, Store.Machine).SaveAsync(new ConversationState(new ConversationId("slack/D0ZEB/1767225600.000100"), person), Cancel);
        var cards = new SlackCardStore(Store.Database, Store.Machine);
        await cards.KeepAsync("own", "{\"text\":\"a draft of theirs\"}", direct, Cancel);
        await cards.KeepAsync("max", "{}", others, Cancel);
        await cards.KeepAsync("channel", "{}", null, Cancel);
        await cards.KeepAsync("both", "{}", direct, Cancel);
        await cards.KeepAsync("both", "{}", others, Cancel);
        await cards.KeepAsync("shared", "{}", direct, Cancel);
        await cards.KeepAsync("shared", "{}", null, Cancel);
        await cards.KeepAsync("shared", "{}", direct, Cancel);

        await Records.ForgetAsync(person, Admin, Cancel);

        await using var db = Store.Again().Open();
        (await db.Set<ChatCardRow>().Select(card => card.Id).ToListAsync(Cancel)).ShouldBe(["max", "channel", "both", "shared"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_has_a_longer_name_is_left_alone()
    {
        await Store.Audit.AppendAsync(Entry(new PersonId("local:zebulonia2"), "said", "pause c1"), Cancel);
        await Store.Audit.AppendAsync(Entry(new PersonId("local:zebulonia.lopez"), "note", "by zebulonias, zebulonia-2 and x@zebulonia.com"), Cancel);

        (await Records.LookAsync(Zebulonia, Cancel)).IsNothing.ShouldBeTrue();
    }

    /// <summary>A person has paused, decided, acknowledged, launched, talked and drafted.</summary>
    private async Task LivedAsync()
    {
        for (var number = 1; number <= 9; number++)
            await Store.Audit.AppendAsync(Entry(FakePeople.Olga.Id, "setting", $"says {number}"), Cancel);

        await Store.Audit.AppendAsync(Entry(Zebulonia, "said", $"pause c1 {Reason}"), Cancel);
        await Store.Audit.AppendAsync(Entry(FakePeople.Max.Id, "note", $"max bid $15 kept for {Name}: {Reason}"), Cancel);
        await Store.Audit.AppendAsync(Entry(PersonId.Monitor, "together", $"agreed by {Name} and ana"), Cancel);
        await Store.Feed.PublishAsync(
            new FeedEvent(0, A.Noon, WorkspaceId.Local, null, new CampaignId("c-1"), "c1", FeedKind.Pause, Severity.Low, $"paused by {Name}", Reason, Zebulonia), Cancel);

        await Approvals.AddAsync(Request("p-1"), Cancel);
        await Approvals.ChangeAsync(
            new ApprovalId("p-1"), asked => asked with { State = ApprovalState.Rejected, DecidedBy = Zebulonia, Why = "too dear" },
            Entry(Zebulonia, "approval", "rejected") with { Facts = new JsonObject { ["why"] = "too dear" } }, Cancel);
        var (incident, _) = await Incidents.OpenAsync(Incident("c-1") with { Evidence = new Evidence("asked for by", Name, "") }, Cancel);
        await Incidents.ChangeAsync(
            incident.Id, open => open with { AcknowledgedBy = Zebulonia, State = IncidentState.Closed, Resolution = $"closed by {Name}", ClosedAt = A.Noon }, Cancel);

        await new CampaignStore(Store.Database, Store.Audit).AddAsync(A.Campaign() with { CreatedBy = Zebulonia, Conversation = $"local/{Name}", Because = Reason, Overrides = [new Override("MaxBid", "$12", "Meta", Zebulonia, A.Noon)] }, Cancel);
        await Drafts.SaveAsync(A.Draft() with { Owner = Zebulonia, Conversation = $"local/{Name}", Name = Reason }, Cancel);
        var conversations = new ConversationStore(Store.Database, Store.Machine);
        await conversations.SaveAsync(new ConversationState(ConversationId.Local(Zebulonia), Zebulonia), Cancel);
        await conversations.SaveAsync(new ConversationState(ConversationId.Local(FakePeople.Ana.Id), FakePeople.Ana.Id), Cancel);
        await new InboxStore(Store.Database).AddAsync(Turn("t-1"), Cancel);
        await new InboxStore(Store.Database).DoneAsync(Turn("t-1"), Cancel);
        var log = new ActivityLogStore(Store.Database, new ConversationHub(), Store.Machine);
        await log.AppendAsync(ConversationId.Local(Zebulonia), "a-1", null, new JsonObject { ["text"] = Reason }, Cancel);
        await log.AppendAsync(ConversationId.Local(FakePeople.Ana.Id), "a-2", null, new JsonObject { ["text"] = $"{Name} rejected it" }, Cancel);
    }

    /// <summary>As an earlier version wrote them: no salt.</summary>
    private async Task AsEarlierAsync()
    {
        await using var db = Store.Again().Open();
        var (previous, key) = ("", new AuditKey(Store.Folder, null));
        foreach (var row in await db.Set<AuditRow>().OrderBy(row => row.Number).ToListAsync(Cancel))
        {
            (row.Body, row.PreviousHash) = (Regex.Replace(row.Body, ",\"Salt\":\"[0-9a-f]{32}\"", ""), previous);
            row.Body.ShouldNotContain("Salt");
            row.Hash = previous = EarlierHash(row, key);
        }

        await db.SaveChangesAsync(Cancel);
        File.Delete(Store.Folder.Checkpoints);
    }

    /// <summary>The formula of the first version, written out.</summary>
    private static string EarlierHash(AuditRow row, AuditKey key) => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
        key.Value, Encoding.UTF8.GetBytes(string.Join('\n', row.Number, row.At.ToUnixTimeMilliseconds(), row.Workspace, row.AdAccount, row.Person, row.Campaign, row.PreviousHash, row.Body))));

    private static AuditEntry Entry(PersonId by, string kind, string says, string because = "so it was wanted") =>
        new(WorkspaceId.Local, null, null, by, kind, says, new JsonObject { ["because"] = because });

    private static PendingApproval Request(string id) => new(
        new ApprovalId(id), WorkspaceId.Local, null, ApprovalKind.Raise, "c-1", new Digest("d"), "a raise", FakePeople.Max.Id, A.Noon, ApprovalState.Waiting);

    private static Incident Incident(string campaign) => new(
        IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId(campaign), campaign, SafetyRules.StopEverything, Remedy.PauseCampaign,
        Severity.Critical, new Evidence("spend today", "800", "750"), A.Noon, IncidentState.Open);

    private static ChatTurn Turn(string id) => new(id, ConversationId.Local(Zebulonia), Zebulonia, Reason, [], null, A.Noon);

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Store.Again().Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }

    /// <summary>The relations of the server whose files hold a text; nothing on SQLite.</summary>
    private async Task<string> WhereAsync(string text)
    {
        if (!Store.IsPostgres)
            return "";

        await using var db = Store.Again().Open();
        var files = await db.Database.SqlQueryRaw<string>("""SELECT relname || '|' || current_setting('data_directory') || '/' || pg_relation_filepath(oid) AS "Value" FROM pg_class WHERE pg_relation_filepath(oid) IS NOT NULL""").ToListAsync(Cancel);
        var sought = Encoding.UTF8.GetBytes(text);
        return string.Join(", ", files.Select(file => file.Split('|')).Where(file => File.Exists(file[1]) && File.ReadAllBytes(file[1]).AsSpan().IndexOf(sought) >= 0).Select(file => file[0]));
    }

    /// <summary>In the data folder's files, and on PostgreSQL in those of the server that hold this database.</summary>
    private async Task<bool> IsLeftAsync(string text)
    {
        var folders = new List<string> { Store.Folder.Path };
        if (Store.IsPostgres)
        {
            await using var db = Store.Again().Open();
            await db.Database.ExecuteSqlRawAsync("CHECKPOINT", Cancel);
            folders.Add(await db.Database.SqlQueryRaw<string>("SELECT current_setting('data_directory') || '/base/' || oid AS \"Value\" FROM pg_database WHERE datname = current_database()").SingleAsync(Cancel));
        }

        var sought = Encoding.UTF8.GetBytes(text);
        return folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(sought) >= 0);
    }
}

public sealed class ForgettingTestsOnSqlite() : ForgettingTests(Engine.Sqlite);

public sealed class ForgettingTestsOnPostgres() : ForgettingTests(Engine.Postgres);
