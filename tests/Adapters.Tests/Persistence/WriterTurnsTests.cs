using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public sealed class WriterTurnsTests() : StoreSuite(Engine.Sqlite)
{
    [Fact]
    public async Task Writers_of_one_process_take_turns()
    {
        await using var first = Store.Database.Open();
        await using var second = Store.Database.Open();
        first.Add(Row("first"));
        second.Add(Row("second"));
        Task<int>? other = null;
        var waited = false;
        first.SavingChanges += (_, _) =>
        {
            other = second.SaveChangesAsync(Cancel);
            waited = !other.IsCompleted;
        };

        await first.SaveChangesAsync(Cancel);

        waited.ShouldBeTrue();
        (await other!).ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_its_turn_to_the_next()
    {
        using var turns = new WriterTurns();

        await Should.ThrowAsync<IOException>(() => turns.TakeAsync(() => throw new IOException(), Cancel));
        var held = new TaskCompletionSource<int>();
        var one = turns.TakeAsync(() => held.Task, Cancel);
        var two = turns.TakeAsync(() => Task.FromResult(2), Cancel);

        two.IsCompleted.ShouldBeFalse();
        held.SetResult(1);
        (await one, await two).ShouldBe((1, 2));
    }

    [Fact]
    public async Task What_waits_meanwhile_is_committed_together()
    {
        await using var watching = Store.Again().Open();
        var visible = new List<int>();
        await using var first = Store.Database.Open();
        var (others, saves) = (new List<CampaignsDb>(), new List<Task<int>>());
        first.Add(Row("first"));
        first.SavingChanges += (_, _) => saves = [.. Enumerable.Range(0, 20).Select(number =>
        {
            var other = Store.Database.Open();
            others.Add(other);
            other.Add(new FeedRow { Workspace = WorkspaceId.Local.Value, At = Store.Clock.GetUtcNow(), Body = $"{number}" });
            other.SavedChanges += (_, _) => visible.Add(watching.Set<FeedRow>().Count());
            return other.SaveChangesAsync(Cancel);
        })];

        await first.SaveChangesAsync(Cancel);
        (await Task.WhenAll(saves)).ShouldAllBe(saved => saved == 1);

        others.SelectMany(other => other.Set<FeedRow>().Local).Select(row => row.Number).Distinct().Count().ShouldBe(20);
        others[0].Set<FeedRow>().Count().ShouldBe(20);
        foreach (var other in others)
            await other.DisposeAsync();

        // While the last was saved nothing of the others could be seen yet.
        visible.ShouldBe(Enumerable.Repeat(0, 20));
    }

    [Fact]
    public async Task One_that_breaks_a_rule_of_the_database_costs_the_others_nothing()
    {
        await using var first = Store.Database.Open();
        await using var second = Store.Database.Open();
        await using var third = Store.Database.Open();
        first.Add(Row("first"));
        second.Add(Row("first"));
        third.Add(Row("third"));
        Task<int> refused = Task.FromResult(0), saved = Task.FromResult(0);
        first.SavingChanges += (_, _) => (refused, saved) = (second.SaveChangesAsync(Cancel), third.SaveChangesAsync(Cancel));

        await first.SaveChangesAsync(Cancel);

        Database.IsTaken(await Should.ThrowAsync<DbUpdateException>(() => refused)).ShouldBeTrue();
        (await saved).ShouldBe(1);
        await using var after = Store.Again().Open();
        (await after.Set<SettingRow>().Select(row => row.Name).OrderBy(name => name).ToListAsync(Cancel)).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task What_can_wait_comes_after_everything_else()
    {
        await using var first = Store.Database.Open();
        await using var bulk = Store.Database.OpenToWait();
        await using var urgent = Store.Database.Open();
        first.Add(Row("first"));
        bulk.Add(new FeedRow { Workspace = WorkspaceId.Local.Value, At = Store.Clock.GetUtcNow(), Body = "bulk" });
        urgent.Add(new FeedRow { Workspace = WorkspaceId.Local.Value, At = Store.Clock.GetUtcNow(), Body = "urgent" });
        Task<int>[] saves = [];
        first.SavingChanges += (_, _) => saves = [bulk.SaveChangesAsync(Cancel), urgent.SaveChangesAsync(Cancel)];

        await first.SaveChangesAsync(Cancel);
        await Task.WhenAll(saves);

        (await first.Set<FeedRow>().OrderBy(row => row.Number).Select(row => row.Body).ToListAsync(Cancel)).ShouldBe(["urgent", "bulk"]);
    }

    private static SettingRow Row(string name) => new() { Workspace = WorkspaceId.Local.Value, Name = name, Body = "1" };
}
