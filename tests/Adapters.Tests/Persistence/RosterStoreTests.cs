using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public sealed class RosterStoreTestsOnSqlite() : RosterStoreTests(Engine.Sqlite);

public sealed class RosterStoreTestsOnPostgres() : RosterStoreTests(Engine.Postgres);

/// <summary>Who has which role, and who is one person with whom, after a restart.</summary>
public abstract class RosterStoreTests(Engine engine) : StoreSuite(engine)
{
    private static readonly PersonId Ana = new("slack:U0ANA");

    [Fact]
    public async Task What_was_given_taken_and_joined_holds_after_a_restart_and_is_in_the_trail()
    {
        var book = new RosterBook(Store.Settings);
        var people = new FakePeople { Roster = book };
        var desk = new PeopleDesk(book, people.Configured, people, Store.Machine);
        await desk.GrantAsync(FakePeople.You, Ana, Role.Approver, new AdAccountId("meta"), Cancel);
        await desk.RevokeAsync(FakePeople.You, FakePeople.Max.Id, Role.Approver, null, Cancel);
        var code = (await new LinkDesk(book, Store.Machine).OfferAsync(FakePeople.Max, Cancel)).Split("people link ")[1][..LinkDesk.Length];
        (await new LinkDesk(book, Store.Machine).JoinAsync(await people.GetAsync(Ana, Cancel), code, Cancel)).Joined.ShouldBe(FakePeople.Max.Id);

        var after = new FakePeople { Roster = new RosterBook(new SettingsStore(Store.Again(), new Lazy<AuditChain>(Store.AuditAgain()))) };

        RoleTable.Said(await after.GetAsync(FakePeople.Max.Id, Cancel)).ShouldBe("Viewer and Approver for meta");
        (await after.GetAsync(Ana, Cancel)).Also.ShouldBe([FakePeople.Max.Id]);
        (await after.Roster.AllAsync(Cancel)).Codes.ShouldBeEmpty();
        (await Store.AuditAgain().VerifyAsync(Cancel)).Intact.ShouldBeTrue();
    }
}
