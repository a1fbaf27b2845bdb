using System.Collections.Immutable;
using System.Text.Json;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Creatives;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Reasons;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives.Testing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>The ads of a campaign, compared day by day.</summary>
public sealed class CreativeOptimizerTests
{
    [Proves(102)]
    [Fact]
    public void The_ad_that_is_surely_worst_is_paused_with_its_figures()
    {
        var (now, memory) = Watched([40, 38, 12], days: 6);

        var plan = DecisionEngine.Decide(new Surroundings(now, memory, null, A.Usd(0)));

        var move = plan.Moves.ShouldHaveSingleItem();
        (move.Lever, move.Ad!.Id.Value).ShouldBe((Lever.Creative, "n1/2"));
        move.Because.ShouldBe("it brought 12 installs for $100, the others 78 installs for $200 on 1 day on which all ran; that it does no worse has a chance below 5 %, however often it is looked at");
        TurnWords.Move(move).ShouldBe("ad \"n1/2\" on → off");
    }

    [Fact]
    public void Ads_that_do_alike_are_left_alone_and_why_not_says_how_much_is_missing()
    {
        var (now, memory) = Watched([40, 38, 41], days: 6);

        CreativeOptimizer.Propose(now, memory).ShouldBeNull();
        WhyNoMove.Of(Lever.Creative, now, memory).ShouldContain("6 days compared 3 ads; the weakest brought");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void An_ad_runs_on_three_days_before_it_is_paused_whatever_the_evidence(int days, bool paused)
    {
        var (now, memory) = Watched([40, 38, 1], days);

        (CreativeOptimizer.Propose(now, memory) is not null).ShouldBe(paused);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Two_stay_alive_whatever_the_evidence(int running)
    {
        var (now, memory) = Watched([40, 38, 1], days: 6);
        var fewer = now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Ads = [.. now.Reading.Settings.Ads.Select((ad, index) => index < 3 - running ? ad with { Status = NetworkStatus.Paused } : ad)] } } };

        CreativeOptimizer.Propose(fewer, memory).ShouldBeNull();
    }

    [Fact]
    public void A_network_that_divides_the_money_itself_is_moved_by_budgets_alone()
    {
        var (now, memory) = Watched([40, 38, 1], days: 6);

        CreativeOptimizer.Propose(now with { Profile = now.Profile with { Capabilities = now.Profile.Capabilities with { OwnsTheBid = true } } }, memory).ShouldBeNull();
    }

    [Fact]
    public void Switched_off_no_ad_is_paused()
    {
        var (now, memory) = Watched([40, 38, 1], days: 6);
        var spec = now.Campaign.Spec;

        CreativeOptimizer.Propose(now with { Campaign = now.Campaign with { Spec = spec with { Automation = spec.Automation with { TestCreatives = false } } } }, memory).ShouldBeNull();
    }

    [Fact]
    public void An_ad_that_a_person_lets_run_again_begins_anew()
    {
        var (now, memory) = Watched([40, 38, 1], days: 6);
        var off = Standing(now, NetworkStatus.Paused);
        var watch = memory.Creatives!.With(off);

        watch = watch.With(now);

        watch.Test.Creatives.Single(ad => ad.Name == "n1/2").Stopped.ShouldBeFalse();
        CreativeOptimizer.Propose(now, memory with { Creatives = watch }).ShouldBeNull();
    }

    [Fact]
    public void Looking_again_at_the_same_days_changes_nothing()
    {
        var (now, memory) = Watched([40, 38, 12], days: 6);

        memory.Creatives!.With(now).ShouldBeSameAs(memory.Creatives);
    }

    [Fact]
    public void The_comparison_comes_back_from_where_it_is_kept()
    {
        var (now, memory) = Watched([40, 38, 12], days: 6);

        var kept = JsonSerializer.Deserialize<AgentMemory>(JsonSerializer.Serialize(memory))!;

        kept.Creatives!.Test.Creatives.Select(ad => (ad.Name, ad.Stopped, ad.Seen)).ShouldBe(memory.Creatives!.Test.Creatives.Select(ad => (ad.Name, ad.Stopped, ad.Seen)));
        CreativeOptimizer.Propose(now, kept)!.ShouldBe(CreativeOptimizer.Propose(now, memory));
    }

    [Theory]
    [InlineData(DataState.Late)]
    [InlineData(DataState.Stale)]
    public void No_ad_is_paused_on_figures_that_are_not_fresh(DataState state)
    {
        var (now, memory) = Watched([40, 38, 1], days: 6);

        DecisionEngine.Decide(new Surroundings(now with { State = state }, memory, null, A.Usd(0))).Moves.ShouldBeEmpty();
    }

    [Proves(102)]
    [Fact]
    public void Whatever_ads_bring_no_more_than_one_is_paused_in_a_turn_and_two_run_on() => Gen.Select(Gen.Int[0, 60].Array[1, 7], Gen.Int[1, 12], Gen.Int[0, 7]).Sample(
        (results, days, paused) =>
        {
            var (now, memory) = Watched(results, days);
            now = now with { Reading = now.Reading! with { Settings = now.Reading.Settings with { Ads = [.. now.Reading.Settings.Ads.Select((ad, index) => index < paused ? ad with { Status = NetworkStatus.Paused } : ad)] } } };

            var plan = DecisionEngine.Decide(new Surroundings(now, memory, null, A.Usd(0)));

            var running = CreativeWatch.Running(now.Reading.Settings).Count();
            var off = plan.Moves.Count(move => move.Lever == Lever.Creative);
            off.ShouldBeLessThanOrEqualTo(1);
            if (off == 1)
                (running - off).ShouldBeGreaterThanOrEqualTo(CreativeTest.FewestAlive);
        },
        iter: 300);

    private static Observation Standing(Observation now, NetworkStatus last) => now with
    {
        Reading = now.Reading! with { Settings = now.Reading.Settings with { Ads = [.. now.Reading.Settings.Ads.Select((ad, index) => index == now.Reading.Settings.Ads.Length - 1 ? ad with { Status = last } : ad)] } },
    };

    /// <summary>Each ad spent $100 and brought so many results on every day.</summary>
    private static (Observation Now, AgentMemory Memory) Watched(IReadOnlyList<int> resultsADay, int days)
    {
        var campaign = A.Campaign() with { Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. resultsADay.Select((_, index) => new ExternalId($"n1/{index}"))]) };
        var plain = AnObservation.Of(campaign, 100, null);
        var history = Enumerable.Range(1, days).Reverse().Select(back =>
        {
            var day = new AccountDay(plain.Today.Date.AddDays(-back));
            var at = day.End(plain.Account.Zone()).AddMinutes(-5);
            return new KeptReading(campaign.Id, at, plain.Reading! with
            {
                ReadAt = at,
                Today = new DayFigures(day, A.Usd(100 * resultsADay.Count), 10_000, 1_000, resultsADay.Sum(), null),
                Ads = [.. resultsADay.Select((results, index) => new AdFigures(new ExternalId($"n1/{index}"), A.Usd(100), 1_000, 100, results))],
            });
        });
        var now = plain with { History = [.. history] };
        return (now, AgentMemory.Empty with { Creatives = CreativeWatch.Empty.With(now) });
    }
}
