using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Launches and overrides are told next to what had been expected, once for each of day 7 and day 30.</summary>
public sealed class LaunchScoresTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_seven_days_the_forecast_is_told_next_to_what_came_once()
    {
        await AddAsync(A.Campaign() with { LaunchedAt = A.Noon, Predictions = Forecast(9, 15), Overrides = [new Override("Bid", "a bid of $9", "the sale needs it", new PersonId("local:ana"), A.Noon.AddHours(-1))] });
        await RunAsync(8);
        _bench.Feed.All.ShouldBeEmpty();

        await RunAsync(1);
        await RunAsync(0);

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("7 days after its launch");
        told.Below.ShouldBe("launch/c-1");
        told.Reason.ShouldBe(
            "one install was forecast to cost $9–$15 and the spend to be $2,800–$4,200; $3,360 came to 280 installs, $12 each: as forecast. ana kept it against \"a bid of $9\": the sale needs it");
    }

    [Fact]
    public async Task The_days_of_a_launch_for_later_are_counted_from_when_it_first_ran()
    {
        await AddAsync(A.Campaign() with { LaunchedAt = A.Noon.AddDays(-5), FirstRanAt = A.Noon, Predictions = Forecast(9, 15) });

        await RunAsync(8);
        _bench.Feed.All.ShouldBeEmpty();

        await RunAsync(1);
        _bench.Feed.All.ShouldHaveSingleItem().Reason.ShouldContain("$3,360 came to 280 installs");
    }

    [Theory]
    [InlineData(CampaignStatus.Scheduled)]
    [InlineData(CampaignStatus.InReview)]
    public async Task One_that_waits_for_its_start_is_scored_only_after_it_ran(CampaignStatus waits)
    {
        await AddAsync(A.Campaign() with { LaunchedAt = A.Noon, Status = waits, Predictions = Forecast(9, 15) });
        await RunAsync(9);
        _bench.Feed.All.ShouldBeEmpty();

        await _bench.Campaigns.ChangeAsync(new CampaignId("c-1"), now => now with { Status = CampaignStatus.Active, FirstRanAt = A.Noon.AddDays(9) }, Cancel);
        await RunAsync(9);

        _bench.Feed.All.ShouldHaveSingleItem().Action.ShouldBe("7 days after its launch");
    }

    [Fact]
    public async Task What_came_otherwise_is_said_so()
    {
        await AddAsync(A.Campaign() with { LaunchedAt = A.Noon, Predictions = Forecast(4, 8) });

        await RunAsync(9);

        _bench.Feed.All.ShouldHaveSingleItem().Reason.ShouldEndWith(": NOT as forecast");
    }

    [Fact]
    public async Task An_override_is_held_against_as_many_days_before_it()
    {
        var said = A.Noon.AddDays(10);
        await AddAsync(A.Campaign() with { LaunchedAt = A.Noon, Overrides = [new Override("automation", "bid $12 → $10", "weekend sale", new PersonId("local:ana"), said)] });

        await RunAsync(19);

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("7 days after ana overrode the agent");
        told.Reason.ShouldContain("in as many days before $3,360 came to 280 installs, $12 each, since then");
    }

    private async Task RunAsync(int days)
    {
        _bench.Machine.Advance(TimeSpan.FromDays(days));
        await new LaunchScores(_bench.Campaigns, _bench.Readings, _bench.Accounts, _bench.Feed, _bench.Clock).RunAsync(Cancel);
    }

    /// <summary>$480 and 40 installs on each of 40 days.</summary>
    private async Task AddAsync(Campaign campaign)
    {
        _bench.Campaigns.With(campaign);
        foreach (var back in Enumerable.Range(0, 40))
            await _bench.Readings.KeepDaysAsync(A.Account(), campaign.Id, [new DayFigures(new AccountDay(A.Account().DayAt(A.Noon).Date.AddDays(back)), A.Usd(480), 10_000, 500, 40, null)], Cancel);
    }

    private static PreLaunchPredictions Forecast(decimal low, decimal high) => new(
        Currency.Usd, 30, ResultWord.Install, new Estimate(12_000, 15_000, 18_000), new Estimate(800, 1_200, 1_600), new Estimate(low, (low + high) / 2, high), null, null, null,
        Confidence.Low, "test", 0, new SaturationCurve([], .5m, null, true), [], [], A.Noon);
}
