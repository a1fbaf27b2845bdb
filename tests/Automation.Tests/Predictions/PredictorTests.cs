using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Predictions;

public sealed class PredictorTests
{
    private readonly Bench _bench = new();

    private Predictor Predictor => new(
        _bench.Networks, _bench.Accounts, new PastCampaigns(_bench.Campaigns, _bench.Readings, _bench.Accounts, _bench.Clock), _bench.Clock);

    [Theory]
    [InlineData(0, .57, 1.75)]
    [InlineData(1, .66, 1.52)]
    [InlineData(3, .69, 1.44)]
    [InlineData(10, .71, 1.40)]
    public void The_range_narrows_with_own_campaigns(int own, double low, double high)
    {
        var past = Enumerable.Range(0, own).Select(_ => new PastCampaign(A.Campaign(), 126_500, 10_000, 0, 0, 30, TimeSpan.Zero));

        var cost = CostBelief.From(new Range<decimal>(8, 20), past);

        (cost.Low / cost.Middle).ShouldBe(low, .015);
        (cost.High / cost.Middle).ShouldBe(high, .015);
    }

    [Fact]
    public async Task A_new_account_gets_the_platform_range_low_confidence_and_no_revenue()
    {
        var forecast = await Predictor.PredictAsync(A.Draft(), TestContext.Current.CancellationToken);

        forecast.ShouldNotBeNull();
        forecast.Result.ShouldBe(ResultWord.Install);
        forecast.Confidence.ShouldBe(Confidence.Low);
        forecast.Basis.ShouldContain("platform range alone");
        forecast.Revenue.ShouldBeNull();
        forecast.Warnings.ShouldContain(warning => warning.Contains("worth $24` to see this, and to have the min ROAS of 2× watched", StringComparison.Ordinal));
        forecast.Curve.Assumed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_said_worth_gives_revenue_roas_and_roi()
    {
        var forecast = await Predictor.PredictAsync(A.Draft() with { Worth = A.Usd(24) }, TestContext.Current.CancellationToken);

        forecast!.Revenue.ShouldNotBeNull();
        forecast.Roi!.Middle.ShouldBe(forecast.Roas!.Middle - 1);
        forecast.Curve.Optimum.ShouldNotBeNull();
    }

    [Fact]
    public async Task Own_campaigns_are_named_and_their_revenue_values_a_result()
    {
        await PastAsync(7, spend: 300, results: 30, revenue: 720);

        var forecast = await Predictor.PredictAsync(A.Draft(), TestContext.Current.CancellationToken);

        forecast!.SimilarCampaigns.ShouldBe(7);
        forecast.Basis.ShouldStartWith("based on 7 of your campaigns and the platform range");
        forecast.Confidence.ShouldBe(Confidence.Medium);
        (forecast.Revenue!.Middle / forecast.Results.Middle).ShouldBe(24m, .01m);
    }

    [Fact]
    public async Task There_is_no_forecast_before_network_objective_and_budget()
    {
        var cancellation = TestContext.Current.CancellationToken;

        (await Predictor.PredictAsync(A.Draft() with { BudgetAmount = null }, cancellation)).ShouldBeNull();
        (await Predictor.PredictAsync(A.Draft() with { Objective = null }, cancellation)).ShouldBeNull();
        (await Predictor.PredictAsync(A.Draft() with { Network = null }, cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Says_what_the_network_may_spend_on_a_day_above_the_cap()
    {
        var forecast = await Predictor.PredictAsync(A.Draft(), TestContext.Current.CancellationToken);

        var advice = forecast!.Recommendations.Single(recommendation => recommendation.Id == "overdelivery");
        advice.Because.ShouldContain("may spend up to $875 on a day; I stop at $750");
        advice.Value.ShouldBe("$428/day");
    }

    [Fact]
    public async Task Names_the_campaigns_that_its_suggestions_rest_on()
    {
        var cancellation = TestContext.Current.CancellationToken;

        await PastAsync(4, spend: 300, results: 30, revenue: 0);
        var suggestions = await Predictor.SuggestAsync(A.Draft(), "targeting", cancellation);

        suggestions.Select(suggestion => suggestion.Value).ShouldBe(["CA, US", "18-44"]);
        suggestions.ShouldAllBe(suggestion => suggestion.Because.Contains("2 best of 4 campaigns", StringComparison.Ordinal));
    }

    private async Task PastAsync(int campaigns, decimal spend, decimal results, decimal revenue)
    {
        for (var number = 0; number < campaigns; number++)
        {
            var campaign = A.Campaign(CampaignStatus.Ended, $"past-{number}");
            _bench.Campaigns.With(campaign);
            for (var day = 1; day <= 5; day++)
            {
                var figures = new DayFigures(
                    new AccountDay(DateOnly.FromDateTime(A.Noon.Date).AddDays(-day)), A.Usd(spend), 10_000, 500, results, A.Usd(revenue));
                await _bench.Readings.KeepDayAsync(A.Account(), campaign.Id, figures, TestContext.Current.CancellationToken);
            }
        }
    }
}
