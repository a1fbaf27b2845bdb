using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>An ad that people have seen too often, beside others that they have not.</summary>
public sealed class TiredAdsTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(103)]
    [Theory]
    [InlineData(4.0, 50, 100, true)]
    [InlineData(4.0, 95, 100, false)]
    [InlineData(2.0, 50, 100, false)]
    [InlineData(4.0, 50, 50, false)]
    [InlineData(null, 40, 100, true)]
    [InlineData(null, 60, 100, false)]
    public void The_ad_that_alone_has_lost_its_clicks_is_rotated(double? frequency, int ofFirst, int ofOthers, bool rotated)
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day <= 4 ? 100 : ad == 0 ? ofFirst : ofOthers, frequency);

        var move = CreativeOptimizer.Propose(now, memory);

        (move?.Ad?.Id.Value).ShouldBe(rotated ? "n1/0" : null);
    }

    [Fact]
    public void It_says_what_was_seen()
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 50 : 100, 4.2);

        CreativeOptimizer.Propose(now, memory)!.Because.ShouldBe(
            "it was clicked 1 % of the times it was shown in its first days and 0.5 % on the last 3, the others 1 % and 1 % then: 50 % is left of it; a person saw it 4.2 times in a week");
    }

    [Theory]
    [InlineData(5, 10_000, false)]
    [InlineData(8, 2_000, false)]
    [InlineData(8, 10_000, true)]
    public void Too_few_days_or_showings_say_nothing(int days, int shown, bool rotated)
    {
        var (now, memory) = Seen(ads: 3, days, (ad, day) => (day > 3 && ad == 0 ? 40 : 100) * shown / 10_000, 4, shown);

        (CreativeOptimizer.Propose(now, memory) is not null).ShouldBe(rotated);
    }

    [Proves(104)]
    [Fact]
    public async Task It_goes_and_the_one_that_has_rested_takes_its_place_so_that_no_fewer_run()
    {
        var (campaign, now) = await TiredBesideOneThatRestsAsync();

        var decision = await TurnAsync(now with { Campaign = campaign });

        decision.Done.Single(act => act.Proposal.Lever == Lever.Creative).Confirmed.ShouldBeTrue();
        _bench.Network.Campaigns.Single().Ads.Select(ad => ad.Status).ShouldBe([NetworkStatus.Paused, NetworkStatus.Active, NetworkStatus.Active]);
        _bench.Network.Executed.Select(sent => sent.Command.Words).Where(words => words.Contains("ad ", StringComparison.Ordinal)).ShouldBe(["resume the ad n1/2", "pause the ad n1/0"], "the other runs before it goes");
    }

    [Proves(104)]
    [Fact]
    public async Task One_that_a_person_let_run_and_paused_again_stays_paused()
    {
        var (campaign, now) = await TiredBesideOneThatRestsAsync();

        await TurnAsync(now with { Campaign = campaign, State = DataState.Late, Reading = now.Reading! with { Settings = A.AtNetwork(campaign) } });
        await TurnAsync(now with { Campaign = campaign });

        _bench.Network.Executed.ShouldNotContain(sent => sent.Command is NetworkCommand.ResumeAd || sent.Command is NetworkCommand.PauseAd);
    }

    /// <summary>Of three ads the first is tired, and the last was let rest by the agent so long ago that it may run again.</summary>
    private async Task<(Campaign Campaign, Observation Now)> TiredBesideOneThatRestsAsync()
    {
        var campaign = Of(3);
        _bench.Campaigns.With(campaign);
        _bench.Network.Put(Standing(campaign, off: 2));
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 40 : 100, 4, off: 2);
        await _bench.Memories.KeepAsync(campaign, memory.With(RestOf(now, 20, 0)), Cancel);
        await _bench.SeenAsync(campaign, spend: 100);
        return (campaign, now);
    }

    [Fact]
    public void One_that_ran_on_days_on_which_nobody_looked_stays_paused()
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 40 : 100, 4, off: 2);

        CreativeOptimizer.Propose(now, memory.With(RestOf(now, 20, daysBack: 0))).ShouldNotBeNull();
        CreativeOptimizer.Propose(now, memory.With(RestOf(now, 20, daysBack: 5))).ShouldBeNull("it was shown on the days after the agent had paused it");
    }

    [Fact]
    public void One_that_was_paused_for_being_surely_worse_since_stays_paused()
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 40 : 100, 4, off: 2);

        CreativeOptimizer.Propose(now, memory.With(RestOf(now, 40, 0)).With(RestOf(now, 20, 0) with { By = "creative" })).ShouldBeNull();
    }

    [Fact]
    public void One_that_runs_by_the_agents_own_doing_and_tires_again_rests_anew()
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 40 : 100, 4, off: 2);
        var again = memory.With(RestOf(now, 40, 0)) with { RanAgain = [new AdRanAgain(new ExternalId("n1/2"), now.Now.AddDays(-25))] };

        CreativeOptimizer.Propose(now, again).ShouldBeNull();
        CreativeOptimizer.Propose(now, again.With(RestOf(now, 20, 0)))!.Next!.Id.Value.ShouldBe("n1/2");
    }

    [Proves(104)]
    [Fact]
    public async Task Where_none_may_take_its_place_two_run_on_and_a_fresh_one_is_asked_for_once()
    {
        var campaign = Of(2);
        _bench.Campaigns.With(campaign);
        _bench.Network.Put(A.AtNetwork(campaign));
        var (now, memory) = Seen(ads: 2, days: 8, (ad, day) => day > 4 && ad == 0 ? 40 : 100, 4);
        await _bench.Memories.KeepAsync(campaign, memory, Cancel);

        await TurnAsync(now with { Campaign = campaign });
        await TurnAsync(now with { Campaign = campaign });

        _bench.Network.Executed.ShouldNotContain(sent => sent.Command is NetworkCommand.PauseAd);
        var asked = _bench.Feed.All.Where(told => told.Action.StartsWith("asks for a fresh creative", StringComparison.Ordinal)).ShouldHaveSingleItem();
        asked.Reason.ShouldContain("40 % is left of it");
    }

    [Fact]
    public void What_was_clicked_comes_back_from_where_it_is_kept()
    {
        var (now, memory) = Seen(ads: 3, days: 8, (ad, day) => day > 4 && ad == 0 ? 50 : 100, 4);

        var kept = JsonSerializer.Deserialize<AgentMemory>(JsonSerializer.Serialize(memory))!;

        CreativeOptimizer.Propose(now, kept).ShouldBe(CreativeOptimizer.Propose(now, memory));
        memory.Clicks!.With(now).ShouldBeSameAs(memory.Clicks);
    }

    private async Task<Decision> TurnAsync(Observation now)
    {
        var agent = new CampaignAgent(
            new FakeWatch { Sees = _ => now }, new ActionExecutor(_bench.Gate, _bench.Campaigns, _bench.Clock), _bench.Memories, new AgentReporter(_bench.Decisions, _bench.Feed),
            new SurroundingsReader(_bench.Incidents, _bench.Room, _bench.Shares), new SuggestionBook(_bench.Settings, _bench.Feed), _bench.Foresees, new AgentPolicy(Autonomy.Act));
        return await agent.TurnAsync(now, Cancel);
    }

    /// <summary>The third ad was paused for being tired.</summary>
    /// <param name="daysBack">The day of the pause, as far as what was shown is concerned.</param>
    private static PastMove RestOf(Observation now, int ago, int daysBack) =>
        new(Lever.Creative, now.Now.AddDays(-ago), new AccountDay(now.Today.Date.AddDays(-daysBack)), A.Usd(100), A.Usd(0), null) { By = CreativeOptimizer.Fatigued, Ad = new AdNamed(new ExternalId("n1/2"), "n1/2") };

    private static Campaign Of(int ads) => A.Campaign() with
    {
        Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. Enumerable.Range(0, ads).Select(ad => new ExternalId($"n1/{ad}"))]),
    };

    private static NetworkCampaign Standing(Campaign campaign, int? off) =>
        A.AtNetwork(campaign) is var shown && off is { } ad ? shown with { Ads = [.. shown.Ads.Select((one, index) => index == ad ? one with { Status = NetworkStatus.Paused } : one)] } : shown;

    /// <summary>Ads that bring the same for the same money, and of each day so many clicks.</summary>
    private static (Observation Now, AgentMemory Memory) Seen(int ads, int days, Func<int, int, int> clicks, double? frequency, int shown = 10_000, int? off = null)
    {
        var campaign = Of(ads);
        var plain = AnObservation.Of(campaign, 100, null);
        plain = plain with
        {
            Reading = plain.Reading! with { Settings = Standing(campaign, off), Ads = [.. Enumerable.Range(0, ads).Select(ad => new AdFigures(new ExternalId($"n1/{ad}"), A.Usd(10), 100, 1, 1) { Frequency = frequency })] },
        };
        var history = Enumerable.Range(1, days).Select(day => DayOf(plain, ads, days, day, clicks, shown)).ToImmutableArray();
        var now = plain with { History = history };
        return (now, AgentMemory.Empty with { Creatives = CreativeWatch.Empty.With(now), Clicks = ClickWatch.Empty.With(now) });
    }

    private static KeptReading DayOf(Observation plain, int ads, int days, int number, Func<int, int, int> clicks, int shown)
    {
        var day = new AccountDay(plain.Today.Date.AddDays(number - days - 1));
        var at = day.End(plain.Account.Zone()).AddMinutes(-5);
        return new KeptReading(plain.Campaign.Id, at, plain.Reading! with
        {
            ReadAt = at, Today = new DayFigures(day, A.Usd(100 * ads), 10_000, 1_000, 20 * ads, null),
            Ads = [.. Enumerable.Range(0, ads).Select(ad => new AdFigures(new ExternalId($"n1/{ad}"), A.Usd(100), shown, clicks(ad, number), 20))],
        });
    }
}
