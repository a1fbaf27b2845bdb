using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>A campaign whose budget buys hardly anything more, with three ads of which one is surely worst.</summary>
public sealed class OptimisersInTheTurnTests
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign() with { Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. Enumerable.Range(0, 3).Select(ad => new ExternalId($"n1/{ad}"))]) };
    private readonly FakeWatch _watch = new();

    public OptimisersInTheTurnTests()
    {
        _bench.Campaigns.With(_campaign);
        _bench.Network.Put(A.AtNetwork(_campaign));
        _watch.Sees = Seen;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(84)]
    [Fact]
    public async Task Safety_is_asked_first_then_bid_budget_and_ads_want_a_move_in_this_order()
    {
        var decision = await TurnAsync(Autonomy.Act);
        _watch.Says = _ => [new SafetyVerdict.Breach(new RuleId("daily-spend-cap"), Remedy.PauseCampaign, new Evidence("spend today", "$800", "$750"))];
        var stopped = await TurnAsync(Autonomy.Act);

        decision.Wanted.Select(move => (move.Lever, move.By)).ShouldBe([(Lever.Bid, "bid"), (Lever.DailyBudget, "curve"), (Lever.Creative, "creative")]);
        decision.Done.Select(act => (act.Proposal.Lever, act.Confirmed)).ShouldBe([(Lever.Bid, true), (Lever.DailyBudget, true), (Lever.Creative, true)]);
        stopped.Wanted.ShouldBeEmpty();
        stopped.Done.ShouldBeEmpty();
    }

    [Proves(100, 114, 115)]
    [Fact]
    public async Task What_is_wanted_is_done_at_the_network_told_and_rests()
    {
        await TurnAsync(Autonomy.Act);
        var again = await TurnAsync(Autonomy.Act);

        var shown = _bench.Network.Campaigns.Single();
        shown.DailyBudget.ShouldBe(A.Usd(400));
        shown.Ads.Select(ad => ad.Status).ShouldBe([NetworkStatus.Active, NetworkStatus.Active, NetworkStatus.Paused]);
        _bench.Feed.All.Single(told => told.Kind == FeedKind.CreativeRotation).Action.ShouldBe("ad \"n1/2\" on → off");
        again.Done.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Autonomy.Shadow)]
    [InlineData(Autonomy.Suggest)]
    public async Task Without_leave_to_act_nothing_is_sent(Autonomy autonomy)
    {
        var decision = await TurnAsync(autonomy);

        decision.Wanted.ShouldContain(move => move.Lever == Lever.Creative);
        _bench.Network.Executed.ShouldBeEmpty();
        var suggestion = await new SuggestionBook(_bench.Settings, _bench.Feed).FindAsync(_campaign, Cancel);
        (suggestion?.Moves.Any(move => move.Ad?.Id.Value == "n1/2") ?? false).ShouldBe(autonomy == Autonomy.Suggest);
    }

    [Proves(119)]
    [Fact]
    public async Task A_person_s_undo_lets_the_ad_run_again()
    {
        await TurnAsync(Autonomy.Act);
        await _bench.SeenAsync(_campaign, spend: 100);

        var says = await Desks.UndoOf(_bench).UndoAsync((await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!, "ad n1/2", FakePeople.Ana, Cancel);

        says.ShouldContain("ad n1/2 off → on");
        _bench.Network.Campaigns.Single().Ads[2].Status.ShouldBe(NetworkStatus.Active);
    }

    [Fact]
    public async Task An_ad_has_its_name_where_its_pause_is_undone()
    {
        await TurnAsync(Autonomy.Act);
        await _bench.SeenAsync(_campaign, spend: 100);
        var named = (await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!;
        named = named with { Spec = named.Spec with { Creatives = [A.Picture(), A.Picture("b.png"), A.Picture("c.png")] } };
        _bench.Campaigns.With(named);

        (await Desks.UndoOf(_bench).LastAsync(named, Cancel)).Plan.Levers.Select(lever => lever.Named).ShouldContain("ad \"Facebook installs US CA 3\"");
        (await Desks.UndoOf(_bench).UndoAsync(named, "ad n1/2", FakePeople.Ana, Cancel)).ShouldContain("ad \"Facebook installs US CA 3\" off → on");
    }

    [Theory]
    [InlineData(0, "ad \"Facebook installs US CA 2\"")]
    [InlineData(2, "ad \"Facebook installs US CA 1\"")]
    public void An_ad_that_was_refused_has_taken_its_number_with_it(int refused, string first)
    {
        var campaign = _campaign with
        {
            Spec = _campaign.Spec with { Creatives = [A.Picture(), A.Picture("b.png"), A.Picture("c.png")] },
            Network = _campaign.Network with { Ads = [new ExternalId("n1/0"), new ExternalId("n1/1")] }, RefusedAds = [new RefusedAd(refused, "a.png", "too loud")],
        };

        AdNames.Of(campaign, new ExternalId("n1/0")).ShouldBe(first);
        AdNames.Of(campaign with { RefusedAds = [] }, new ExternalId("n1/0")).ShouldBe("ad n1/0", "which creatives it has nobody knows");
    }

    [Proves(119, 120)]
    [Fact]
    public async Task What_the_agent_tells_of_a_bid_a_budget_and_an_ad_carries_a_button_that_takes_back_that_act_alone()
    {
        await TurnAsync(Autonomy.Act);
        await _bench.SeenAsync(_campaign, spend: 100);
        var desk = Desks.UndoOf(_bench);
        foreach (var kind in new[] { FeedKind.CreativeRotation, FeedKind.BudgetChange, FeedKind.BidAdjustment })
        {
            var campaign = (await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!;
            var act = _bench.Feed.All.Single(told => told.Kind == kind && told.By == PersonId.Agent).Undo!.Says.Split(' ')[^1];

            var plan = (await desk.OfActAsync(campaign, act, Cancel)).Plan;

            plan.Levers.ShouldHaveSingleItem().Lever.ShouldBe(kind switch { FeedKind.CreativeRotation => "ad n1/2", FeedKind.BudgetChange => "daily budget", _ => "bid" });
        }
    }

    [Fact]
    public async Task An_ad_that_a_person_let_run_again_is_held_for_a_day()
    {
        await TurnAsync(Autonomy.Act);
        await _bench.SeenAsync(_campaign, spend: 100);
        var act = _bench.Feed.All.Single(told => told.Kind == FeedKind.CreativeRotation).Undo!.Says.Split(' ')[^1];

        var says = await Desks.UndoOf(_bench).UndoActAsync((await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!, act, FakePeople.Ana, Cancel);

        says.ShouldContain("ad n1/2 off → on");
        _bench.Network.Campaigns.Single().Ads[2].Status.ShouldBe(NetworkStatus.Active);
        (await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!.HoldOn(HeldLever.Running, _bench.Clock.GetUtcNow())!.By.ShouldBe(FakePeople.Ana.Id);
        _bench.Feed.All.Count(told => told.Kind == FeedKind.CreativeRotation).ShouldBe(2);
    }

    [Fact]
    public async Task A_restart_between_a_pause_and_its_being_kept_makes_no_second_one()
    {
        await TurnAsync(Autonomy.Act);
        var restarted = new Bench(_bench);

        (await restarted.Memories.OfAsync(_campaign, Cancel)).Moves.Count(move => move.Lever == Lever.Creative).ShouldBe(1);
    }

    private async Task<Decision> TurnAsync(Autonomy autonomy)
    {
        var agent = new CampaignAgent(
            _watch, new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock), _bench.Memories, new AgentReporter(_bench.Decisions, _bench.Feed),
            new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares), new SuggestionBook(_bench.Settings, _bench.Feed), _bench.Foresees, new AgentPolicy(autonomy));
        return await agent.TurnAsync(Seen((await _bench.Campaigns.FindAsync(_campaign.Id, Cancel))!), Cancel);
    }

    /// <summary>Dear results today, finished days that brought hardly more for twice the money, and ads of which the last brought a third of the others.</summary>
    private Observation Seen(Campaign campaign)
    {
        var plain = AnObservation.Of(campaign, 300, 5);
        var days = new decimal[] { 200, 320, 500, 620, 260, 540, 410, 300, 700, 480, 220, 640, 360, 520, 280, 600, 450, 240, 560, 330 }
            .Select((spend, index) => new DayFigures(new AccountDay(plain.Today.Date.AddDays(index - 20)), A.Usd(spend), 10_000, 1_000, Math.Round(22 * spend / (spend + 60)), null));
        var history = Enumerable.Range(1, 4).Reverse().Select(back =>
        {
            var day = new AccountDay(plain.Today.Date.AddDays(-back));
            var at = day.End(plain.Account.Zone()).AddMinutes(-5);
            return new KeptReading(campaign.Id, at, plain.Reading! with
            {
                ReadAt = at, Today = new DayFigures(day, A.Usd(300), 10_000, 1_000, 90, null), Ads = [.. new[] { 40, 38, 12 }.Select((results, ad) => new AdFigures(new ExternalId($"n1/{ad}"), A.Usd(100), 1_000, 100, results))],
            });
        });
        return plain with { Days = [.. days], History = [.. history], Reading = plain.Reading! with { Settings = _bench.Network.Campaigns.Single() } };
    }
}
