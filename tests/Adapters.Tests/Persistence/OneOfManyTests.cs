using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>What a sweep asks for each campaign, among all that there is.</summary>
public abstract class OneOfManyTests(Engine engine) : StoreSuite(engine)
{
    [Fact]
    public async Task Open_incidents_of_one_campaign_are_neither_anothers_nor_closed_ones()
    {
        var incidents = new IncidentStore(Store.Database, Store.Audit);
        await incidents.OpenAsync(Incident("c-1", "daily-spend-cap"), Cancel);
        await incidents.OpenAsync(Incident("c-2", "daily-spend-cap"), Cancel);
        var (closed, _) = await incidents.OpenAsync(Incident("c-1", "zero-conversions"), Cancel);
        await incidents.ChangeAsync(closed.Id, open => open with { State = IncidentState.Closed }, Cancel);

        (await incidents.OpenOfAsync(new CampaignId("c-1"), Cancel)).ShouldHaveSingleItem().Cause.ShouldBe(new RuleId("daily-spend-cap"));
    }

    [Fact]
    public async Task What_may_spend_of_one_account_is_neither_anothers_nor_at_rest()
    {
        var campaigns = new CampaignStore(Store.Database, Store.Audit);
        foreach (var campaign in new[]
        {
            A.Campaign(id: "runs"), A.Campaign(CampaignStatus.Paused, "rests"), A.Campaign(id: "elsewhere") with { Spec = A.Spec(network: "TikTok") },
        })
            await campaigns.AddAsync(campaign, Cancel);

        (await campaigns.MaySpendOfAsync(new AdAccountId("meta"), Cancel)).ShouldHaveSingleItem().Id.ShouldBe(new CampaignId("runs"));
    }

    [Fact]
    public async Task Readings_of_an_account_bring_the_figures_of_their_days()
    {
        var readings = new ReadingStore(Store.Database);
        await readings.KeepAsync(A.Account(), [Reading("c-1", 10, 90), Reading("c-2", 20, null)], Cancel);
        await readings.KeepAsync(A.Account(), [Reading("c-1", 15, 91)], Cancel);

        (await SpendAsync("c-1")).ShouldBe([91, 15]);
        (await SpendAsync("c-2")).ShouldBe([20]);

        async Task<IEnumerable<decimal>> SpendAsync(string campaign) =>
            (await readings.DaysAsync(new CampaignId(campaign), Today.Previous, Cancel)).Select(day => day.Spend.Amount);
    }

    private static AccountDay Today => A.Account().DayAt(A.Noon);

    private static KeptReading Reading(string campaign, decimal spend, decimal? yesterday) => new(
        new CampaignId(campaign),
        A.Noon,
        new PerformanceReading(
            A.AtNetwork(A.Campaign()), A.Noon, A.Noon, Figures(Today, spend), yesterday is { } before ? Figures(Today.Previous, before) : null, []));

    private static DayFigures Figures(AccountDay day, decimal spend) => new(day, A.Usd(spend), 100, 10, 1, null);

    private static Incident Incident(string campaign, string cause) => new(
        IncidentId.New(), WorkspaceId.Local, new AdAccountId("meta"), new CampaignId(campaign), campaign, new RuleId(cause), Remedy.PauseCampaign,
        Severity.Critical, new Evidence("spend today", "800", "750"), A.Noon, IncidentState.Open);
}

public sealed class OneOfManyTestsOnSqlite() : OneOfManyTests(Engine.Sqlite);

public sealed class OneOfManyTestsOnPostgres() : OneOfManyTests(Engine.Postgres);
