using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Spend that the network takes back during the day, from the reading to the stop and the resume.</summary>
public sealed class HighestSpendTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spend_that_falls_and_rises_again_stops_nothing_below_the_cap_and_stops_at_it()
    {
        var campaign = _bench.Running(spend: 740);
        await SweepAsync(campaign, 740);
        await SweepAsync(campaign, 700);
        await SweepAsync(campaign, 745);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);

        await SweepAsync(campaign, 720);
        await SweepAsync(campaign, 750);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task A_correction_after_the_stop_does_not_let_it_spend_the_cap_twice()
    {
        var campaign = _bench.Running(spend: 760);
        await SweepAsync(campaign, 760);
        var incident = (await _bench.Core.Incidents.OpenAsync(Cancel)).ShouldHaveSingleItem();
        await SweepAsync(campaign, 730);

        var answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);

        answer.Says.ShouldContain("$760");
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task The_highest_is_known_after_hours_of_readings_and_after_a_restart()
    {
        var campaign = _bench.Running(spend: 640);
        await SweepAsync(campaign, 640);
        await SweepAsync(campaign, 610);
        for (var minute = 0; minute < 8 * 60; minute += 2)
        {
            _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
            await SweepAsync(campaign, 610 + (minute / 100m));
        }

        var seen = await _bench.Observer.LatestAsync(campaign, Cancel);
        var restarted = await new SafetyBench(_bench).Observer.LatestAsync(campaign, Cancel);

        seen.History.Length.ShouldBeLessThan(240);
        seen.HighestSpendToday.ShouldBe(A.Usd(640));
        restarted.HighestSpendToday.ShouldBe(A.Usd(640));
        restarted.Reading!.Today.Spend.ShouldBeLessThan(A.Usd(620));
    }

    [Fact]
    public async Task A_report_that_is_older_than_the_one_known_changes_nothing_but_the_highest_spend()
    {
        var campaign = _bench.Running(spend: 640);
        await SweepAsync(campaign, 640);
        var known = await _bench.Observer.LatestAsync(campaign, Cancel);
        var id = campaign.Network.Campaign!.Value;
        var newest = _bench.Core.Network.Figures[id];
        _bench.Core.Network.Figures[id] = shown => newest(shown) with { DataAsOf = known.Reading!.DataAsOf - TimeSpan.FromMinutes(10) };

        await SweepAsync(campaign, 500);
        await SweepAsync(campaign, 660);
        await SweepAsync(campaign, 90_000);

        var seen = await _bench.Observer.LatestAsync(campaign, Cancel);
        (seen.Reading!.Today, seen.Reading.DataAsOf, seen.StateBecause).ShouldBe((known.Reading!.Today, known.Reading.DataAsOf, null));
        (seen.History.Length, seen.HighestSpendToday).ShouldBe((known.History.Length, A.Usd(660)));
    }

    [Fact]
    public async Task Revenue_in_another_currency_is_not_known_and_everything_else_is()
    {
        var campaign = _bench.Running(spend: 100);
        var id = campaign.Network.Campaign!.Value;
        var own = _bench.Core.Network.Figures[id];
        _bench.Core.Network.Figures[id] = shown => own(shown) with { Today = own(shown).Today with { Revenue = Currency.From("EUR").Of(900) } };

        await SweepAsync(campaign, 120);

        var seen = await _bench.Observer.LatestAsync(campaign, Cancel);
        (seen.Reading!.Today.Revenue, seen.Reading.Today.Spend, seen.StateBecause).ShouldBe((null, A.Usd(120), null));
    }

    private async Task SweepAsync(Campaign campaign, decimal spend)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        _bench.Spend[campaign.Id] = spend;
        await _bench.Monitor.SweepAsync(Cancel);
    }
}
