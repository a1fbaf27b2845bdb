using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What could be meant in two ways is asked about; what is said in passing changes nothing.</summary>
public sealed class MeantTests
{
    [Theory]
    [InlineData("budget", "$500, $750", "two answers for budget")]
    [InlineData("budget", "$500/day and $600/day", "two answers for budget")]
    [InlineData("objective", "installs and purchases", "two answers for objective")]
    [InlineData("objective", "ios and android", "two answers for system")]
    [InlineData("targeting", "18-24, 25-34", "two answers for ages")]
    [InlineData("platform", "facebook and tiktok", "two answers for network")]
    [InlineData(null, "launch on facebook and on tiktok", "two answers for network")]
    [InlineData(null, "launch on tiktok and facebook in the US", "two answers for network")]
    [InlineData(null, "launch on tiktok, facebook please", "two answers for network")]
    [InlineData(null, "facebook & tiktok", "two answers for network")]
    [InlineData("automation", "aggressive or conservative", "two answers for automation")]
    public void Two_answers_for_one_field_are_asked_about_and_none_is_taken(string? step, string line, string says)
    {
        var reading = Read(line, step);

        reading.Problems.ShouldContain(problem => problem.Contains(says, StringComparison.Ordinal));
        (reading.Draft.Network, reading.Draft.Objective, reading.Draft.BudgetAmount, reading.Draft.AgeMin).ShouldBe((null, null, null, null));
    }

    [Theory]
    [InlineData("$500 for 30 days", 500)]
    [InlineData("$500 for 3 weeks", 500)]
    public void A_number_of_days_is_no_amount(string line, int amount) => Read(line, "budget").Draft.BudgetAmount.ShouldBe(A.Usd(amount));

    [Theory]
    [InlineData("$700 a week")]
    [InlineData("$700/week, max $900")]
    [InlineData("budget $700 weekly")]
    [InlineData("weekly budget $700")]
    [InlineData("budget 700 per week")]
    [InlineData("$15000 a month")]
    [InlineData("$30 hourly")]
    public void An_amount_for_another_time_than_a_day_is_never_taken_for_a_days(string line)
    {
        var reading = Read(line, "budget");

        reading.Draft.BudgetAmount.ShouldBeNull();
        reading.Problems.ShouldHaveSingleItem().ShouldContain("by the day or for the whole time");
    }

    [Fact]
    public void A_highest_amount_for_a_week_is_none_for_a_day() => Read("$500/day, max $5000 a week", "budget").Draft.MaxDailySpend.ShouldBeNull();

    [Theory]
    [InlineData("$5o0")]
    [InlineData("50x")]
    public void Half_an_amount_is_none(string line)
    {
        var reading = Read(line, "budget");

        reading.Draft.BudgetAmount.ShouldBeNull();
        (reading.Problems.Length + reading.Leftover.Length).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("$12 cost cap", 12)]
    [InlineData("12 dollar cpa", 12)]
    [InlineData("$12 per install", 12)]
    [InlineData("cost cap $12", 12)]
    public void A_target_cost_may_stand_before_its_word(string line, int amount)
    {
        var draft = Read(line, "budget").Draft;

        (draft.TargetCpa, draft.BudgetAmount).ShouldBe((A.Usd(amount), null));
    }

    [Fact]
    public void An_amount_alone_leaves_a_lifetime_budget_one()
    {
        var draft = Draft("budget") with { BudgetType = BudgetType.Lifetime, BudgetAmount = A.Usd(9000) };

        LineReader.Read("budget 8000", Context(draft, "Meta"), "budget").Draft.BudgetType.ShouldBe(BudgetType.Lifetime);
        LineReader.Read("$8000 a day", Context(draft, "Meta"), "budget").Draft.BudgetType.ShouldBe(BudgetType.Daily);
    }

    [Theory]
    [InlineData(null, "launch my app on facebook for US, CA and GB", "US CA GB")]
    [InlineData(null, "launch my app on facebook in US CA", "US CA")]
    [InlineData("review", "US, CA, GB", "US CA GB")]
    [InlineData("review", "countries US, CA, GB", "US CA GB")]
    [InlineData("review", "germany and FR", "DE FR")]
    [InlineData("targeting", "who am i", "")]
    [InlineData("targeting", "do it", "")]
    [InlineData("targeting", "is it ok to use all?", "")]
    [InlineData(null, "my TV app ID 12 for AD people", "")]
    public void No_country_is_dropped_and_none_is_made_of_small_words(string? step, string line, string countries) =>
        string.Join(' ', Read(line, step).Draft.Countries).ShouldBe(countries);

    [Theory]
    [InlineData("my google play app on facebook", "Meta")]
    [InlineData("for apple users on facebook", "Meta")]
    [InlineData("my unity game on tiktok", "TikTok")]
    [InlineData("facebook ads for my game", "Meta")]
    public void The_network_of_a_sentence_is_the_one_it_runs_on(string line, string network) =>
        Read(line, null).Draft.Network.ShouldBe(new NetworkName(network));

    [Theory]
    [InlineData("objective", "android, google play, https://play.google.com/store/apps/details?id=a.b", "Meta")]
    [InlineData("objective", "on tiktok", "TikTok")]
    [InlineData("review", "tiktok", "TikTok")]
    public void Elsewhere_a_network_changes_only_when_that_is_said(string step, string line, string network)
    {
        var draft = Draft(step) with { Network = new NetworkName("Meta") };

        LineReader.Read(line, Context(draft, "Meta"), step).Draft.Network.ShouldBe(new NetworkName(network));
    }

    [Theory]
    [InlineData("launch my puzzle game on facebook in the US and canada, 18-44, $500 a day, max $750, cost cap $12, max bid $15, start now")]
    [InlineData("advertise our new cosy match-three game on facebook, $300 a day")]
    [InlineData("launch app installs for my puzzle game on facebook, $300 a day")]
    [InlineData("promote the meditation app on facebook")]
    public void What_is_advertised_is_no_word_that_nobody_could_use(string line)
    {
        var reading = Read(line, null);

        reading.Faults.ShouldBeEmpty();
        reading.Draft.Type.ShouldBe(CampaignType.AppInstall);
    }

    [Theory]
    [InlineData("launch my ios game on facebook", DeviceOs.Ios)]
    [InlineData("launch my android puzzle app on facebook", DeviceOs.Android)]
    public void The_system_of_what_is_advertised_counts(string line, DeviceOs os) => Read(line, null).Draft.Destination.Os.ShouldBe(os);

    [Theory]
    [InlineData("men and women", Gender.All)]
    [InlineData("women and men", Gender.All)]
    [InlineData("women", Gender.Female)]
    public void Both_genders_are_all(string line, Gender gender) => Read(line, "targeting").Draft.Gender.ShouldBe(gender);

    [Fact]
    public void The_corrected_country_joins_those_that_were_right()
    {
        var wrong = LineReader.Read("US, Canda; 18-44", Context(Draft("targeting"), "Meta"), "targeting");

        LineReader.Read("Canada", Context(wrong.Draft, "Meta"), "targeting").Draft.Countries.ShouldBe(["US", "CA"]);
        LineReader.Read("Germany", Context(wrong.Draft with { ReadFrom = CampaignDraft.NothingRead }, "Meta"), "targeting").Draft.Countries.ShouldBe(["DE"]);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("Canada")]
    [InlineData("CA please")]
    public void A_country_that_was_asked_about_takes_its_place_in_the_list(string answer)
    {
        var wrong = LineReader.Read("Canda, US", Context(Draft("targeting"), "Meta"), "targeting");

        LineReader.Read(answer, Context(wrong.Draft, "Meta"), "targeting").Draft.Countries.ShouldBe(["CA", "US"]);
    }

    [Fact]
    public void What_was_asked_about_stays_open_while_something_else_is_said()
    {
        var wrong = LineReader.Read("Canda, US", Context(Draft("targeting"), "Meta"), "targeting");
        var other = LineReader.Read("18-44", Context(wrong.Draft, "Meta"), "targeting");

        CountryList.StillAsked(other.Draft).ShouldNotBeNull().ShouldStartWith("Still open: did you mean Canada (CA)?");
        LineReader.Read("yes", Context(other.Draft, "Meta"), "targeting").Draft.Countries.ShouldBe(["CA", "US"]);
        CountryList.StillAsked(LineReader.Read("DE", Context(other.Draft, "Meta"), "targeting").Draft).ShouldBeNull();
    }

    [Fact]
    public void A_list_that_is_said_anew_takes_the_place_of_the_one_that_was_asked_about_and_that_is_told()
    {
        var wrong = LineReader.Read("Canda, US", Context(Draft("targeting"), "Meta"), "targeting");

        var reading = LineReader.Read("Canada, Mexico", Context(wrong.Draft, "Meta"), "targeting");

        reading.Draft.Countries.ShouldBe(["CA", "MX"]);
        reading.Notes.ShouldBe(["Without US, which is not in the new list (\"add US\" brings it back)"]);
    }

    [Fact]
    public void Of_two_countries_that_were_asked_about_the_one_left_open_is_asked_about_again()
    {
        var wrong = LineReader.Read("Canda, Germny", Context(Draft("targeting"), "Meta"), "targeting");

        var half = LineReader.Read("Canada", Context(wrong.Draft, "Meta"), "targeting");
        half.Draft.Countries.ShouldBe(["CA"]);
        half.Problems.ShouldBe(["And did you mean Germany (DE) too?"]);
        LineReader.Read("yes", Context(half.Draft, "Meta"), "targeting").Draft.Countries.ShouldBe(["CA", "DE"]);
    }

    [Theory]
    [InlineData("targeting", "add Mexico", "US MX")]
    [InlineData("targeting", "also mexico and canada", "US MX CA")]
    [InlineData("targeting", "plus MX; 18-44", "US MX")]
    [InlineData("targeting", "Mexico too", "US MX")]
    [InlineData("review", "add mexico", "US MX")]
    [InlineData("review", "also MX, CA", "US MX CA")]
    [InlineData("review", "Mexico as well", "US MX")]
    [InlineData("review", "mexico; 18-44", "MX")]
    [InlineData("targeting", "remove US, add mexico", "MX")]
    [InlineData("review", "without the United States", "")]
    [InlineData("review", "not in Germany", "US")]
    public void Countries_are_added_and_left_out_when_that_is_said(string step, string line, string countries)
    {
        var reading = LineReader.Read(line, Context(Draft(step) with { Countries = ["US"] }, "Meta"), step);

        string.Join(' ', reading.Draft.Countries).ShouldBe(countries);
        reading.Leftover.ShouldBeEmpty();
        reading.Problems.Length.ShouldBe(line.Contains("Germany", StringComparison.Ordinal) ? 1 : 0);
    }

    [Theory]
    [InlineData("targeting", "Germany except Berlin", "US")]
    [InlineData("review", "germany excluding bavaria", "US")]
    [InlineData("targeting", "CA, Germany but not Berlin; 18-44", "US")]
    [InlineData(null, "launch my app on facebook in Germany except Berlin, $300 a day", "US")]
    public void What_is_left_out_within_a_country_is_asked_about_and_no_country_is_taken(string? step, string line, string countries)
    {
        var reading = LineReader.Read(line, Context(Draft(step ?? "platform") with { Countries = ["US"] }, "Meta"), step);

        string.Join(' ', reading.Draft.Countries).ShouldBe(countries);
        reading.Problems[0].ShouldEndWith("Only whole countries are taken: say Germany (DE) alone, or leave it out.");
        reading.Leftover.ShouldBeEmpty();
    }

    [Fact]
    public void A_misspelt_country_at_the_review_is_asked_about_and_the_countries_stay()
    {
        var reading = LineReader.Read("Canda, US", Context(Draft("review") with { Countries = ["DE"] }, "Meta"), "review");

        reading.Draft.Countries.ShouldBe(["DE"]);
        reading.Problems.ShouldBe(["I do not know a country \"Canda\". Did you mean Canada (CA)?", "The countries stay DE until that is clear."]);
        LineReader.Read("yes", Context(reading.Draft, "Meta"), "review").Draft.Countries.ShouldBe(["CA", "US"]);
    }

    [Theory]
    [InlineData("18-80", 18, 65, "Ages up to 80 became 65, which Facebook takes as 65 and older")]
    [InlineData("18-65", 18, 65, null)]
    [InlineData("21+", 21, 65, null)]
    public void An_age_above_the_oldest_of_a_network_is_told(string line, int min, int max, string? note)
    {
        var reading = LineReader.Read(line, Context(Draft("targeting"), "Meta"), "targeting");

        (reading.Draft.AgeMin, reading.Draft.AgeMax).ShouldBe((min, max));
        reading.Notes.ShouldBe(note is null ? [] : [note]);
    }

    [Theory]
    [InlineData("targeting", "12-70", "\"12-70\": 12 is too young and 70 counts as 65 and older. Facebook / Instagram (Meta) take ages from 13 to 65; did you mean 13-65 (65 and older)?")]
    [InlineData("review", "start 2099-01-01", "Thu 1 Jan 2099, 09:00 (UTC-05:00) is more than a year ahead: check the year, or say a nearer start.")]
    [InlineData("review", "until 2099-01-01", "Thu 1 Jan 2099, 24:00 (UTC-05:00) is more than five years ahead: check the year, or say \"until never\".")]
    [InlineData("review", "end yesterday", "\"yesterday\" is past: an end has to be later than now, for example \"until 31 Dec\", or \"until never\".")]
    public void What_nobody_means_is_asked_about(string step, string line, string says)
    {
        var reading = LineReader.Read(line, Context(Draft(step), "Meta"), step);

        reading.Problems.ShouldBe([says]);
        (reading.Draft.AgeMin, reading.Draft.Schedule).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("99-120", "targeting")]
    [InlineData("min roas -2", "automation")]
    public void A_value_out_of_bounds_is_named(string line, string step)
    {
        var reading = LineReader.Read(line, Context(Draft(step), "Meta"), step);

        reading.Problems.ShouldHaveSingleItem();
        (reading.Draft.AgeMin, reading.Draft.Automation?.MinRoas).ShouldBe((null, null));
    }

    [Fact]
    public void Between_two_ages_are_ages()
    {
        var draft = Read("everyone in the us between 18 and 44", "targeting").Draft;

        (draft.AgeMin, draft.AgeMax, draft.Gender).ShouldBe((18, 44, Gender.All));
        draft.Countries.ShouldBe(["US"]);
    }

    [Theory]
    [InlineData("launch my app on facebook in Canda", "Did you mean Canada")]
    [InlineData("launch my app on facebook, five hundred a day", "in digits")]
    public void What_is_wrong_in_a_sentence_is_named_too(string line, string says) =>
        Read(line, null).Problems.ShouldContain(problem => problem.Contains(says, StringComparison.Ordinal));

    private static LineReading Read(string line, string? step) => LineReader.Read(line, Context(Draft(step ?? "platform"), null), step);

    private static CampaignDraft Draft(string step) => new(new DraftId("d"), WorkspaceId.Local, new PersonId("local:ana"), "local/ana", step);

    private static FieldContext Context(CampaignDraft draft, string? network) => new(
        draft, A.Networks, A.Networks.FirstOrDefault(profile => profile.Name.Value == network), Currency.Usd, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), A.Noon);
}
