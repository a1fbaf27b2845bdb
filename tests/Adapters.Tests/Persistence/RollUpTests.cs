using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Retention;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class RollUpTests(Engine engine) : StoreSuite(engine)
{
    private static readonly DateTimeOffset ThreeDaysAgo = A.Noon.AddDays(-3);

    [Fact]
    public async Task After_two_days_the_last_reading_of_each_hour_and_campaign_is_left()
    {
        await KeepAsync(db =>
        {
            foreach (var minute in new[] { 0, 20, 59, 60, 119 })
                db.AddRange(Reading("c-1", ThreeDaysAgo.AddMinutes(minute)), Reading("c-2", ThreeDaysAgo.AddMinutes(minute)));
        });

        await RollAsync();

        (await ReadingsAsync("c-1")).ShouldBe([ThreeDaysAgo.AddMinutes(59), ThreeDaysAgo.AddMinutes(119)]);
        (await ReadingsAsync("c-2")).ShouldBe([ThreeDaysAgo.AddMinutes(59), ThreeDaysAgo.AddMinutes(119)]);
    }

    [Fact]
    public async Task Readings_of_the_last_two_days_stay_as_they_came()
    {
        await KeepAsync(db => db.AddRange(Enumerable.Range(0, 30).Select(minute => Reading("c-1", A.Noon.AddDays(-2).AddMinutes(minute)))));

        await RollAsync();

        (await ReadingsAsync("c-1")).Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_day_of_quiet_turns_becomes_24_that_stand_for_all_288()
    {
        await KeepAsync(db => db.AddRange(Enumerable.Range(0, 288).Select(turn => Turn($"t{turn:000}", ThreeDaysAgo.AddMinutes(5 * turn)))));

        await RollAsync();

        await using var db = Store.Database.Open();
        var left = await db.Set<DecisionRow>().OrderBy(row => row.At).ToListAsync(Cancel);
        left.Count.ShouldBe(24);
        left[0].Id.ShouldBe("t011");
        left.Sum(row => row.Turns).ShouldBe(288);
    }

    [Fact]
    public async Task A_turn_in_which_something_was_done_is_never_rolled_up()
    {
        await KeepAsync(db => db.AddRange(
            Turn("before", ThreeDaysAgo), Turn("moved", ThreeDaysAgo.AddMinutes(5), quiet: false), Turn("after", ThreeDaysAgo.AddMinutes(10))));

        await RollAsync();

        await using var db = Store.Database.Open();
        (await db.Set<DecisionRow>().OrderBy(row => row.At).Select(row => row.Id).ToListAsync(Cancel)).ShouldBe(["moved", "after"]);
    }

    [Fact]
    public async Task Rolling_up_again_changes_nothing_and_goes_on_where_it_was()
    {
        await KeepAsync(db => db.AddRange(Reading("c-1", ThreeDaysAgo), Reading("c-1", ThreeDaysAgo.AddMinutes(1)), Turn("t1", ThreeDaysAgo), Turn("t2", ThreeDaysAgo.AddMinutes(5))));
        await RollAsync();
        await KeepAsync(db => db.AddRange(Reading("c-1", A.Noon.AddHours(-1)), Reading("c-1", A.Noon.AddMinutes(-50))));

        await RollAsync();
        (await ReadingsAsync("c-1")).Count.ShouldBe(3);

        await RollAsync(A.Noon.AddDays(4));
        (await ReadingsAsync("c-1")).ShouldBe([ThreeDaysAgo.AddMinutes(1), A.Noon.AddMinutes(-50)]);
        await using var db = Store.Database.Open();
        (await db.Set<DecisionRow>().SingleAsync(Cancel)).Turns.ShouldBe(2);
    }

    [Fact]
    public async Task Much_goes_in_parts_of_500()
    {
        await KeepAsync(db => db.AddRange(Enumerable.Range(0, 1200).Select(number => Reading("c-1", ThreeDaysAgo.AddSeconds(number)))));
        var rollUp = new RollUp(Store.Database, Store.Settings, new RetentionPeriods());

        var parts = new List<int>();
        while (parts.Count == 0 || parts[^1] > 0)
            parts.Add(await rollUp.RollSomeAsync(A.Noon, Cancel));

        parts.ShouldBe([500, 500, 199, 1, 0]);
    }

    [Fact]
    public async Task The_audit_trail_is_left_as_it_is()
    {
        for (var entry = 0; entry < 3; entry++)
            await Store.Audit.AppendAsync(new AuditEntry(WorkspaceId.Local, null, null, PersonId.System, "test", "says", []), Cancel);

        await RollAsync(A.Noon.AddDays(1000));

        (await Store.Audit.VerifyAsync(Cancel)).Entries.ShouldBe(3);
    }

    private static ReadingRow Reading(string campaign, DateTimeOffset at) => new() { Campaign = campaign, ReadAt = at };

    private static DecisionRow Turn(string id, DateTimeOffset at, bool quiet = true) => new() { Id = id, Campaign = "c-1", At = at, Quiet = quiet };

    private async Task KeepAsync(Action<CampaignsDb> add)
    {
        await using var db = Store.Database.Open();
        add(db);
        await db.SaveChangesAsync(Cancel);
    }

    private async Task RollAsync(DateTimeOffset? now = null)
    {
        var rollUp = new RollUp(Store.Again(), Store.Settings, new RetentionPeriods());
        while (await rollUp.RollSomeAsync(now ?? A.Noon, Cancel) > 0)
        {
            // Part after part until nothing is past its time.
        }
    }

    private async Task<IReadOnlyList<DateTimeOffset>> ReadingsAsync(string campaign)
    {
        await using var db = Store.Database.Open();
        return await db.Set<ReadingRow>().Where(row => row.Campaign == campaign).OrderBy(row => row.ReadAt).Select(row => row.ReadAt).ToListAsync(Cancel);
    }
}

public sealed class RollUpTestsOnSqlite() : RollUpTests(Engine.Sqlite);

public sealed class RollUpTestsOnPostgres() : RollUpTests(Engine.Postgres);
