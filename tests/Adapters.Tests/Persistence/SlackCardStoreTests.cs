using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class SlackCardStoreTests(Engine engine) : StoreSuite(engine)
{
    private readonly FakeTimeProvider _machine = new(A.Noon);

    [Fact]
    public async Task A_card_is_known_after_a_restart_and_one_that_was_never_posted_is_not()
    {
        await new SlackCardStore(Store.Database, _machine).KeepAsync("k1", "{\"type\":\"AdaptiveCard\"}", null, Cancel);

        var again = new SlackCardStore(Store.Again(), _machine);
        (await again.FindAsync("k1", Cancel)).ShouldBe("{\"type\":\"AdaptiveCard\"}");
        (await again.FindAsync("k2", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_card_that_is_posted_again_is_kept_once_and_is_young_again()
    {
        var cards = new SlackCardStore(Store.Database, _machine);
        await cards.KeepAsync("k1", "{}", null, Cancel);
        _machine.Advance(TimeSpan.FromDays(34));
        await cards.KeepAsync("k1", "{}", null, Cancel);

        await using var db = Store.Database.Open();
        (await db.Set<Adapters.Persistence.ChatCardRow>().SingleAsync(Cancel)).At.ShouldBe(A.Noon.AddDays(34));
    }

    [Fact]
    public async Task The_same_card_at_the_same_moment_is_kept_once()
    {
        var cards = new SlackCardStore(Store.Database, _machine);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => cards.KeepAsync("k1", "{}", null, Cancel), Cancel)));

        await using var db = Store.Database.Open();
        (await db.Set<Adapters.Persistence.ChatCardRow>().CountAsync(Cancel)).ShouldBe(1);
    }
}

public sealed class SlackCardStoreTestsOnSqlite() : SlackCardStoreTests(Engine.Sqlite);

public sealed class SlackCardStoreTestsOnPostgres() : SlackCardStoreTests(Engine.Postgres);
