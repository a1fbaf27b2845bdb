using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Returns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class TrueReturnTests
{
    [Proves(126)]
    [Fact]
    public void The_return_counts_fee_and_creatives_where_people_said_them()
    {
        var found = Of(new OtherCosts(.1m, A.Usd(450)), revenue: 1_000);

        found.Cost.ShouldBe(A.Usd(6_500));
        found.Roi!.Value.ShouldBe(.6923m, .0001m);
        found.Words(A.Campaign() with { Spec = A.Spec() with { Costs = new OtherCosts(.1m, A.Usd(450)) } }).ShouldBe(
        [
            "Spent on ads: $5,500 over 11 days", "Fee: $550, 10 % of it", "Creatives: $450", "Cost in all: $6,500", "Came back: $11,000, as its network attributes it",
            "Return: 69 % beyond the cost: each $1 brought back $1.69",
        ]);
    }

    [Proves(126)]
    [Fact]
    public void What_nobody_said_makes_the_return_the_most_that_it_can_be()
    {
        var says = Of(null, revenue: 1_000).Words(A.Campaign()).ToList();

        says.ShouldContain("Cost in all: at least $5,500");
        says[^1].ShouldBe("Return: at most 100 % beyond the cost: each $1 brought back $2, since part of the cost is not known");
    }

    [Proves(126)]
    [Fact]
    public void What_did_not_come_or_was_not_seen_makes_it_unknown()
    {
        Of(new OtherCosts(0, A.Usd(0)), revenue: null).Words(A.Campaign() with { Spec = A.Spec() with { Costs = new OtherCosts(0, A.Usd(0)) } }).TakeLast(2).ShouldBe(
            ["Came back: unknown, its network says of no day what its results were worth", "Return: unknown, and not nothing, as long as it is not known what came back"]);
        var gap = Of(new OtherCosts(0, A.Usd(0)), revenue: 1_000, without: 3);
        gap.Roi.ShouldBeNull();
        gap.Words(A.Campaign()).Last().ShouldBe("Return: unknown, since nobody kept figures of 1 day in between");
    }

    /// <summary>Ten days and today at $500 each.</summary>
    private static TrueReturn Of(OtherCosts? costs, int? revenue, int? without = null)
    {
        var (campaign, account) = (A.Campaign(), A.Account());
        var today = account.DayAt(A.Noon);
        return TrueReturn.Of(
            campaign with { Spec = campaign.Spec with { Costs = costs } }, account,
            [.. Enumerable.Range(0, 11).Where(back => back != without).Select(back => new DayFigures(new AccountDay(today.Date.AddDays(-back)), A.Usd(500), 10_000, 500, 40, revenue is { } worth ? A.Usd(worth) : null)).Reverse()],
            A.Noon)!;
    }
}
