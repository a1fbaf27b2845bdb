using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
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

    private readonly ChatBench _bench = new(new Bench(
        Asking,
        A.Account() with { Id = new AdAccountId("meta:eu"), Currency = new Currency("EUR"), TimeZone = "Europe/Zurich", DailyLimit = null },
        A.Account() with { Id = new AdAccountId("meta:us"), ExternalId = "act-2" }));

    private readonly Transcript _talk;

    public FieldTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

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
