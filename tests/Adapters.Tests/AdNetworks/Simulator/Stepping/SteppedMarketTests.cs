using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator.Stepping;

/// <summary>The laws that the market of the experiments has to keep before anything is judged in it.</summary>
public sealed class SteppedMarketTests
{
    private const ulong Seed = 77;

    [Fact]
    public void A_day_spends_about_its_budget()
    {
        var (spent, budgets) = (0.0, 0.0);
        foreach (var campaign in Enumerable.Range(1, 40))
        {
            var market = Played((ulong)campaign, 20);
            spent += Enumerable.Range(0, 20).Sum(day => market.SpentBefore(day, (day + 1) * SteppedMarket.StepsADay) / market.Traits.Budget);
            budgets += 20;
        }

        (spent / budgets).ShouldBeInRange(0.98, 1.06);
    }

    /// <summary>Towards midnight the day's money may be gone.</summary>
    [Fact]
    public void Money_follows_the_hours_of_the_day_until_it_may_be_gone()
    {
        const int Hours = 20;
        var even = Enumerable.Range(1, 200).First(campaign => SteppedTraits.Draw(Seed, (ulong)campaign, SteppedWorld.Default).Pacing == Pacing.Even);
        var market = Played((ulong)even, 100);
        var rhythm = market.Traits.Rhythm().Take(Hours * 60).ToArray();
        var slots = new double[24];
        for (var step = 0; step < 100 * SteppedMarket.StepsADay; step++)
            slots[step % SteppedMarket.StepsADay / SteppedMarket.StepsAnHour] += market.SpentThrough(step) - market.SpentBefore(step / SteppedMarket.StepsADay, step);

        for (var hour = 0; hour < Hours; hour++)
            (slots[hour] / slots.Take(Hours).Sum()).ShouldBe(rhythm.Skip(hour * 60).Take(60).Sum() / rhythm.Sum(), 0.006);
    }

    [Fact]
    public void Results_cost_what_they_truly_cost()
    {
        var (bought, expected) = (0.0, 0.0);
        foreach (var campaign in Enumerable.Range(1, 60).Where(campaign => SteppedTraits.Draw(Seed, (ulong)campaign, SteppedWorld.Default).Installs))
        {
            var market = Played((ulong)campaign, 30);
            for (var step = 0; step < 30 * SteppedMarket.StepsADay; step++)
                bought += market.ReportedIn(step).Length;

            expected += Enumerable.Range(0, 30).Sum(day => market.SpentBefore(day, (day + 1) * SteppedMarket.StepsADay)) / market.Traits.TrueCpa;
        }

        (bought / expected).ShouldBeInRange(0.97, 1.03);
    }

    [Theory]
    [InlineData(true, 1.5, 12, 396)]
    [InlineData(false, 6.1, 234, 4260)]
    public void Delays_have_the_quantiles_that_were_measured(bool installs, double tenth, double half, double ninetieth)
    {
        var traits = SteppedTraits.Draw(Seed, 1, SteppedWorld.Default) with { Installs = installs };
        var random = RandomStream.At(Seed, 1, Purpose.Conversions);
        var delays = Enumerable.Range(0, 40_000).Select(_ => traits.DrawDelay(ref random)).Where(delay => delay <= 7 * 24 * 60).Order().ToArray();

        delays[delays.Length / 10].ShouldBe(tenth, tenth * 0.1);
        delays[delays.Length / 2].ShouldBe(half, half * 0.1);
        delays[delays.Length * 9 / 10].ShouldBe(ninetieth, ninetieth * 0.1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(60)]
    public void Between_two_reports_every_look_gets_the_same(double minutes)
    {
        var traits = SteppedTraits.Draw(Seed, 3, SteppedWorld.Default) with { RefreshMinutes = minutes };
        var refreshes = new List<SteppedRefresh>();
        SteppedReports.Fill(refreshes, Seed, 3, traits, new SteppedFault?[30], 30);
        var looks = refreshes.Zip(refreshes.Skip(1), (before, after) => after.Poll - before.Poll).Order().ToArray();

        ((double)looks[looks.Length / 2]).ShouldBe(minutes * 2, minutes * 2 * 0.15);
        refreshes.ShouldAllBe(refresh => refresh.SpendAsOf < refresh.Poll && refresh.ResultsAsOf <= refresh.SpendAsOf);
    }

    [Fact]
    public void A_frozen_report_shows_nothing_and_then_everything()
    {
        var traits = SteppedTraits.Draw(Seed, 3, SteppedWorld.Default);
        var faults = new SteppedFault?[12];
        var from = (10 * SteppedMarket.StepsADay) + 600;
        faults[10] = new SteppedFault(FaultKind.Freeze, 10, from, from + 480, 1, 1);
        var refreshes = new List<SteppedRefresh>();
        SteppedReports.Fill(refreshes, Seed, 3, traits, faults, 12);

        refreshes.ShouldNotContain(refresh => refresh.Poll > from && refresh.Poll < from + 480);
        refreshes.ShouldContain(refresh => refresh.Poll >= from + 480 && refresh.Poll <= from + 481 && refresh.SpendAsOf > from);
    }

    [Fact]
    public void A_runaway_knows_no_budget_and_an_outage_loses_every_result()
    {
        var traits = SteppedTraits.Draw(Seed, 5, SteppedWorld.Default) with { Pacing = Pacing.Even };
        var faults = new SteppedFault?[12];
        var (morning, later) = ((9 * SteppedMarket.StepsADay) + 840, (10 * SteppedMarket.StepsADay) + 840);
        faults[9] = new SteppedFault(FaultKind.Runaway, 9, morning, 10 * SteppedMarket.StepsADay, 10, 1);
        faults[10] = new SteppedFault(FaultKind.Outage, 10, later, later + 1440, 0, 1);
        var market = new SteppedMarket(12);
        market.Play(Seed, 5, traits, faults);

        market.SpentBefore(9, 10 * SteppedMarket.StepsADay).ShouldBeGreaterThan(5 * traits.Budget);
        market.OrdinaryBefore(9, 10 * SteppedMarket.StepsADay).ShouldBeLessThan(1.6 * traits.Budget);
        Enumerable.Range(later, 1440).Sum(step => market.ReportedIn(step).Length).ShouldBe(0);
    }

    [Fact]
    public void Auctions_are_won_and_paid_as_the_closed_forms_say()
    {
        var traits = SteppedTraits.Draw(Seed, 9, SteppedWorld.Default);
        var auction = new SteppedAuction(Seed, 9, traits, SteppedWorld.Default, 10);
        var random = RandomStream.At(Seed, 9, Purpose.Line);
        foreach (var z in new[] { -1.2, -0.5, 0.3 })
        {
            var (level, spread) = auction.OthersAt(500);
            var (won, paid) = (0, 0.0);
            const int rounds = 400_000;
            for (var round = 0; round < rounds; round++)
            {
                var other = Math.Exp(level + (spread * random.Normal()));
                if (other < Math.Exp(level + (spread * z)))
                    (won, paid) = (won + 1, paid + other);
            }

            var (win, cpm) = auction.At(500, z);
            (won / (double)rounds).ShouldBe(win, win * 0.01);
            (paid / won).ShouldBe(cpm, cpm * 0.01);
        }
    }

    [Fact]
    public void The_bid_for_a_target_meets_it()
    {
        var traits = SteppedTraits.Draw(Seed, 9, SteppedWorld.Default);
        foreach (var world in SteppedWorld.All)
        {
            var auction = new SteppedAuction(Seed, 9, traits, world, 10);

            auction.Expect(700, auction.BidFor(700, traits.TargetCpa)).Cost.ShouldBe(traits.TargetCpa, traits.TargetCpa * 1e-6);
        }
    }

    private static SteppedMarket Played(ulong campaign, int days)
    {
        var market = new SteppedMarket(days);
        market.Play(Seed, campaign, SteppedTraits.Draw(Seed, campaign, SteppedWorld.Default), new SteppedFault?[days]);
        return market;
    }
}
