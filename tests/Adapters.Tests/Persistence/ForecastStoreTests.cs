using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

public abstract class ForecastStoreTests(Engine engine) : StoreSuite(engine)
{
    [Fact]
    public async Task An_hour_and_a_day_that_begin_together_are_two_rows_and_an_outcome_is_written_beside_its_forecast()
    {
        var (hour, day) = (Forecast(ForecastSpan.Hour, A.Noon), Forecast(ForecastSpan.Day, A.Noon));
        await new ForecastStore(Store.Database).KeepAsync([hour, day], Cancel);
        var settled = hour with { Came = new Outcome(A.Noon.AddHours(2), 35, null, true, "its results were not counted") };
        await new ForecastStore(Store.Database).KeepAsync([settled, Forecast(ForecastSpan.Hour, A.Noon.AddHours(1))], Cancel);

        var again = new ForecastStore(Store.Again());
        var hours = await again.LatestAsync(hour.Campaign, ForecastSpan.Hour, 10, Cancel);
        hours.Select(forecast => forecast.Foreseen.From).ShouldBe([A.Noon.AddHours(1), A.Noon]);
        hours[1].ShouldBe(settled);
        (await again.LatestAsync(hour.Campaign, ForecastSpan.Day, 10, Cancel)).ShouldHaveSingleItem().ShouldBe(day);
        (await again.LatestAsync(new CampaignId("c-2"), ForecastSpan.Day, 10, Cancel)).ShouldBeEmpty();
    }

    private static RunningForecast Forecast(ForecastSpan span, DateTimeOffset from) => new(
        new CampaignId("c-1"), WorkspaceId.Local, new AdAccountId("meta"), Currency.Usd, ResultWord.Install, 500, 12,
        new Foreseen(span, from, from.AddHours(1), from.AddHours(-1), new Estimate(29, 34, 41), new Estimate(2, 2.8m, 4), null));
}

public sealed class ForecastStoreTestsOnSqlite() : ForecastStoreTests(Engine.Sqlite);

public sealed class ForecastStoreTestsOnPostgres() : ForecastStoreTests(Engine.Postgres);
