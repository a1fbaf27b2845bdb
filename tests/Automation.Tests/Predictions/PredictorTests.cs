using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
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
        forecast.Warnings.ShouldContain(warning => warning.Contains("worth $24\" to see this, and to have the min ROAS of 2× watched", StringComparison.Ordinal));
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

    [Theory]
    [InlineData(2.0, "The forecast ROAS of 1.90×", "is below your minimum of 2×: the campaign would probably be stopped. A floor that leaves room is \"min roas ")]
    [InlineData(50.0, "Even the best forecast ROAS, ", "is below your minimum of 50×: the campaign would almost certainly be stopped.")]
    public async Task A_floor_above_the_forecast_is_said_with_one_that_leaves_room(double floor, string begins, string says)
    {
        var risk = (await RisksAsync(new AutomationSettings { MinRoas = (decimal)floor })).ShouldHaveSingleItem();

        (risk.Kind, risk.Field).ShouldBe((ProblemKind.Warns, "Automation.MinRoas"));
        risk.Says.ShouldStartWith(begins);
        risk.Says.ShouldContain(says);
    }

    [Theory]
    [InlineData(12, "The forecast of $12.65 per install is above your max CPA of $12: its bid would probably be cut until it hardly delivers. A limit that leaves room is \"max cpa $23\".")]
    [InlineData(.1, "Even the cheapest forecast, $7.23 per install, is above your max CPA of $0.10: its bid would almost certainly be cut until it hardly delivers. A limit that leaves room is \"max cpa $23\".")]
    public async Task A_ceiling_below_the_forecast_is_said_with_one_that_leaves_room(double most, string says)
    {
        var risk = (await RisksAsync(new AutomationSettings { MaxCpa = A.Usd((decimal)most) })).ShouldHaveSingleItem();

        (risk.Kind, risk.Field, risk.Says).ShouldBe((ProblemKind.Warns, "Automation.MaxCpa", says));
    }

    [Fact]
    public async Task Limits_that_the_forecast_keeps_are_not_warned_of() =>
        (await RisksAsync(new AutomationSettings { MinRoas = 1.5m, MaxCpa = A.Usd(18) })).ShouldBeEmpty();

    [Fact]
    public async Task A_cost_cap_holds_the_forecast_cost_and_the_money_that_is_spent_at_it()
    {
        var open = (await ForecastAsync(A.Draft() with { Strategy = BidStrategy.LowestCost, TargetCpa = null, MaxBid = null }))!;
        var capped = (await ForecastAsync(A.Draft() with { TargetCpa = A.Usd(9) }))!;

        open.Spend.Middle.ShouldBeGreaterThan(13_500);
        capped.CostPerResult.High.ShouldBe(9);
        capped.Spend.Middle.ShouldBeInRange(open.Spend.Middle * .4m, open.Spend.Middle * .5m);
        capped.Warnings.ShouldContain($"$9 per install is likely too low: about 22 % of such campaigns get there, and only about 42 % of the budget is likely to be spent.");
    }

    [Fact]
    public async Task A_target_that_caps_nothing_is_not_said_to_hold_the_delivery_back()
    {
        var forecast = (await ForecastAsync(A.Draft() with { Strategy = BidStrategy.LowestCost, TargetCpa = A.Usd(9), MaxBid = null }))!;

        forecast.Spend.Middle.ShouldBeGreaterThan(13_500);
        forecast.Warnings.ShouldContain("$9 per install is likely too low: about 22 % of such campaigns get there.");
    }

    [Fact]
    public async Task A_floor_is_not_compared_with_nothing_and_that_is_said()
    {
        var forecast = (await ForecastAsync(A.Draft() with { Automation = new AutomationSettings { MinRoas = 2m } }))!;

        forecast.Risks.ShouldBeEmpty();
        forecast.Warnings.ShouldContain(warning => warning.Contains("to have the min ROAS of 2× watched", StringComparison.Ordinal));
    }

    [Proves(56)]
    [Fact]
    public async Task Own_campaigns_are_named_and_their_revenue_values_a_result()
    {
        await PastAsync(7, spend: 300, results: 30, revenue: 720);

        var forecast = await ForecastAsync(A.Draft() with { Strategy = BidStrategy.LowestCost, TargetCpa = null, MaxBid = null });

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

    [Theory]
    [InlineData(0, Confidence.Low, "based on the platform range alone")]
    [InlineData(1, Confidence.Low, "based on the platform range")]
    [InlineData(2, Confidence.Low, "based on the platform range")]
    [InlineData(3, Confidence.Medium, "based on 3 of your campaigns")]
    public async Task Suggestions_and_forecast_begin_to_trust_own_campaigns_at_the_same_number(int campaigns, Confidence confidence, string basis)
    {
        await PastAsync(campaigns, spend: 300, results: 30, revenue: 0);

        var forecast = (await ForecastAsync(A.Draft() with { Strategy = BidStrategy.LowestCost, TargetCpa = null, MaxBid = null }))!;
        var suggestions = await Predictor.SuggestAsync(A.Draft(), "targeting", TestContext.Current.CancellationToken);

        forecast.Confidence.ShouldBe(confidence);
        forecast.Basis.ShouldStartWith(basis);
        forecast.Basis.Contains($"and {campaigns} of your campaigns, fewer than the 3", StringComparison.Ordinal).ShouldBe(campaigns is 1 or 2);
        suggestions.Any(suggestion => suggestion.Field is null).ShouldBe(confidence == Confidence.Low);
        forecast.Recommendations.ShouldNotContain(advice => advice.Id == "target" && campaigns < 3);
    }

    [Proves(35)]
    [Fact]
    public async Task Own_campaigns_for_iOS_that_cost_less_are_advice_to_show_it_there_with_the_effect()
    {
        await PastAsync(3, spend: 300, results: 60, revenue: 0, DeviceOs.Ios);
        await PastAsync(3, spend: 300, results: 30, revenue: 0, DeviceOs.Android);
        var anywhere = A.Draft() with { Destination = A.Draft().Destination with { Os = DeviceOs.Android } };

        var advice = (await ForecastAsync(anywhere))!.Recommendations.Single(one => one.Id == "ios");

        (advice.Field, advice.Value).ShouldBe((nameof(CampaignDraft.TargetOs), "ios"));
        advice.Because.ShouldStartWith("Your 3 campaigns for iOS cost -50 % per install against the 3 others (80 % range ");
        (await ForecastAsync(anywhere with { TargetOs = DeviceOs.Ios }))!.Recommendations.ShouldNotContain(one => one.Id == "ios");
    }

    private Task<PreLaunchPredictions?> ForecastAsync(CampaignDraft draft) => Predictor.PredictAsync(draft, TestContext.Current.CancellationToken);

    /// <summary>Of a draft without a cap on its cost, whose result is worth $24.</summary>
    private async Task<IReadOnlyList<DraftProblem>> RisksAsync(AutomationSettings automation) => (await ForecastAsync(
        A.Draft() with { Strategy = BidStrategy.LowestCost, TargetCpa = null, MaxBid = null, Worth = A.Usd(24), Automation = automation }))!.Risks;

    private async Task PastAsync(int campaigns, decimal spend, decimal results, decimal revenue, DeviceOs? os = null)
    {
        for (var number = 0; number < campaigns; number++)
        {
            var campaign = A.Campaign(CampaignStatus.Ended, $"past-{os}{number}");
            campaign = campaign with { Spec = campaign.Spec with { Targeting = campaign.Spec.Targeting with { Os = os } } };
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
