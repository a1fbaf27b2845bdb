using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>How far the agent goes: said of a campaign, silenced by a no, and asked about after two days of watching.</summary>
public sealed class AutonomyTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Proposal Cut => new(Lever.Bid, A.Usd(12), A.Usd(10), "too dear", "bid");

    [Fact]
    public void What_was_said_of_a_campaign_goes_before_what_holds_for_all()
    {
        var campaign = A.Campaign();
        var told = campaign with { Spec = campaign.Spec with { Automation = campaign.Spec.Automation with { Autonomy = Autonomy.Shadow } } };

        new AgentPolicy(Autonomy.Act).For(told).ShouldBe(Autonomy.Shadow);
        new AgentPolicy(Autonomy.Act).For(campaign).ShouldBe(Autonomy.Act);
        new AgentPolicy(null).For(campaign with { Mode = NetworkMode.Live }).ShouldBe(Autonomy.Shadow);
    }

    [Theory]
    [InlineData(6.9, 0, true)]
    [InlineData(7.1, 0, false)]
    [InlineData(2, 9, true)]
    [InlineData(2, 40, false)]
    public void A_no_silences_that_kind_of_move_for_seven_days_or_until_the_evidence_has_doubled(double days, int resultsADay, bool silent)
    {
        var said = A.Noon;
        var now = AnObservation.Of(A.Campaign(), 100, resultsADay, at: said.AddDays(days)) with
        {
            Days = [new(A.Account().DayAt(said.AddDays(-1)), A.Usd(500), 10_000, 500, 30, null), new(A.Account().DayAt(said.AddDays(1)), A.Usd(500), 10_000, 500, resultsADay, null)],
        };
        var memory = AgentMemory.Empty.With([new Declined(Lever.Bid, false, said, "ana") { ForGood = true, Why = "the sale needs it" }]);

        var (left, trims) = AllRails.Through(Cut, new Surroundings(now, memory, null, null));

        (left is null && trims.Any(trim => trim.Rail == "not-now")).ShouldBe(silent);
        if (silent)
            trims.Single(trim => trim.Rail == "not-now").Says.ShouldContain("ana said no");
    }

    [Fact]
    public void A_no_to_a_cut_is_no_word_on_a_raise()
    {
        var memory = AgentMemory.Empty.With([new Declined(Lever.Bid, false, A.Noon, "ana") { ForGood = true }]);

        AllRails.Through(Cut with { To = A.Usd(13.5m) }, new Surroundings(AnObservation.Of(A.Campaign(), 100, 5), memory, null, null)).Trims.ShouldNotContain(trim => trim.Rail == "not-now");
    }

    [Fact]
    public async Task After_two_days_of_watching_it_says_once_what_it_would_have_done_and_asks()
    {
        var reporter = new AgentReporter(_bench.Decisions, _bench.Feed);
        var plan = new Plan([Cut], [], [Cut]);
        var memory = AgentMemory.Empty;
        foreach (var hours in new[] { 0, 1, 30, 49, 50 })
            memory = await reporter.TellShadowAsync(Seen(hours), memory, plan, Autonomy.Shadow, Cancel);

        var told = _bench.Feed.All.ShouldHaveSingleItem();
        told.Action.ShouldBe("in 2 days it would have moved the bid once (last $12 → $10)");
        told.Offers.Select(offer => offer.Says).ShouldBe(["set autonomy c1 suggest", "set autonomy c1 act"]);

        (await reporter.TellShadowAsync(Seen(51), memory, plan, Autonomy.Act, Cancel)).ShadowSince.ShouldBeNull();
    }

    private static Observation Seen(int hours) => AnObservation.Of(A.Campaign(), 100, 5) with { Now = A.Noon.AddHours(hours) };
}
