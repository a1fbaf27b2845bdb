using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Chats;
using ChatOpsCampaigns.Adapters.Persistence.Forgetting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class TeamsReferenceStoreTests(Engine engine) : StoreSuite(engine)
{
    private static readonly TeamsReference Ana =
        new(new ConversationId("teams/@a1"), new Uri("https://smba.trafficmanager.net/emea/"), "t1", "28:b", "Campaigns") { User = "29:ana", Direct = new ConversationId("teams/a:1"), Seen = new ConversationId("teams/a:1") };

    private readonly FakeTimeProvider _machine = new(A.Noon);

    [Fact]
    public async Task What_is_known_of_somebody_outlives_a_restart_and_what_is_not_said_again_stays()
    {
        await new TeamsReferenceStore(Store.Database, _machine).KeepAsync(Ana, Cancel);

        var again = new TeamsReferenceStore(Store.Again(), _machine);
        (await again.FindAsync(Ana.Place, Cancel)).ShouldBe(Ana);
        await again.KeepAsync(Ana with { Service = new Uri("https://smba.trafficmanager.net/amer/"), Direct = null, Seen = new ConversationId("teams/19:x@thread.v2") }, Cancel);

        var known = (await again.FindAsync(Ana.Place, Cancel)).ShouldNotBeNull();
        known.Service.AbsoluteUri.ShouldBe("https://smba.trafficmanager.net/amer/");
        known.Direct.ShouldBe(Ana.Direct);
        known.Seen.ShouldBe(new ConversationId("teams/19:x@thread.v2"));
    }

    [Fact]
    public async Task The_team_of_a_channel_and_that_it_is_heard_whole_stay_until_something_else_is_said()
    {
        var store = new TeamsReferenceStore(Store.Database, _machine);
        var ads = Ana with { Place = new ConversationId("teams/19:ads@thread.tacv2"), User = null, Direct = null, Seen = null, Team = "19:team@thread.tacv2", HearsAll = true };
        await store.KeepAsync(ads, Cancel);
        await store.KeepAsync(ads with { Team = null, HearsAll = null }, Cancel);
        await store.KeepAsync(ads with { Place = new ConversationId("teams/19:news@thread.tacv2"), HearsAll = null }, Cancel);
        await store.KeepAsync(Ana, Cancel);

        var again = new TeamsReferenceStore(Store.Again(), _machine);
        (await again.FindAsync(ads.Place, Cancel)).ShouldBe(ads);
        (await again.TeamsAsync(Cancel)).ShouldHaveSingleItem().Team.ShouldBe("19:team@thread.tacv2");

        await again.KeepAsync(ads with { HearsAll = false }, Cancel);
        (await again.FindAsync(ads.Place, Cancel))!.HearsAll.ShouldBe(false);
    }

    [Fact]
    public async Task What_is_closed_is_no_way_for_others_and_opens_when_something_comes_from_there()
    {
        var store = new TeamsReferenceStore(Store.Database, _machine);
        var channel = Ana with { Place = new ConversationId("teams/19:ads@thread.tacv2"), User = null, Direct = null, Seen = null };
        await store.KeepAsync(channel, Cancel);
        await store.CloseAsync(channel.Place, "the app was removed", Cancel);

        (await store.FindAsync(channel.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBe("the app was removed");
        (await store.LatestAsync(Cancel)).ShouldBeNull();

        await store.KeepAsync(channel, Cancel);
        (await store.FindAsync(channel.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBeNull();
        (await store.LatestAsync(Cancel)).ShouldNotBeNull().Place.ShouldBe(channel.Place);
    }

    [Fact]
    public async Task Of_a_team_that_the_app_was_removed_from_every_channel_is_closed_and_no_other_place()
    {
        var store = new TeamsReferenceStore(Store.Database, _machine);
        TeamsReference Channel(string name, string team) => Ana with { Place = new ConversationId($"teams/19:{name}@thread.tacv2"), User = null, Direct = null, Seen = null, Team = team };
        var (ads, news, other) = (Channel("ads", "19:one@thread.tacv2"), Channel("news", "19:one@thread.tacv2"), Channel("other", "19:two@thread.tacv2"));
        foreach (var reference in new[] { Ana, ads, news, other })
            await store.KeepAsync(reference, Cancel);

        await store.CloseTeamAsync("19:one@thread.tacv2", "the app was removed", Cancel);

        var again = new TeamsReferenceStore(Store.Again(), _machine);
        foreach (var closed in new[] { ads, news })
            (await again.FindAsync(closed.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBe("the app was removed");
        foreach (var open in new[] { Ana, other })
            (await again.FindAsync(open.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBeNull();

        await again.KeepAsync(ads, Cancel);
        (await again.FindAsync(ads.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBeNull();
        (await again.FindAsync(news.Place, Cancel)).ShouldNotBeNull().Closed.ShouldBe("the app was removed", "a channel is open again when something comes from it");
    }

    [Fact]
    public async Task Whoever_is_forgotten_cannot_be_reached_on_Teams_any_more_and_others_can()
    {
        var store = new TeamsReferenceStore(Store.Database, _machine);
        var max = Ana with { Place = new ConversationId("teams/@a2"), User = "29:max", Direct = new ConversationId("teams/a:2"), Seen = new ConversationId("teams/a:2") };
        foreach (var reference in new[] { Ana, Ana with { Place = Ana.Direct!.Value, User = null, Direct = null, Seen = null }, max })
            await store.KeepAsync(reference, Cancel);

        var stops = new FileStopJournal(Store.Folder, NullLogger<FileStopJournal>.Instance);
        var end = new ForgettingEnd(Store.Database, new UnusedFiles(Store.Folder), NullLogger<ForgettingEnd>.Instance);
        await new PersonalRecords(Store.Database, Store.AuditAgain(), new AuditKey(Store.Folder, null), stops, end).ForgetAsync(new PersonId("teams:a1"), FakePeople.You.Id, Cancel);

        (await store.FindAsync(Ana.Place, Cancel)).ShouldBeNull();
        (await store.FindAsync(Ana.Direct!.Value, Cancel)).ShouldBeNull();
        (await store.FindAsync(max.Place, Cancel)).ShouldBe(max);
    }

    [Fact]
    public async Task The_same_conversation_in_the_same_moment_is_kept_once()
    {
        var store = new TeamsReferenceStore(Store.Database, _machine);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.KeepAsync(Ana, Cancel), Cancel)));

        (await store.FindAsync(Ana.Place, Cancel)).ShouldBe(Ana);
    }
}

public sealed class TeamsReferenceStoreTestsOnSqlite() : TeamsReferenceStoreTests(Engine.Sqlite);

public sealed class TeamsReferenceStoreTestsOnPostgres() : TeamsReferenceStoreTests(Engine.Postgres);
