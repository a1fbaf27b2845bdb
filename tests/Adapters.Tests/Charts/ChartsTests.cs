using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Charts;

public sealed class ChartsTests
{
    private readonly MemoryMedia _media = new();

    private readonly DrawnCharts _drawn = new();

    private Adapters.Charts.Charts Charts => new(_media, _drawn);

    [Fact]
    public async Task Draws_the_saturation_curve_with_band_budget_and_assumed_optimum()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var curve = PriorCurve.Around(A.Usd(500), A.Usd(500), new Estimate(23, 36, 57), 24);
        var one = new Estimate(1, 1, 1);
        var predictions = new PreLaunchPredictions(
            Currency.Usd, 30, ResultWord.Install, one, one, one, null, null, null, Confidence.Low, "", 0, curve, [], [], A.Noon);

        var picture = await Charts.SaturationAsync(predictions, A.Usd(500), cancellation);

        (await Charts.SaturationAsync(predictions, A.Usd(500), cancellation)).ShouldBe(picture);
        await ShouldBeAPictureAsync(picture, "saturation");
    }

    [Fact]
    public async Task Draws_a_days_spend_against_its_cap()
    {
        var day = A.Account().DayAt(A.Noon);
        var start = day.Start(A.Account().Zone());
        var points = Enumerable.Range(0, 52).Select(quarter => new SpendPoint(start.AddMinutes(15 * quarter), quarter * quarter * .25m)).ToList();

        var picture = await Charts.SpendAgainstCapAsync(
            "Frühlingsaktion 春", points, A.Usd(500), A.Usd(750), day, A.Account().Zone(), TestContext.Current.CancellationToken);

        await ShouldBeAPictureAsync(picture, "spend");
    }

    [Fact]
    public async Task Draws_cost_by_day_with_gaps_where_nothing_was_counted()
    {
        var days = Enumerable.Range(0, 14).Select(back => new DayFigures(
            new AccountDay(new DateOnly(2026, 3, 1).AddDays(back)), A.Usd(500), 1, 1, back == 5 ? 0 : 30 + back, null)).ToList();

        await ShouldBeAPictureAsync(
            await Charts.CostAgainstTargetAsync("Facebook installs US CA", ResultWord.Install, days, A.Usd(12), TestContext.Current.CancellationToken), "cpa");
    }

    [Fact]
    public async Task Draws_without_any_figures_at_all()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var day = A.Account().DayAt(A.Noon);

        await Charts.CostAgainstTargetAsync("empty", ResultWord.Click, [], null, cancellation);
        await Charts.SpendAgainstCapAsync("empty", [], A.Usd(500), A.Usd(750), day, A.Account().Zone(), cancellation);

        _media.All.Count.ShouldBe(2);
    }

    private async Task ShouldBeAPictureAsync(Digest file, string name)
    {
        ReadOnlySpan<byte> png = [0x89, (byte)'P', (byte)'N', (byte)'G'];
        var bytes = _media.All[file];
        bytes.AsSpan(0, 4).SequenceEqual(png).ShouldBeTrue();
        bytes.Length.ShouldBeGreaterThan(8_000);
        if (Environment.GetEnvironmentVariable("CHARTS_TO") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), bytes, TestContext.Current.CancellationToken);
    }
}
