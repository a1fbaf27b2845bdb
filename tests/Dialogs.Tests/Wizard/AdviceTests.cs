using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

public sealed class AdviceTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_piece_of_advice_is_shown()
    {
        for (var number = 1; number <= 6; number++)
            _bench.Core.Forecast.Suggested.Add(new Recommendation($"r{number}", $"Advice {number}", "a test"));

        var card = await _bench.Cards.OfAsync(await _bench.Views.OfAsync(A.Draft() with { Step = "budget" }, Now), [], [], Now);

        card.ShouldBeOfType<StepCard>().Advice.Select(advice => advice.Id).ShouldBe(["r1", "r2", "r3", "r4", "r5", "r6"]);
    }

    [Fact]
    public async Task An_override_keeps_only_what_the_review_showed()
    {
        _bench.Core.Forecast.Predicted = Predicted(
            new Recommendation("cap", "Raise the cap", "a test", nameof(CampaignDraft.MaxDailySpend), "$900"), new Recommendation("video", "Add a video", "a test"));
        var draft = await _bench.Core.Drafts.SaveAsync(
            A.Draft() with { ReadFrom = A.Draft().ReadFrom.SetItem(nameof(CampaignDraft.MaxDailySpend), "suggestion") }, Now);

        await _bench.Launch.OverrideAsync(await _bench.ContextAsync(_bench.Turn("ana", "override"), Now), draft, "the sale needs it", Now);

        var kept = (await _bench.Core.Drafts.FindAsync(draft.Id, Now))!.Overrides.Select(one => one.Field).ToList();
        kept.ShouldContain("video");
        kept.ShouldNotContain("cap");
    }

    private static PreLaunchPredictions Predicted(params Recommendation[] advice)
    {
        var some = new Estimate(1, 2, 3);
        return new PreLaunchPredictions(
            Currency.Usd, 30, ResultWord.Install, some, some, some, null, null, null, Confidence.Low, "a test", 0, new SaturationCurve([], .5m, null, true), [.. advice], [], A.Noon);
    }
}
