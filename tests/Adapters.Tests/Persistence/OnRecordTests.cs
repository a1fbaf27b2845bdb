using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>Commands, requests, incidents, launches, settings and what people do stand together with their entries in the audit trail, or neither does.</summary>
public abstract class OnRecordTests(Engine engine) : StoreSuite(engine)
{
    [Fact]
    public async Task A_command_has_one_intent_and_one_outcome_also_when_each_save_is_repeated()
    {
        var intents = new IntentStore(Store.Database, Store.Audit);
        var planned = Intent("k", IntentState.Planned);
        foreach (var stands in new[] { planned, planned with { State = IntentState.Sent }, planned with { State = IntentState.Confirmed, SettledAt = A.Noon } })
        {
            await intents.AddAsync(planned, Cancel);
            await intents.SaveAsync(stands, Cancel);
            await intents.SaveAsync(stands, Cancel);
        }

        (await KindsAsync()).ShouldBe(["intent", "outcome"]);
    }

    [Fact]
    public async Task A_command_that_comes_with_its_outcome_was_wanted_before()
    {
        await new IntentStore(Store.Database, Store.Audit).SaveAsync(Intent("k", IntentState.Failed), Cancel);

        (await KindsAsync()).ShouldBe(["intent", "outcome"]);
    }

    [Fact]
    public async Task Nothing_is_kept_when_its_entry_cannot_be_written()
    {
        await ExecuteAsync("""ALTER TABLE "Audit" RENAME TO "Elsewhere" """);

        await Should.ThrowAsync<Exception>(() => new IntentStore(Store.Database, Store.Audit).AddAsync(Intent("k", IntentState.Planned), Cancel));
        await Should.ThrowAsync<Exception>(() => new IncidentStore(Store.Database, Store.Audit).OpenAsync(Incident("c-1"), Cancel));
        await Should.ThrowAsync<Exception>(() => new ApprovalStore(Store.Database, Store.Audit).AddAsync(Approval(), Cancel));

        await Should.ThrowAsync<Exception>(() => new CampaignStore(Store.Database, Store.Audit).AddAsync(A.Campaign(), Launch, Cancel));
        await Should.ThrowAsync<Exception>(() => Store.Settings.SetAsync(WorkspaceId.Local, "a setting", "new", Setting, Cancel));

        await ExecuteAsync("""ALTER TABLE "Elsewhere" RENAME TO "Audit" """);
        (await CountAsync<IntentRow>(), await CountAsync<IncidentRow>(), await CountAsync<ApprovalRow>()).ShouldBe((0, 0, 0));
        (await CountAsync<CampaignRow>(), await CountAsync<SettingRow>()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_launch_and_a_setting_leave_no_entry_when_they_cannot_be_kept()
    {
        await ExecuteAsync("""ALTER TABLE "Campaigns" RENAME TO "CampaignsElsewhere" """);
        await ExecuteAsync("""ALTER TABLE "Settings" RENAME TO "SettingsElsewhere" """);

        await Should.ThrowAsync<Exception>(() => new CampaignStore(Store.Database, Store.Audit).AddAsync(A.Campaign(), Launch, Cancel));
        await Should.ThrowAsync<Exception>(() => Store.Settings.SetAsync(WorkspaceId.Local, "a setting", "new", Setting, Cancel));

        (await KindsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_launch_that_is_kept_twice_stands_once_with_one_entry()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        var first = await campaigns.AddAsync(A.Campaign(), Launch, Cancel);

        (await campaigns.AddAsync(A.Campaign(), Launch, Cancel)).Handle.ShouldBe(first.Handle);

        (await KindsAsync()).ShouldBe(["launch"]);
    }

    [Fact]
    public async Task What_a_person_did_is_told_and_on_record_in_one_commit_and_both_later_when_it_cannot_be_told()
    {
        await ExecuteAsync("""ALTER TABLE "Feed" RENAME TO "FeedElsewhere" """);
        await Store.Feed.PublishAsync(Paused, Cancel);
        (await KindsAsync()).ShouldBeEmpty("neither stands without the other");

        await ExecuteAsync("""ALTER TABLE "FeedElsewhere" RENAME TO "Feed" """);
        await Store.Acts.CatchUpAsync(Cancel);

        (await KindsAsync()).ShouldBe(["pause"]);
        (await Store.Feed.LatestAsync(WorkspaceId.Local, null, 10, Cancel)).Where(told => told.Kind != FeedKind.Checkpoint).ShouldHaveSingleItem().Action.ShouldBe("paused");
    }

    [Fact]
    public async Task What_a_person_did_is_told_also_when_it_cannot_be_put_on_record_yet()
    {
        await ExecuteAsync("""ALTER TABLE "Audit" RENAME TO "Elsewhere" """);
        await Store.Feed.PublishAsync(Paused, Cancel);
        await ExecuteAsync("""ALTER TABLE "Elsewhere" RENAME TO "Audit" """);
        await Store.Feed.PublishAsync(Paused with { Action = "resumed", Kind = FeedKind.Resume }, Cancel);

        (await KindsAsync()).ShouldBe(["pause", "resume"]);
        (await Store.Feed.LatestAsync(WorkspaceId.Local, null, 10, Cancel)).Where(told => told.Kind != FeedKind.Checkpoint).Select(told => told.Action).ShouldBe(["resumed", "paused"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_request_has_an_entry_for_every_change_and_none_for_what_leaves_it_as_it_stands()
    {
        var approvals = new ApprovalStore(Store.Database, Store.Audit);
        var kept = await approvals.AddAsync(Approval(), Cancel);
        foreach (var _ in new int[3])
            await approvals.ChangeAsync(kept.Id, now => now.State == ApprovalState.Approved ? now : now with { State = ApprovalState.Approved }, Cancel);

        (await approvals.FindAsync(kept.Id, Cancel))!.State.ShouldBe(ApprovalState.Approved);
        (await KindsAsync()).ShouldBe(["approval", "approval"]);
    }

    [Fact]
    public async Task Many_writers_of_commands_incidents_and_entries_leave_one_whole_chain_each_with_its_own()
    {
        var (intents, incidents) = (new IntentStore(Store.Database, Store.Audit), new IncidentStore(Store.Database, Store.Audit));
        using var other = Store.AuditAgain();
        var elsewhere = new IntentStore(Store.Again(), other);

        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(number => new Task[]
        {
            intents.SaveAsync(Intent($"here-{number}", IntentState.Confirmed), Cancel),
            elsewhere.SaveAsync(Intent($"there-{number}", IntentState.Confirmed), Cancel),
            incidents.OpenAsync(Incident($"c-{number % 10}"), Cancel),
        }));

        (await KindsAsync()).CountBy(kind => kind).ShouldBe([new("intent", 80), new("outcome", 80), new("incident", 10)], ignoreOrder: true);
        (await Store.AuditAgain().VerifyAsync(Cancel)).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_wrong_with_one_change_keeps_no_other_from_being_written()
    {
        var held = new TaskCompletionSource();
        var first = Store.Audit.SaveAsync<bool>(
            async _ =>
            {
                await held.Task;
                return new(true, []);
            },
            Cancel);
        var wrong = Store.Audit.SaveAsync<bool>(_ => throw new InvalidOperationException("not this one"), Cancel);
        var right = new IntentStore(Store.Database, Store.Audit).AddAsync(Intent("k", IntentState.Planned), Cancel);
        held.SetResult();
        await first;

        (await Should.ThrowAsync<InvalidOperationException>(() => wrong)).Message.ShouldBe("not this one");
        await right;
        (await KindsAsync()).ShouldBe(["intent"]);
    }

    private static AuditEntry Setting => new(WorkspaceId.Local, null, null, PersonId.System, "setting", "set up anew", []);

    private static FeedEvent Paused => new(
        0, A.Noon, WorkspaceId.Local, new AdAccountId("meta"), new CampaignId("c-1"), "c-1", FeedKind.Pause, Severity.Medium, "paused", "because", FakePeople.Ana.Id);

    private static AuditEntry Launch(Campaign campaign) => new(campaign.Workspace, campaign.Account, campaign.Id, FakePeople.Ana.Id, "launch", campaign.Name, []);

    private async Task<IReadOnlyList<string>> KindsAsync() => [.. (await Store.Audit.LatestAsync(null, 1000, Cancel)).Reverse().Select(stored => stored.Entry.Kind)];

    private async Task<int> CountAsync<TRow>() where TRow : Row
    {
        await using var db = Store.Again().Open();
        return await db.Set<TRow>().CountAsync(Cancel);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = Store.Again().Open();
        await db.Database.ExecuteSqlRawAsync(sql, Cancel);
    }

    private static CommandIntent Intent(string key, IntentState state) => new(
        new CommandKey(key), WorkspaceId.Local, NetworkMode.Simulated, new NetworkCommand.Pause(new AdAccountId("meta"), new CampaignId("c-1"), new ExternalId("n-1")),
        PersonId.Monitor, "because", A.Noon, state)
    {
        SettledAt = state is IntentState.Planned or IntentState.Sent ? null : A.Noon,
    };

    private static Incident Incident(string campaign) => new(
        IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId(campaign), campaign, new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
        Severity.Critical, new Evidence("spend today", "800", "750"), A.Noon, IncidentState.Open);

    private static PendingApproval Approval() => new(
        new ApprovalId("p"), WorkspaceId.Local, null, ApprovalKind.Raise, "c-1", new Digest("d"), "a raise", FakePeople.Ana.Id, A.Noon, ApprovalState.Waiting);
}

public sealed class OnRecordTestsOnSqlite() : OnRecordTests(Engine.Sqlite);

public sealed class OnRecordTestsOnPostgres() : OnRecordTests(Engine.Postgres);
