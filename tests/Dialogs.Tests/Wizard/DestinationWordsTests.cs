using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What people type for the destination, the disclosures, the extras of single networks and the ad account.</summary>
public sealed class DestinationWordsTests
{
    private static readonly AdAccount Swiss = A.Account() with { Id = new AdAccountId("meta:eu"), ExternalId = "act-77", Currency = new Currency("EUR"), TimeZone = "Europe/Zurich" };
    private static readonly AdAccount American = A.Account() with { Id = new AdAccountId("meta:us"), ExternalId = "act-78" };
    private static readonly AdAccount Japanese = A.Account("TikTok") with { Currency = new Currency("JPY"), TimeZone = "Asia/Tokyo" };

    [Theory]
    [InlineData("special category housing", "housing")]
    [InlineData("special ad category: Credit", "credit")]
    [InlineData("special category is financial products, US", "financial products")]
    [InlineData("no special category", null)]
    public void A_special_category_is_read(string line, string? category)
    {
        var reading = Read(line, "objective");

        reading.Problems.ShouldBeEmpty();
        reading.Draft.Destination.SpecialCategory.ShouldBe(category);
    }

    [Theory]
    [InlineData("special category knitting", "Meta", "there are housing, employment")]
    [InlineData("special category credit", "X", "asks for no special category")]
    [InlineData("tracking everything", "Meta", "utm_source=facebook&utm_campaign=spring")]
    [InlineData("minors under 6", "Meta", "from 13 to 21")]
    [InlineData("genres puzle", "Unity", "there are action, arcade")]
    [InlineData("genres puzzle", "Meta", "knows no game genres")]
    [InlineData("predicted ltv top 30 %", "AppLovin", "10, 25, 50 %")]
    [InlineData("predicted ltv", "Unity", "no predicted-LTV audience")]
    [InlineData("account asia", "Meta", "there are eu, us")]
    public void What_is_wrong_is_named_with_what_would_be_right(string line, string network, string says) =>
        Read(line, "targeting", network).Problems.ShouldHaveSingleItem().ShouldContain(says);

    [Theory]
    [InlineData("https://example.com/offer, tracking utm_source=facebook&utm_campaign=spring", "https://example.com/offer?utm_source=facebook&utm_campaign=spring")]
    [InlineData("https://example.com/offer?a=1, utm_source=chat", "https://example.com/offer?a=1&utm_source=chat")]
    [InlineData("https://example.com/offer#top; tracking parameters: ?ref=x", "https://example.com/offer?ref=x#top")]
    [InlineData("https://example.com/offer?utm_source=a", "https://example.com/offer?utm_source=a")]
    public void Tracking_parameters_go_with_the_landing_address(string line, string click)
    {
        var reading = Read(line, "objective");

        (reading.Problems, reading.Leftover).ShouldBe(([], ""));
        reading.Draft.Destination.ClickAddress().ShouldBe(click);
    }

    [Theory]
    [InlineData("payer Lumen Games Ltd, beneficiary Puzzle Quest Inc.", "Lumen Games Ltd", "Puzzle Quest Inc.")]
    [InlineData("payer Google Friends, Inc. and beneficiary Canada Dry, LLC; DE, FR", "Google Friends, Inc.", "Canada Dry, LLC")]
    [InlineData("payer and beneficiary Lumen Games Ltd; germany", "Lumen Games Ltd", "Lumen Games Ltd")]
    public void Payer_and_beneficiary_are_names_and_nothing_else(string line, string payer, string beneficiary)
    {
        var reading = Read(line, "targeting");

        (reading.Problems, reading.Leftover).ShouldBe(([], ""));
        (reading.Draft.Destination.Payer, reading.Draft.Destination.Beneficiary).ShouldBe((payer, beneficiary));
        reading.Draft.Network.ShouldBeNull();
        reading.Draft.Countries.ShouldNotContain("CA");
    }

    [Theory]
    [InlineData("minors under 16", 16)]
    [InlineData("minors are people below 18", 18)]
    public void Who_is_a_minor_is_read_apart_from_the_ages(string line, int below)
    {
        var reading = Read($"{line}, 16-24", "targeting");

        (reading.Draft.MinorsBelow, reading.Draft.AgeMin, reading.Draft.AgeMax).ShouldBe((below, 16, 24));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None of these.")]
    [InlineData("special category none")]
    [InlineData("special ad category: nothing")]
    [InlineData("no special category")]
    public void A_special_category_is_taken_back(string line)
    {
        var context = Context("Meta");
        var housing = LineReader.Read("special category housing", context, "objective").Draft;
        housing.Destination.SpecialCategory.ShouldBe("housing");

        var reading = LineReader.Read(line, context with { Draft = housing }, "objective");

        reading.Draft.Destination.SpecialCategory.ShouldBeNull();
        (reading.Problems, reading.Leftover).ShouldBe(([], ""));
    }

    [Proves(36)]
    [Fact]
    public void Extras_of_single_networks_are_read_there()
    {
        Read("genres puzzle, role playing and word, US, CA", "targeting", "Unity").Draft.ShouldSatisfyAllConditions(
            draft => draft.Genres.ShouldBe(["puzzle", "role playing", "word"]), draft => draft.Countries.ShouldBe(["US", "CA"]));
        Read("predicted ltv top 10 %", "targeting", "AppLovin").Draft.PredictedLtvTop.ShouldBe(10);
        Read("predicted LTV audience", "targeting", "AppLovin").Draft.PredictedLtvTop.ShouldBe(25);
    }

    [Theory]
    [InlineData("account eu", "meta:eu")]
    [InlineData("account meta:us", "meta:us")]
    [InlineData("ad account act-77", "meta:eu")]
    [InlineData("facebook, account US", "meta:us")]
    public void An_ad_account_is_named_by_its_name_or_id(string line, string account)
    {
        var reading = Read(line, "platform", profile: null);

        reading.Problems.ShouldBeEmpty();
        (reading.Draft.Network, reading.Draft.Account).ShouldBe((new NetworkName("Meta"), new AdAccountId(account)));
    }

    [Fact]
    public void Who_is_asked_for_the_account_alone_may_say_its_bare_name() =>
        Read("eu", "platform", change: draft => draft with { Network = new NetworkName("Meta"), AccountOpen = true }).Draft.Account.ShouldBe(new AdAccountId("meta:eu"));

    [Theory]
    [InlineData("launch my game on tiktok in japan, ¥30000 a day, cpa under ¥600", "JPY", 30000)]
    [InlineData("€500 a day on facebook with account eu for my app in germany", "EUR", 500)]
    [InlineData("on facebook account us, $500 a day", "USD", 500)]
    [InlineData("500 a day, account meta:eu", "EUR", 500)]
    [InlineData("$300 a day for my app", "USD", 300)]
    public void A_sentence_is_read_in_the_currency_of_the_account_that_it_names(string line, string currency, int amount)
    {
        var reading = Read(line, null, profile: null);

        reading.Problems.ShouldBeEmpty();
        reading.Draft.BudgetAmount.ShouldBe(new Currency(currency).Of(amount));
    }

    [Fact]
    public void A_sentence_says_its_time_in_the_zone_of_the_account_that_it_names() =>
        Read("on tiktok, start tomorrow 9am", null, profile: null).Draft.Schedule!.Start.ShouldBe(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.FromHours(9)));

    [Theory]
    [InlineData("interests Apple, gaming")]
    [InlineData("name it Apple spring")]
    [InlineData("https://tiktok.example.com/apple, tracking utm_source=tiktok")]
    public void A_networks_name_inside_other_words_names_no_network(string line)
    {
        var reading = Read($"{line}; 500 a day", null, "Meta");

        reading.Problems.ShouldBeEmpty();
        (reading.Draft.Network, reading.Draft.BudgetAmount).ShouldBe((null, A.Usd(500)));
    }

    [Theory]
    [InlineData("hours 6-22", "6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22", "06:00–22:59")]
    [InlineData("hours 6-10, 18-22", "6 7 8 9 10 18 19 20 21 22", "06:00–10:59, 18:00–22:59")]
    [InlineData("hours 6 to 10 and 18 to 22", "6 7 8 9 10 18 19 20 21 22", "06:00–10:59, 18:00–22:59")]
    [InlineData("hours 22-6", "0 1 2 3 4 5 6 22 23", "22:00–06:59")]
    [InlineData("hours 8", "8", "08:00–08:59")]
    [InlineData("hours 9am-5pm", "9 10 11 12 13 14 15 16 17", "09:00–17:59")]
    [InlineData("hours 12am-12pm", "0 1 2 3 4 5 6 7 8 9 10 11 12", "00:00–12:59")]
    [InlineData("between 6 and 9", "6 7 8 9", "06:00–09:59")]
    [InlineData("hours 0-23", "", null)]
    public void Hours_are_read_as_lists_and_over_midnight(string line, string hours, string? shown)
    {
        var reading = Read(line, "review");

        (reading.Problems, reading.Leftover).ShouldBe(([], ""));
        string.Join(' ', reading.Draft.Schedule!.Hours).ShouldBe(hours);
        HoursFields.Hours.Show(reading.Draft, Context("Meta"))?.Split(" (")[0].ShouldBe(shown);
    }

    [Fact]
    public void Ages_after_hours_stay_ages()
    {
        var draft = Read("hours 6-22, 18-44, $500/day", null, "Meta").Draft;

        (draft.Schedule!.Hours.Length, draft.AgeMin, draft.AgeMax, draft.BudgetAmount).ShouldBe((17, 18, 44, A.Usd(500)));
    }

    private static LineReading Read(string line, string? step, string network = "Meta", Func<CampaignDraft, CampaignDraft>? change = null) =>
        LineReader.Read(line, Context(network, change), step);

    private static LineReading Read(string line, string? step, NetworkProfile? profile) =>
        LineReader.Read(line, Context("Meta") with { Profile = profile }, step);

    private static FieldContext Context(string network, Func<CampaignDraft, CampaignDraft>? change = null)
    {
        var draft = new CampaignDraft(new DraftId("d"), WorkspaceId.Local, new PersonId("local:ana"), "local/ana", "platform");
        return new FieldContext(
            change is null ? draft : change(draft), A.Networks, A.Networks.First(profile => profile.Name.Value == network), Currency.Usd,
            TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), A.Noon)
        {
            Accounts = [Swiss, American, Japanese],
        };
    }
}
