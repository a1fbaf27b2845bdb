using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Predictions;

public sealed class ForecastChainTests
{
    private static readonly Gen<(decimal Budget, decimal Low, double Width, decimal? Worth, Currency Currency)> Inputs =
        from budget in Gen.Double[1, 1_000_000]
        from low in Gen.Double[.005, 500]
        from width in Gen.Double[1.01, 10]
        from worth in Gen.Double[.01, 5000]
        from valued in Gen.Bool
        from currency in Gen.OneOf(Gen.Const("USD"), Gen.Const("JPY"), Gen.Const("KWD"))
        select (new Currency(currency).Of((decimal)budget).Rounded().Amount, (decimal)low, width, valued ? Math.Round((decimal)worth, 2) : (decimal?)null, new Currency(currency));

    [Proves(53)]
    [Fact]
    public void The_middle_column_chains_to_the_cent_for_every_input() => Inputs.Sample(
        input =>
        {
            var chain = Of(input.Budget, input.Low, input.Width, input.Worth, input.Currency);

            input.Currency.Of(chain.Results.Middle * chain.Cost.Middle).Rounded().Amount.ShouldBe(chain.Spend.Middle);
            chain.Spend.Middle.ShouldBeLessThanOrEqualTo(input.Budget);
            if (chain.Revenue is not { } revenue)
                return;

            input.Currency.Of(chain.Results.Middle * input.Worth!.Value).Rounded().Amount.ShouldBe(revenue.Middle);
            (chain.Roas!.Middle * chain.Spend.Middle).ShouldBe(revenue.Middle, .000001m);
            chain.Roi!.Middle.ShouldBe(chain.Roas.Middle - 1);
        },
        iter: Cases.OfLaws);

    [Fact]
    public void No_end_lies_on_the_wrong_side_of_the_middle() => Inputs.Sample(
        input =>
        {
            var chain = Of(input.Budget, input.Low, input.Width, input.Worth, input.Currency);
            foreach (var estimate in new[] { chain.Spend, chain.Results, chain.Cost, chain.Revenue, chain.Roas, chain.Roi }.OfType<Estimate>())
            {
                estimate.Low.ShouldBeLessThanOrEqualTo(estimate.Middle);
                estimate.High.ShouldBeGreaterThanOrEqualTo(estimate.Middle);
            }
        },
        iter: Cases.OfLaws);

    [Fact]
    public void Without_a_worth_there_is_no_revenue()
    {
        var chain = Of(15_000, 8, 2.5, null, Currency.Usd);

        chain.Revenue.ShouldBeNull();
        chain.Roas.ShouldBeNull();
        chain.Roi.ShouldBeNull();
    }

    private static ForecastChain Of(decimal budget, decimal low, double width, decimal? worth, Currency currency) => ForecastChain.From(
        budget, currency, CostBelief.From(new Range<decimal>(low, low * (decimal)width), []), worth is { } value ? new WorthBelief(value, .25) : null);
}
