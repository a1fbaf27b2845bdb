using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>Each switch of a campaign governs what it says: off, its kind of move is never wanted; on, it is.</summary>
public sealed class SwitchTests
{
    private const int Ticks = 1_000;

    private static readonly Gen<(int Spend, int Results, int Days, int SpendADay, int ResultsADay, int? RevenueADay, int[] Ads, int AdDays, int ClicksLeft)> Anything =
        Gen.Select(Gen.Int[0, 900], Gen.Int[0, 80], Gen.Int[0, 20], Gen.Int[100, 900], Gen.Int[0, 120], Gen.Int[-1, 3_000], Gen.Int[0, 60].Array[1, 5], Gen.Int[0, 12])
            .Select(Gen.Int[20, 110], (one, left) => (one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6 < 0 ? (int?)null : one.Item6, one.Item7, one.Item8, left));

    [Proves(45)]
    [Theory]
    [InlineData("bids")]
    [InlineData("budgets")]
    [InlineData("pausing")]
    [InlineData("scaling")]
    public void Switched_off_it_never_moves_and_switched_on_it_does(string name) => NeverMoves(name);

    [Proves(46)]
    [Fact]
    public void Testing_ads_has_a_switch_of_its_own() => NeverMoves("tests");

    private static void NeverMoves(string name)
    {
        var moved = 0;
        Anything.Sample(
            test =>
            {
                if (Wanted(test, name, on: true))
                    Interlocked.Increment(ref moved);
                Wanted(test, name, on: false).ShouldBeFalse();
            },
            iter: Ticks);

        moved.ShouldBeGreaterThan(0, "otherwise nothing was tried");
    }

    private static bool Wanted(
        (int Spend, int Results, int Days, int SpendADay, int ResultsADay, int? RevenueADay, int[] Ads, int AdDays, int ClicksLeft) test, string name, bool on)
    {
        var campaign = A.Campaign() with { Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. test.Ads.Select((_, index) => new ExternalId($"n1/{index}"))]) };
        var automation = campaign.Spec.Automation;
        campaign = campaign with
        {
            Spec = campaign.Spec with
            {
                Automation = name switch
                {
                    "bids" => automation with { AdjustBids = on },
                    "budgets" => automation with { AdjustBudgets = on },
                    "pausing" => automation with { PauseUnderperforming = on },
                    "scaling" => automation with { ScalePerforming = on },
                    _ => automation with { TestCreatives = on },
                },
            },
        };
        var plain = AnObservation.Of(campaign, test.Spend, test.Results, test.Days, test.SpendADay, test.ResultsADay, revenueADay: test.RevenueADay);
        var now = plain with { History = [.. Enumerable.Range(1, test.AdDays).Reverse().Select(back => Day(plain, test.Ads, back, back <= 4 ? test.ClicksLeft : 100))] };
        var cut = new PastMove(Lever.DailyBudget, A.Noon.AddDays(-20), now.Account.DayAt(A.Noon.AddDays(-20)), A.Usd(600), A.Usd(500), null);
        var plan = DecisionEngine.Decide(new Surroundings(now, AgentMemory.Empty.With(cut) with { Creatives = CreativeWatch.Empty.With(now), Clicks = ClickWatch.Empty.With(now) }, null, A.Usd(0)));
        return plan.Wanted.Any(move => name switch
        {
            "bids" => move.Lever == Lever.Bid,
            "budgets" => move.Lever == Lever.DailyBudget,
            "pausing" => move.Pauses,
            "scaling" => move.Lever == Lever.DailyBudget && move.To > move.From,
            _ => move.Lever == Lever.Creative,
        });
    }

    private static KeptReading Day(Observation plain, int[] results, int back, int clicksOfFirst)
    {
        var day = new AccountDay(plain.Today.Date.AddDays(-back));
        var at = day.End(plain.Account.Zone()).AddMinutes(-5);
        return new KeptReading(plain.Campaign.Id, at, plain.Reading! with
        {
            ReadAt = at, Today = new DayFigures(day, A.Usd(100 * results.Length), 10_000, 1_000, results.Sum(), null),
            Ads = [.. results.Select((won, index) => new AdFigures(new ExternalId($"n1/{index}"), A.Usd(100), 10_000, index == 0 ? clicksOfFirst : 100, won))],
        });
    }
}
