using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

public sealed class AdviceTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(55)]
    [Fact]
    public async Task Every_piece_of_advice_is_shown()
    {
        for (var number = 1; number <= 6; number++)
            _bench.Core.Forecast.Suggested.Add(new Recommendation($"r{number}", $"Advice {number}", "a test"));

        var card = await _bench.Cards.OfAsync(await _bench.Views.OfAsync(A.Draft() with { Step = "budget" }, Now), [], [], Now);

        card.ShouldBeOfType<StepCard>().Advice.Select(advice => advice.Id).ShouldBe(["r1", "r2", "r3", "r4", "r5", "r6"]);
    }

    [Proves(58)]
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

    [Fact]
    public async Task A_limit_that_the_forecast_breaks_is_shown_on_the_review_kept_when_it_is_overridden_and_shown_to_who_approves()
    {
        var draft = await _bench.Core.Drafts.SaveAsync(
            A.Draft() with
            {
                Strategy = BidStrategy.LowestCost, TargetCpa = null, MaxBid = null, Worth = A.Usd(24), BudgetAmount = A.Usd(2_000), MaxDailySpend = A.Usd(2_500),
                Automation = new AutomationSettings { MinRoas = 2m },
            },
            Now);
        var past = new PastCampaigns(_bench.Core.Campaigns, _bench.Core.Readings, _bench.Core.Accounts, _bench.Core.Clock);
        _bench.Core.Forecast.Predicted = await new Predictor(_bench.Core.Networks, _bench.Core.Accounts, past, _bench.Core.Clock).PredictAsync(draft, Now);
        const string Says = "The forecast ROAS of 1.90× is below your minimum of 2×: the campaign would probably be stopped.";

        var card = (await _bench.Cards.OfAsync(await _bench.Views.OfAsync(draft, Now), [], [], Now)).ShouldBeOfType<ReviewCard>();
        card.Warnings.ShouldContain(warning => warning.StartsWith(Says, StringComparison.Ordinal));
        card.Headline.ShouldBe("$2,000 a day, stopped at $2,500 a day · starts now · forecast 4,363 installs at $12.65 in 30 days");

        await _bench.Launch.OverrideAsync(await _bench.ContextAsync(_bench.Turn("ana", "override"), Now), draft, "the sale needs it", Now);
        var kept = (await _bench.Core.Drafts.FindAsync(draft.Id, Now))!;
        kept.Overrides.ShouldContain(one => one.Against.StartsWith(Says, StringComparison.Ordinal));

        var asked = (LaunchAnswer.WaitsForSecondPerson)await _bench.Core.Launches.RequestAsync(kept, FakePeople.Ana, LaunchDesk.DigestOf(kept), Now);
        await _bench.Core.Campaigns.AddAsync(A.Campaign() with { Spec = A.Spec("Running already") }, Now);
        var facts = (await _bench.Facts.OfAsync(asked.Approval, Now)).Where(fact => fact.Title == "Beware").Select(fact => fact.Value).ToList();
        facts.ShouldContain(fact => fact.StartsWith(Says, StringComparison.Ordinal));
        facts.ShouldContain("c1 (\"Running already\") runs with the same address and countries: launch a second one?");
    }

    private static PreLaunchPredictions Predicted(params Recommendation[] advice)
    {
        var some = new Estimate(1, 2, 3);
        return new PreLaunchPredictions(
            Currency.Usd, 30, ResultWord.Install, some, some, some, null, null, null, Confidence.Low, "a test", 0, new SaturationCurve([], .5m, null, true), [.. advice], [], A.Noon);
    }
}
