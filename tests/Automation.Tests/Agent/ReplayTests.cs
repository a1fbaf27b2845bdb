using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Replays;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent;

/// <summary>A past day with other settings, of a campaign whose curve and whose ads are known.</summary>
public sealed class ReplayTests
{
    private readonly Bench _bench = new();
    private readonly Campaign _campaign = A.Campaign() with { Network = new NetworkIds(new ExternalId("n1"), new ExternalId("n1-set"), [.. Enumerable.Range(0, 3).Select(ad => new ExternalId($"n1/{ad}"))]) };

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_curve_moves_the_budget_and_says_what_another_one_brings()
    {
        await KeptAsync();

        var replay = (await DeskOf().RunAsync(_campaign, CampaignSettings.Mode(_campaign, "aggressive").Change!.Apply, Yesterday, Now))!;

        replay.CurveDays.ShouldBe(20);
        replay.AsSet.Moves.Where(one => one.Move.Lever == Lever.DailyBudget).Select(one => (one.Move.By, one.Move.To)).ShouldBe([("curve", A.Usd(400))]);
        replay.Otherwise.Moves.Where(one => one.Move.Lever == Lever.DailyBudget).Select(one => (one.Move.By, one.Move.To)).ShouldBe([("curve", A.Usd(350))]);
        replay.AsSet.Results!.Value.ShouldBe(19, 1.5);
        replay.Otherwise.Results!.Value.ShouldBeLessThan(replay.AsSet.Results.Value);
    }

    [Fact]
    public async Task Its_ads_figures_pause_the_one_that_was_surely_worst_once()
    {
        await KeptAsync();

        var replay = (await DeskOf().RunAsync(_campaign, one => one, Yesterday, Now))!;

        replay.ComparedDays.ShouldBeGreaterThanOrEqualTo(1);
        replay.AsSet.Moves.Where(one => one.Move.Lever == Lever.Creative).Select(one => one.Move.Ad!.Id.Value).ShouldBe(["n1/2"]);
        _bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bid_follows_the_price_of_the_last_hours_as_it_did_in_the_real_turn()
    {
        var (account, plain) = (A.Account(), AnObservation.Of(_campaign, 300, 5));
        foreach (var hour in Enumerable.Range(1, 20))
            await KeepAsync(account, plain, Yesterday, hour, hour * 20, Math.Round(hour * 20 / 12m), hour * 200);
        await _bench.Readings.KeepDaysAsync(
            account, _campaign.Id, [.. Enumerable.Range(1, 20).Select(back => new DayFigures(new AccountDay(Yesterday.Date.AddDays(-back)), A.Usd(500), 10_000, 1_000, 42, null))], Now);

        var replay = (await DeskOf().RunAsync(_campaign, one => one, Yesterday, Now))!;

        // A thousand impressions cost twice what they did on the days before, which the readings before each turn tell and nothing else does.
        replay.AsSet.Moves.ShouldContain(one => one.Move.Lever == Lever.Bid && one.Move.To < one.Move.From);
    }

    private static AccountDay Yesterday => new(A.Account().DayAt(A.Noon).Date.AddDays(-1));

    private ReplayDesk DeskOf() => new(_bench.Readings, _bench.Memories, _bench.Accounts, _bench.Networks);

    /// <summary>Days that brought hardly more for twice the money, ads of which the last brought a third of the others, and the day itself hour by hour.</summary>
    private async Task KeptAsync()
    {
        var (account, plain) = (A.Account(), AnObservation.Of(_campaign, 300, 5));
        var spends = new decimal[] { 200, 320, 500, 620, 260, 540, 410, 300, 700, 480, 220, 640, 360, 520, 280, 600, 450, 240, 560, 330 };
        await _bench.Readings.KeepDaysAsync(
            account, _campaign.Id, [.. spends.Select((spend, index) => new DayFigures(new AccountDay(Yesterday.Date.AddDays(index - 20)), A.Usd(spend), 10_000, 1_000, Math.Round(22 * spend / (spend + 60)), null))], Now);
        foreach (var back in new[] { 4, 3, 2, 1 })
            await KeepAsync(account, plain, new AccountDay(Yesterday.Date.AddDays(-back)), 23, 300, 90);
        foreach (var hour in Enumerable.Range(1, 20))
            await KeepAsync(account, plain, Yesterday, hour, hour * 20, hour);
        await _bench.Readings.KeepDaysAsync(
            account, _campaign.Id, [.. spends.Select((spend, index) => new DayFigures(new AccountDay(Yesterday.Date.AddDays(index - 20)), A.Usd(spend), 10_000, 1_000, Math.Round(22 * spend / (spend + 60)), null))], Now);
    }

    private async Task KeepAsync(AdAccount account, Observation plain, AccountDay day, int hour, decimal spend, decimal results, long shown = 10_000)
    {
        var at = day.Start(account.Zone()).AddHours(hour);
        await _bench.Readings.KeepAsync(account, [new KeptReading(_campaign.Id, at, plain.Reading! with
        {
            ReadAt = at, DataAsOf = at, Today = new DayFigures(day, A.Usd(spend), shown, 1_000, results, null),
            Ads = [.. new[] { 40, 38, 12 }.Select((won, ad) => new AdFigures(new ExternalId($"n1/{ad}"), A.Usd(100), 1_000, 100, won))],
        })], Now);
    }
}
