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

        static SettingRow Row(string name) => new() { Workspace = WorkspaceId.Local.Value, Name = name, Body = "1" };
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
}
