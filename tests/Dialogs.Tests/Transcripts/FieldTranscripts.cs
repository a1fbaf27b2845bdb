using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Conversations about what only some networks, accounts and countries ask.</summary>
public sealed class FieldTranscripts
{
    private static readonly NetworkProfile Asking = A.Profile() with
    {
        SpecialCategories = [new SpecialCategory("housing", "HOUSING", KeepsWide: true), new SpecialCategory("politics", "POLITICS")],
        NamesPayerInEu = true,
        Ages = new Range<int>(13, 65),
        Objectives = [new ObjectiveMapping(CampaignType.Conversion, Objective.Purchases, "SALES", DestinationNeeds.LandingUrl | DestinationNeeds.Pixel)],
    };

    private readonly ChatBench _bench = new(new Bench(profile: Asking, accounts:
    [
        A.Account() with { Id = new AdAccountId("meta:eu"), Currency = new Currency("EUR"), TimeZone = "Europe/Zurich", DailyLimit = null },
        A.Account() with { Id = new AdAccountId("meta:us"), ExternalId = "act-2" },
    ]));

    private readonly Transcript _talk;

    public FieldTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(28)]
    [Fact]
    public async Task What_the_law_and_the_account_ask_is_asked_once_and_remembered()
    {
        _bench.Core.Landing.Problem = "The landing page https://example.com/offer may not work: it answers 404. Look at it before people are sent there.";
        await FirstAsync();
        await _talk.SayAsync("ana", Now, "launch");
        await _talk.SayAsync("max", Now, "approve a1");

        _bench.Core.Landing.Problem = null;
        await _talk.SayAsync("ana", Now, "new campaign", "facebook", "eu");
        await _talk.DropAsync("ana", Now, "two.png");
        await _talk.SayAsync("ana", Now, "done", "conversion, purchases, https://example.com/offer", "DE; 16-24", "€50/day, max €80", "balanced", "start now", "account us");

        Accepted("asked-once.txt");
        var first = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
        first.Account.ShouldBe(new AdAccountId("meta:eu"));
        first.Spec.Destination.ClickAddress().ShouldBe("https://example.com/offer?utm_source=facebook");
        (first.Spec.Destination.Payer, first.Spec.Destination.Beneficiary, first.Spec.Destination.SpecialCategory).ShouldBe(("Lumen Games Ltd", "Lumen Games Ltd", "politics"));
    }

    [Fact]
    public async Task A_limit_alone_leaves_the_mode_to_be_asked_and_the_name_follows_the_countries_until_it_is_given()
    {
        await _talk.SayAsync("ana", Now, "new campaign facebook account us, $500 a day, max cpa $18");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", "conversion, purchases, https://example.com/offer, pixel 987654", "US", "done", "balanced", "canada", "name it Spring sale", "uk");

        Accepted("mode-and-name.txt");
    }

    [Proves(55)]
    [Fact]
    public async Task Advice_is_taken_over_with_a_button_and_a_missing_film_is_asked_for_and_back()
    {
        _bench.Core.Forecast.Suggested.AddRange(
        [
            new Recommendation("no-data", "no data yet", "none of your campaigns has brought installs so far."),
            new Recommendation("interests", "Interests gaming, puzzle", "Your 3 campaigns with it cost -20 %.", "Interests", "gaming, puzzle"),
            new Recommendation("lookalike", "Lookalike of purchasers 5 %", "Your 3 campaigns with it cost -20 %.", "Lookalike", "purchasers 5"),
            new Recommendation("roas-target", "Aim at a ROAS of 2.1×", "One purchase is worth $24.", "TargetRoas", "2.1"),
            new Recommendation("strategy", "Bid with a cost cap of $12", "The goal is purchases at a known cost.", "Strategy", "cost cap $12"),
            new Recommendation("video", "Add a video creative", "The video places stay empty.", "Creatives"),
        ]);
        await _talk.SayAsync("ana", Now, "launch conversion for purchases on facebook account us, https://example.com/offer, pixel 987654, in the US, $500 a day, max $750, lowest cost, balanced, start now");
        await _talk.DropAsync("ana", Now, "one.png");
        foreach (var advice in (string[])["no-data", "interests", "lookalike", "roas-target", "strategy", "video"])
            await AcceptAsync(advice);

        await _talk.DropAsync("ana", Now, "second.png");

        var draft = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem();
        (draft.Step, draft.Creatives.Length, draft.Strategy, draft.TargetCpa, draft.TargetRoas, draft.Lookalike)
            .ShouldBe(("review", 2, BidStrategy.CostCap, A.Usd(12), 2.1m, new Lookalike(LookalikeSource.Purchasers, 5)));
        draft.Interests.ShouldBe(["gaming", "puzzle"]);
        Accepted("advice.txt");
    }

    [Proves(35)]
    [Fact]
    public async Task Advice_to_show_it_on_one_system_alone_is_taken_over_with_its_button_and_launched_so()
    {
        _bench.Core.Forecast.Suggested.Add(new Recommendation("ios", "Target iOS", "Your 3 campaigns for iOS cost -30 %.", "TargetOs", "ios"));
        await _talk.SayAsync("ana", Now, "launch conversion for purchases on facebook account us, https://example.com/offer, pixel 987654, in the US, $500 a day, max $750, lowest cost, balanced, start now");
        await _talk.DropAsync("ana", Now, "one.png");
        await AcceptAsync("ios");
        await _talk.SayAsync("ana", Now, "launch");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem().Spec.Targeting.Os.ShouldBe(DeviceOs.Ios);
    }

    private async Task AcceptAsync(string advice)
    {
        var draft = (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).Single();
        await _talk.PressAsync("ana", "wizard.accept", Now, ("_target", draft.Id.Value), ("_rev", $"{draft.Version}"), ("_id", advice));
    }

    private async Task FirstAsync()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook", "asia", "eu");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync(
            "ana", Now, "done", "conversion, purchases, https://example.com/offer, special category politics, tracking utm_source=facebook", "pixel 987654", "DE, FR; 16-24",
            "payer and beneficiary Lumen Games Ltd, minors under 16", "€50/day, max €80", "balanced", "start now, hours 6-22");
    }

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
