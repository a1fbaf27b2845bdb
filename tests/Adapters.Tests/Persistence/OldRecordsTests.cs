using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class OldRecordsTests(Engine engine) : StoreSuite(engine)
{
    private static readonly DateTimeOffset Old = A.Noon.AddDays(-36);
    private static readonly DateTimeOffset Young = A.Noon.AddDays(-34);

    [Fact]
    public async Task After_35_days_decisions_forecasts_feed_turns_activities_cards_alerts_and_settled_commands_go()
    {
        await KeepAsync(db =>
        {
            foreach (var (at, name) in new[] { (Old, "old"), (Young, "young") })
            {
                db.Add(new DecisionRow { Id = name, At = at });
                db.Add(new ForecastRow { Campaign = name, Span = "Hour", At = at });
                db.Add(new FeedRow { Campaign = name, At = at });
                db.Add(new TurnRow { Id = name, At = at, Done = true });
                db.Add(new ActivityRow { Conversation = "ana", Id = name, At = at });
                db.Add(new ChatCardRow { Id = name, At = at });
                db.Add(new AlertRow { Key = name, Channel = "email", At = at, Accepted = true, Settled = true });
                db.Add(new AlertRow { Key = $"{name} waiting", Channel = "email", At = at });
                db.Add(Intent(name, "Confirmed", at));
            }
        });

        await DeleteAsync();

        await using var db = Store.Database.Open();
        (await db.Set<DecisionRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<ForecastRow>().Select(row => row.Campaign).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<FeedRow>().Select(row => row.Campaign).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<TurnRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<ActivityRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<ChatCardRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["young"]);
        (await db.Set<AlertRow>().Select(row => row.Key).ToListAsync(Cancel)).ShouldBe(["young", "young waiting"], ignoreOrder: true);
        (await db.Set<IntentRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["young"]);
    }

    [Fact]
    public async Task Readings_go_after_90_days()
    {
        await KeepAsync(db => db.AddRange(
            new ReadingRow { Campaign = "old", ReadAt = A.Noon.AddDays(-91) }, new ReadingRow { Campaign = "young", ReadAt = A.Noon.AddDays(-89) }));

        await DeleteAsync();

        await using var db = Store.Database.Open();
        (await db.Set<ReadingRow>().Select(row => row.Campaign).ToListAsync(Cancel)).ShouldBe(["young"]);
    }

    [Fact]
    public async Task A_closed_incident_goes_35_days_after_it_was_closed_unless_its_campaign_still_stands_stopped()
    {
        await KeepAsync(db =>
        {
            db.Add(new CampaignRow { Id = "c-1", Name = "one", Handle = "c1", Status = nameof(CampaignStatus.Active), At = Old });
            db.Add(new CampaignRow { Id = "c-2", Name = "two", Handle = "c2", Status = nameof(CampaignStatus.Stopped), At = Old });
            db.Add(new IncidentRow { Id = "gone", Campaign = "c-1", Cause = "cap", At = Old, ClosedAt = Old });
            db.Add(new IncidentRow { Id = "closed lately", Campaign = "c-1", Cause = "cap", At = Old, ClosedAt = Young });
            db.Add(new IncidentRow { Id = "of a stopped one", Campaign = "c-2", Cause = "cap", At = Old, ClosedAt = Old });
        });

        await DeleteAsync();

        await using var db = Store.Database.Open();
        (await db.Set<IncidentRow>().Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["closed lately", "of a stopped one"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Planned")]
    [InlineData("Sent")]
    [InlineData("Unknown")]
    public async Task A_command_whose_outcome_is_open_stays(string state)
    {
        await KeepAsync(db => db.Add(Intent("open", state, Old)));

        await DeleteAsync();

        (await CountAsync<IntentRow>()).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_a_launch_still_builds_on_stays()
    {
        await KeepAsync(db =>
        {
            db.Add(new CampaignRow { Id = "c-1", Name = "one", Handle = "c1", Status = nameof(CampaignStatus.Launching), At = Old });
            db.Add(Intent("c-1/campaign", "Confirmed", Old));
        });

        await DeleteAsync();

        (await CountAsync<IntentRow>()).ShouldBe(1);
    }

    [Fact]
    public async Task The_audit_trail_open_incidents_and_their_alerts_stay_and_so_does_a_turn_that_is_not_done()
    {
        await Store.Audit.AppendAsync(new AuditEntry(WorkspaceId.Local, null, null, PersonId.System, "test", "says", []), Cancel);
        await KeepAsync(db =>
        {
            db.Add(new IncidentRow { Id = "open", Campaign = "c-1", Cause = "cap", IsOpen = true, At = Old });
            db.Add(new AlertRow { Key = "open/stop", Channel = "email", Incident = "open", At = Old, Settled = true });
            db.Add(new AlertRow { Key = "closed/stop", Channel = "email", Incident = "closed", At = Old, Settled = true });
            db.Add(new TurnRow { Id = "waiting", At = Old });
        });
        Store.Machine.Advance(TimeSpan.FromDays(1000));

        await new OldRecords(Store.Database, new RetentionPeriods()).DeleteSomeAsync(Store.Clock.GetUtcNow(), Store.Machine.GetUtcNow(), Cancel);

        (await CountAsync<AuditRow>()).ShouldBe(1);
        (await CountAsync<IncidentRow>()).ShouldBe(1);
        (await CountAsync<TurnRow>()).ShouldBe(1);
        await using var db = Store.Database.Open();
        (await db.Set<AlertRow>().Select(row => row.Key).ToListAsync(Cancel)).ShouldBe(["open/stop"]);
    }

    [Fact]
    public async Task Totals_of_a_day_stay_for_400_days_and_where_a_lifetime_budget_is_summed_for_as_long_as_it_may_run()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        var lifetime = A.Campaign(id: "c-life") with { CreatedAt = A.Noon.AddDays(-500), Spec = A.Spec("life") with { Budget = new Budget(BudgetType.Lifetime, A.Usd(5000), A.Usd(750)) } };
        await campaigns.AddAsync(lifetime, Cancel);
        await KeepAsync(db =>
        {
            foreach (var (campaign, back) in new[] { ("c-1", 401), ("c-1", 399), ("c-life", 450) })
                db.Add(new DayRow { Campaign = campaign, Day = DateOnly.FromDateTime(A.Noon.Date).AddDays(-back), Currency = "USD" });
        });

        await DeleteAsync();
        await using var db = Store.Database.Open();
        (await db.Set<DayRow>().Select(row => row.Campaign).ToListAsync(Cancel)).ShouldBe(["c-1", "c-life"], ignoreOrder: true);

        await campaigns.ChangeAsync(lifetime.Id, now => now with { Status = CampaignStatus.Ended }, Cancel);
        await DeleteAsync();
        (await CountAsync<DayRow>()).ShouldBe(1);
    }

    [Fact]
    public async Task Very_much_goes_in_small_parts()
    {
        await KeepAsync(db => db.AddRange(Enumerable.Range(0, 1200).Select(number => new ReadingRow { Campaign = "c-1", ReadAt = A.Noon.AddDays(-100).AddSeconds(number) })));

        var parts = new List<int>();
        while (parts.Count == 0 || parts[^1] > 0)
            parts.Add(await new OldRecords(Store.Database, new RetentionPeriods()).DeleteSomeAsync(A.Noon, A.Noon, Cancel));

        parts.ShouldBe([500, 500, 200, 0]);
    }

    private static IntentRow Intent(string id, string state, DateTimeOffset at) => new() { Id = id, Campaign = "c-1", State = state, At = at, SettledAt = at };

    private async Task KeepAsync(Action<CampaignsDb> add)
    {
        await using var db = Store.Database.Open();
        add(db);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task DeleteAsync()
    {
        while (await new OldRecords(Store.Database, new RetentionPeriods()).DeleteSomeAsync(A.Noon, A.Noon, Cancel) > 0)
        {
            // Part after part until nothing is past its time.
        }
    }

    private async Task<int> CountAsync<TRow>() where TRow : Row
    {
        await using var db = Store.Database.Open();
        return await db.Set<TRow>().CountAsync(Cancel);
    }
}

public sealed class OldRecordsTestsOnSqlite() : OldRecordsTests(Engine.Sqlite);

public sealed class OldRecordsTestsOnPostgres() : OldRecordsTests(Engine.Postgres);
