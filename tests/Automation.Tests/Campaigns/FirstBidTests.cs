using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class FirstBidTests
{
    [Theory]
    [InlineData(BidStrategy.CostCap, 12, 15, 12)]
    [InlineData(BidStrategy.CostCap, 12, 9, 9)]
    [InlineData(BidStrategy.CostCap, 12, null, 12)]
    [InlineData(BidStrategy.BidCap, 12, 15, 15)]
    [InlineData(BidStrategy.BidCap, 12, null, 12)]
    [InlineData(BidStrategy.LowestCost, 12, 15, null)]
    [InlineData(BidStrategy.TargetRoas, 12, 15, null)]
    public void The_first_bid_never_passes_the_highest_one_allowed(BidStrategy strategy, int? target, int? highest, int? bid)
    {
        var spec = A.Spec() with { Bidding = new Bidding { Strategy = strategy, TargetCpa = Usd(target), MaxBid = Usd(highest) } };

        SpecOfDraft.FirstBid(spec, A.Profile()).ShouldBe(Usd(bid));
    }

    private static Money? Usd(int? amount) => amount is { } some ? A.Usd(some) : null;
}
