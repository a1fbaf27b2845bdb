// Long because every store has its examples here, run on both engines.
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class StoreTests(Engine engine) : StoreSuite(engine)
{
    private static readonly string[] Keys = ["Workspace", "AdAccount", "Person"];

    [Fact]
    public async Task Every_table_knows_workspace_account_and_person()
    {
        await using var db = Store.Database.Open();

        var without = db.Model.GetEntityTypes()
            .Where(type => !Keys.All(key => type.FindProperty(key) is not null))
            .Select(type => type.DisplayName());

        without.ShouldBeEmpty();
        db.Model.GetEntityTypes().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_model_has_no_change_that_no_migration_makes()
    {
        await using var db = Store.Database.Open();

        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task A_campaign_gets_a_handle_and_a_name_of_its_own_and_survives_a_restart()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        await campaigns.AddAsync(A.Campaign(id: "first"), Cancel);
        await campaigns.AddAsync(A.Campaign(id: "second"), Cancel);

        var second = await new CampaignStore(Store.Again(), Store.Audit).FindAsync(new CampaignId("second"), Cancel);

        second.ShouldNotBeNull();
        second.Handle.ShouldBe("c2");
        second.Name.ShouldBe("Facebook installs US CA 2");
        second.Spec.Budget.ShouldBe(A.Spec().Budget);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task Commands_that_were_confirmed_in_the_same_moment_come_in_the_same_order_however_they_were_written(string first, string second)
    {
        var intents = new IntentStore(Store.Database, Store.Audit);
        foreach (var key in new[] { first, second })
        {
            await intents.SaveAsync(
                new CommandIntent(
                    new CommandKey(key), WorkspaceId.Local, A.Campaign().Mode, new NetworkCommand.Pause(new AdAccountId("meta"), new CampaignId("c-1"), new ExternalId("n-1")),
                    PersonId.Agent, "test", A.Noon, IntentState.Confirmed)
                {
                    SettledAt = A.Noon,
                },
                Cancel);
        }

        (await intents.ConfirmedAsync(new CampaignId("c-1"), A.Noon, Cancel)).Select(intent => intent.Key.Value).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task Names_are_those_of_the_workspace_and_campaigns_those_of_the_account()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        await campaigns.AddAsync(A.Campaign(id: "mine") with { CreatedAt = A.Noon }, Cancel);
        await campaigns.AddAsync(A.Campaign(CampaignStatus.Ended, "over") with { CreatedAt = A.Noon.AddHours(1), Spec = A.Spec() with { Name = "Over" } }, Cancel);
        await campaigns.AddAsync(A.Campaign(id: "there") with { Spec = A.Spec() with { Name = "There", Account = new AdAccountId("google") } }, Cancel);
        await campaigns.AddAsync(A.Campaign(id: "theirs") with { Workspace = new WorkspaceId("theirs"), Spec = A.Spec() with { Name = "Theirs", Account = new AdAccountId("tiktok") } }, Cancel);

        (await campaigns.NamesAsync(WorkspaceId.Local, new CampaignId("mine"), Cancel)).ShouldBe(["Over", "There"], ignoreOrder: true);
        (await campaigns.OfAccountAsync(A.Account().Id, Cancel)).Select(campaign => campaign.Id.Value).ShouldBe(["over", "mine"]);
    }

    [Fact]
    public async Task Alerts_wait_until_a_channel_took_them_and_receipts_survive_a_restart()
    {
        var alert = new Alert("i1/stop", WorkspaceId.Local, new AdAccountId("meta"), Severity.Critical, "stopped", "because", new IncidentId("i1"), A.Noon)
        {
            Name = "Spring (i1)",
            About = AlertAbout.Stopped,
        };
        var alerts = new AlertStore(Store.Database);
        await alerts.AddAsync(alert, ["email", "chat"], Cancel);
        await alerts.AddAsync(alert, ["email", "chat"], Cancel);
        await alerts.KeepAsync(new AlertReceipt("i1/stop", "chat", true, "shown", null, A.Noon.AddSeconds(1)), Cancel);
        await alerts.KeepAsync(new AlertReceipt("i1/stop", "email", false, "away", null, A.Noon.AddSeconds(1)), Cancel);

        var again = new AlertStore(Store.Again());
        (await again.WaitingAsync(A.Noon.AddDays(-1), Cancel)).ShouldBe([(alert, "email")]);
        (await again.WaitingAsync(A.Noon, Cancel)).ShouldBeEmpty();
        (await again.AcceptedAsync(A.Noon.AddDays(-1), Cancel)).Select(one => (one.Alert, one.Receipt.Channel)).ShouldBe([(alert, "chat")]);
        (await again.AcceptedAsync(A.Noon, Cancel)).ShouldBeEmpty();
        (await again.KeysAsync(new IncidentId("i1"), Cancel)).ShouldBe(["i1/stop"]);
        (await again.KeysAsync(new IncidentId("i2"), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_is_claimed_once_however_many_try_at_the_same_time()
    {
        var conversations = new ConversationStore(Store.Database, Store.Machine);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => conversations.TryClaimTurnAsync("t-1", Cancel)));

        claims.Count(first => first).ShouldBe(1);
    }

    [Fact]
    public async Task Changes_from_many_sides_are_all_kept()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        await campaigns.AddAsync(A.Campaign(), Cancel);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => campaigns.ChangeAsync(
            A.Campaign().Id, now => now with { DailyBudget = now.DailyBudget + A.Usd(1) }, Cancel)));

        (await campaigns.FindAsync(A.Campaign().Id, Cancel))!.DailyBudget.ShouldBe(A.Usd(508));
    }

    [Fact]
    public async Task A_stale_draft_is_not_saved_over_a_newer_one()
    {
        var drafts = new DraftStore(Store.Database);
        var first = await drafts.SaveAsync(A.Draft(), Cancel);
        await drafts.SaveAsync(first with { Name = "newer" }, Cancel);

        await Should.ThrowAsync<StaleException>(() => drafts.SaveAsync(first with { Name = "stale" }, Cancel));
        (await drafts.FindAsync(A.Draft().Id, Cancel))!.Name.ShouldBe("newer");
    }

    [Fact]
    public async Task One_cause_opens_one_incident_until_it_is_closed()
    {
        var incidents = new IncidentStore(Store.Database, Store.Audit);
        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => incidents.OpenAsync(Incident(), Cancel)));

        opened.Count(answer => answer.IsNew).ShouldBe(1);
        opened.Select(answer => answer.Incident.Id).Distinct().Count().ShouldBe(1);

        await incidents.ChangeAsync(opened[0].Incident.Id, now => now with { State = IncidentState.Closed }, Cancel);
        (await incidents.OpenAsync(Incident(), Cancel)).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_open_incident()
    {
        var first = await new IncidentStore(Store.Database, Store.Audit).OpenAsync(Incident(), Cancel);
        first.IsNew.ShouldBeTrue();

        await using var db = Store.Database.Open();
        db.Add(new IncidentRow { Id = "other", Campaign = "c-1", Cause = "daily-spend-cap", IsOpen = true, At = A.Noon, Version = 1 });
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task A_reading_is_kept_when_a_figure_changed_and_not_for_every_look()
    {
        var readings = new ReadingStore(Store.Database);
        foreach (var (minute, spend) in ((int, decimal)[])[(0, 10), (1, 10), (2, 10), (3, 12), (4, 12)])
            await readings.KeepAsync(A.Account(), [Reading(minute, spend)], Cancel);

        (await readings.SinceAsync(A.Campaign().Id, A.Noon, Cancel)).Select(kept => kept.Reading.Today.Spend.Amount).ShouldBe([10, 12]);
        (await readings.NewestAsync([A.Campaign().Id], Cancel))[A.Campaign().Id].Reading.Today.Spend.ShouldBe(A.Usd(12));
    }

    [Fact]
    public async Task Days_come_back_in_order_with_unknown_figures_unknown()
    {
        IReadingStore readings = new ReadingStore(Store.Database);
        foreach (var day in (int[])[3, 1, 2])
            await readings.KeepDayAsync(A.Account(), A.Campaign().Id, new DayFigures(Day(day), A.Usd(day), 100, null, null, null), Cancel);

        var days = await readings.DaysAsync(A.Campaign().Id, Day(2), Cancel);
        days.Select(day => day.Day).ShouldBe([Day(2), Day(3)]);
        days[0].Conversions.ShouldBeNull();
    }

    [Fact]
    public async Task A_turn_is_kept_once_and_not_handled_again_once_it_was_done()
    {
        var inbox = new InboxStore(Store.Database);
        var conversations = new ConversationStore(Store.Database, Store.Machine);
        var turn = new ChatTurn("t1", new ConversationId("local/ana"), FakePeople.Ana.Id, "hello", [], null, A.Noon);

        (await inbox.AddAsync(turn, Cancel)).ShouldBeTrue();
        (await inbox.AddAsync(turn, Cancel)).ShouldBeFalse();
        (await inbox.WaitingAsync(Cancel)).ShouldHaveSingleItem().Text.ShouldBe("hello");
        (await conversations.TryClaimTurnAsync("t1", Cancel)).ShouldBeTrue();
        (await conversations.TryClaimTurnAsync("t1", Cancel)).ShouldBeTrue("a crash came before its end");

        await inbox.DoneAsync(turn, Cancel);
        (await conversations.TryClaimTurnAsync("t1", Cancel)).ShouldBeFalse();
        (await inbox.WaitingAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_that_is_kept_while_it_is_claimed_is_taken_all_the_same()
    {
        var inbox = new InboxStore(Store.Database);
        var turn = new ChatTurn("t1", new ConversationId("local/ana"), FakePeople.Ana.Id, "stop everything", [], null, A.Noon);
        var late = new Database(canWait =>
        {
            var db = Store.Database.Open();
            db.SavingChanges += (_, _) => inbox.AddAsync(turn, Cancel).GetAwaiter().GetResult();
            return db;
        }, Store.Database.Open);

        (await new ConversationStore(late, Store.Machine).TryClaimTurnAsync("t1", Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_edited_activity_comes_after_the_watermark_again_under_its_own_id()
    {
        var log = new ActivityLogStore(Store.Database, new ConversationHub(), Store.Machine);
        var conversation = new ConversationId("local/ana");
        var first = await log.AppendAsync(conversation, "a1", "x", new JsonObject { ["text"] = "one" }, Cancel);
        var again = await log.AppendAsync(conversation, "a2", "x", new JsonObject { ["text"] = "one" }, Cancel);
        await log.AppendAsync(conversation, "a3", null, new JsonObject { ["text"] = "two" }, Cancel);

        again.Id.ShouldBe("a1");
        await log.ReplaceAsync(conversation, "a1", old => new JsonObject { ["text"] = $"{old["text"]}, edited" }, Cancel);

        (await log.SinceAsync(conversation, first.Number, Cancel)).Select(logged => logged.Id).ShouldBe(["a3", "a1"]);
        (await log.LatestAsync(conversation, 1, Cancel)).Select(logged => logged.Id).ShouldBe(["a1"]);
    }

    [Fact]
    public async Task Whoever_listens_to_a_conversation_hears_it_in_the_order_of_the_log()
    {
        var hub = new ConversationHub();
        var log = new ActivityLogStore(Store.Database, hub, Store.Machine);
        var conversation = new ConversationId("local/ana");
        using var listener = hub.Listen(conversation);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(
            () => log.AppendAsync(conversation, $"a{number}", null, new JsonObject { ["text"] = "x" }, Cancel), Cancel)));

        var heard = new List<long?>();
        while (listener.Frames.TryRead(out var frame))
            heard.Add(frame.Watermark);
        heard.ShouldBe((await log.SinceAsync(conversation, 0, Cancel)).Select(logged => (long?)logged.Number));
    }

    [Fact]
    public async Task What_came_before_an_event_is_found_a_page_at_a_time_and_each_once()
    {
        foreach (var number in Enumerable.Range(0, 7))
        {
            // Several in one moment, and one that was kept late.
            await Store.Feed.PublishAsync(
                new FeedEvent(0, A.Noon.AddMinutes(number == 6 ? -1 : number / 3), WorkspaceId.Local, null, null, "x", FeedKind.Note, Severity.Low, $"{number}", "because", PersonId.Agent),
                Cancel);
        }

        var seen = new List<string>();
        var page = await Store.Feed.LatestAsync(WorkspaceId.Local, null, 2, Cancel);
        while (page.Count > 0)
        {
            seen.AddRange(page.Select(happened => happened.Action));
            page = await Store.Feed.OlderAsync(WorkspaceId.Local, page[^1].Id, 2, Cancel);
        }

        seen.ShouldBe(["5", "4", "3", "2", "1", "0", "6"]);
        (await Store.Feed.OlderAsync(WorkspaceId.Local, 999, 2, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_listens_to_the_feed_hears_what_is_kept()
    {
        var feed = Store.Feed;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var heard = feed.ListenAsync(stop.Token).GetAsyncEnumerator(Cancel);
        var next = heard.MoveNextAsync();

        await feed.PublishAsync(
            new FeedEvent(0, A.Noon, WorkspaceId.Local, null, null, "x", FeedKind.Note, Severity.Low, "done", "because", PersonId.Agent), Cancel);

        (await next).ShouldBeTrue();
        heard.Current.Id.ShouldBe((await feed.LatestAsync(WorkspaceId.Local, null, 1, Cancel)).Single().Id);
        await stop.CancelAsync();
    }

    private static AccountDay Day(int day) => new(new DateOnly(2026, 3, day));

    private static KeptReading Reading(int minute, decimal spend) => new(
        A.Campaign().Id,
        A.Noon.AddMinutes(minute),
        new PerformanceReading(
            A.AtNetwork(A.Campaign()), A.Noon.AddMinutes(minute), null, new DayFigures(Day(2), A.Usd(spend), null, null, null, null), null, []));

    private static Incident Incident() => new(
        IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), A.Campaign().Id, "x", new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
        Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon, IncidentState.Acting);

    [Fact]
    public async Task The_feed_gives_what_one_did_to_a_campaign_the_newest_first()
    {
        async Task TellAsync(string campaign, string action, PersonId by) => await Store.Feed.PublishAsync(
            new FeedEvent(0, A.Noon, WorkspaceId.Local, new AdAccountId("meta"), new CampaignId(campaign), campaign, FeedKind.Note, Severity.Low, action, "", by), Cancel);

        await TellAsync("c-1", "first", PersonId.Agent);
        await TellAsync("c-1", "second", PersonId.Agent);
        await TellAsync("c-1", "paused", FakePeople.Ana.Id);
        await TellAsync("c-2", "elsewhere", PersonId.Agent);

        (await Store.Feed.LatestByAsync(WorkspaceId.Local, new CampaignId("c-1"), PersonId.Agent, 1, Cancel)).Select(happened => happened.Action).ShouldBe(["second"]);
        (await Store.Feed.LatestByAsync(WorkspaceId.Local, new CampaignId("c-1"), PersonId.Agent, 9, Cancel)).Select(happened => happened.Action).ShouldBe(["second", "first"]);
    }
}

public sealed class StoreTestsOnSqlite() : StoreTests(Engine.Sqlite);

public sealed class StoreTestsOnPostgres() : StoreTests(Engine.Postgres);
