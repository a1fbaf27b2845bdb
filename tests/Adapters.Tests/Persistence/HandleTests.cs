using ChatOpsCampaigns.Adapters.Persistence;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.EntityFrameworkCore;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class HandleTests(Engine engine) : StoreSuite(engine)
{
    [Fact]
    public async Task A_handle_is_not_given_again_after_its_incident_was_deleted()
    {
        (await OpenAsync("c-1")).ShouldBe("i1");
        (await OpenAsync("c-2")).ShouldBe("i2");
        await using (var db = Store.Database.Open())
            await db.Set<IncidentRow>().ExecuteDeleteAsync(Cancel);

        (await OpenAsync("c-3")).ShouldBe("i3");
        (await OpenAsync("c-4", Store.AuditAgain())).ShouldBe("i4");
    }

    [Fact]
    public async Task In_a_database_from_before_it_goes_on_after_the_last()
    {
        await OpenAsync("c-1");
        await OpenAsync("c-2");
        await using (var db = Store.Database.Open())
            await db.Set<GivenNumberRow>().ExecuteDeleteAsync(Cancel);

        (await OpenAsync("c-3")).ShouldBe("i3");
    }

    [Fact]
    public async Task Many_at_once_each_have_their_own()
    {
        var incidents = new IncidentStore(Store.Database, Store.Audit);

        var handles = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => OpenAsync($"c-{number}", incidents)));

        handles.ShouldBe(Enumerable.Range(1, 30).Select(number => $"i{number}"), ignoreOrder: true);
    }

    private Task<string> OpenAsync(string campaign, AuditChain? elsewhere = null) => OpenAsync(campaign, new IncidentStore(Store.Database, elsewhere ?? Store.Audit));

    private static async Task<string> OpenAsync(string campaign, IncidentStore incidents)
    {
        var (opened, _) = await incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId(campaign), campaign, new RuleId("daily-spend-cap"), Remedy.PauseCampaign,
                Severity.Critical, new Evidence("spend today", "800", "750"), A.Noon, IncidentState.Open),
            Cancel);
        return opened.Handle;
    }
}

public sealed class HandleTestsOnSqlite() : HandleTests(Engine.Sqlite);

public sealed class HandleTestsOnPostgres() : HandleTests(Engine.Postgres);
