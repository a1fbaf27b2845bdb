// Long because it is one table of what people type, field by field, with what is read from it.
using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Wizard.Fields;
using ChatOpsCampaigns.Dialogs.Wizard.Reading;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

public sealed class LineReaderTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Proves(19)]
    [Theory]
    [InlineData("facebook", "Meta")]
    [InlineData("Facebook", "Meta")]
    [InlineData("fb", "Meta")]
    [InlineData("meta", "Meta")]
    [InlineData("insta", "Meta")]
    [InlineData("instagram", "Meta")]
    [InlineData("google", "Google")]
    [InlineData("adwords", "Google")]
    [InlineData("tiktok", "TikTok")]
    [InlineData("tik tok", "TikTok")]
    [InlineData("snap", "Snapchat")]
    [InlineData("snapchat", "Snapchat")]
    [InlineData("x", "X")]
    [InlineData("twitter", "X")]
    [InlineData("unity", "Unity")]
    [InlineData("axon", "AppLovin")]
    [InlineData("applovin", "AppLovin")]
    [InlineData("asa", "Apple")]
    [InlineData("apple search ads", "Apple")]
    [InlineData("1", "Meta")]
    [InlineData("#3", "TikTok")]
    [InlineData("8", "Apple")]
    [InlineData("on facebook please", "Meta")]
    public void A_network_is_chosen_by_name_alias_or_number(string line, string network)
    {
        Read(line, "platform", profile: null).Draft.Network.ShouldBe(new NetworkName(network));
    }

    [Proves(20)]
    [Theory]
    [InlineData("9", "1 to 8")]
    [InlineData("0", "1 to 8")]
    [InlineData("youtube", "YouTube")]
    public void An_unknown_network_is_explained(string line, string says)
    {
        Read(line, "platform", profile: null).Problems.ShouldHaveSingleItem().ShouldContain(says);
    }

    [Theory]
    [InlineData("app install, installs, ios, https://apps.apple.com/app/id1234567890")]
    [InlineData("https://apps.apple.com/app/id1234567890; ios; installs; app install")]
    [InlineData("app_install\ninstalls\niOS\nhttps://apps.apple.com/app/id1234567890")]
    [InlineData("app installs https://apps.apple.com/app/id1234567890")]
    public void Order_and_separators_are_free_in_a_line(string line)
    {
        var reading = Read(line, "objective");

        reading.Problems.ShouldBeEmpty();
        reading.Leftover.ShouldBeEmpty();
        (reading.Draft.Type, reading.Draft.Objective, reading.Draft.Destination.StoreUrl, reading.Draft.Destination.Os)
            .ShouldBe((CampaignType.AppInstall, Objective.Installs, "https://apps.apple.com/app/id1234567890", DeviceOs.Ios));
    }

    [Theory]
    [InlineData("conversion, purchases", CampaignType.Conversion, Objective.Purchases)]
    [InlineData("conversions, leads", CampaignType.Conversion, Objective.Leads)]
    [InlineData("awareness, engagement", CampaignType.Awareness, Objective.Engagement)]
    [InlineData("traffic, engagement", CampaignType.Traffic, Objective.Engagement)]
    [InlineData("app install, purchases", CampaignType.AppInstall, Objective.Purchases)]
    public void Type_and_objective_are_read_apart(string line, CampaignType type, Objective objective)
    {
        var draft = Read(line, "objective").Draft;

        (draft.Type, draft.Objective).ShouldBe((type, objective));
    }

    [Theory]
    [InlineData("https://play.google.com/store/apps/details?id=com.example.app", DeviceOs.Android)]
    [InlineData("https://apps.apple.com/us/app/game/id123?mt=8", DeviceOs.Ios)]
    [InlineData("itunes.apple.com/app/id123", DeviceOs.Ios)]
    public void A_store_address_says_the_system(string line, DeviceOs os)
    {
        Read(line, "objective").Draft.Destination.Os.ShouldBe(os);
    }

    [Fact]
    public void Pixel_form_and_page_are_read()
    {
        var draft = Read("https://example.com/offer?a=1, pixel 987654, form 445566", "objective").Draft;

        draft.Destination.ShouldBe(new Destination { LandingUrl = "https://example.com/offer?a=1", Pixel = "987654", LeadForm = "445566" });
    }

    [Proves(29, 30)]
    [Theory]
    [InlineData("US, CA; 18-44; all", "US CA", 18, 44, Gender.All)]
    [InlineData("all; 18-44; US, CA", "US CA", 18, 44, Gender.All)]
    [InlineData("united states and canada, ages 18 to 44, everyone", "US CA", 18, 44, Gender.All)]
    [InlineData("UK, women, 25-34", "GB", 25, 34, Gender.Female)]
    [InlineData("USA; men; 21+", "US", 21, 65, Gender.Male)]
    [InlineData("germany, austria, switzerland; adults", "DE AT CH", 18, 65, null)]
    [InlineData("us, us, US, United States", "US", null, null, null)]
    [InlineData("Côte d’Ivoire", "CI", null, null, null)]
    [InlineData("south korea, japan, 18-44, female", "KR JP", 18, 44, Gender.Female)]
    [InlineData("de at ch", "DE AT CH", null, null, null)]
    [InlineData("new zealand 18–30", "NZ", 18, 30, null)]
    [InlineData("US,CA,GB", "US CA GB", null, null, null)]
    [InlineData("US/CA", "US CA", null, null, null)]
    [InlineData("IT, ES, 18-44, male", "IT ES", 18, 44, Gender.Male)]
    public void Countries_ages_and_gender_are_read_together(string line, string countries, int? min, int? max, Gender? gender)
    {
        var reading = Read(line, "targeting");

        reading.Problems.ShouldBeEmpty();
        string.Join(' ', reading.Draft.Countries).ShouldBe(countries);
        (reading.Draft.AgeMin, reading.Draft.AgeMax, reading.Draft.Gender).ShouldBe((min, max, gender));
    }

    [Proves(29, 30)]
    [Theory]
    [InlineData("Canda", "Did you mean Canada (CA)?")]
    [InlineData("Unted States", "Did you mean United States (US)?")]
    [InlineData("Germny", "Did you mean Germany (DE)?")]
    [InlineData("EU", "AT, BE, BG")]
    [InlineData("DACH", "DE, AT, CH")]
    [InlineData("everywhere", "by name")]
    [InlineData("worldwide", "by name")]
    [InlineData("Europe", "by name")]
    [InlineData("Iran", "sanctions")]
    [InlineData("Cuba", "sanctions")]
    [InlineData("44-18", "did you mean 18-44?")]
    [InlineData("ages 12-44", "12 is too young")]
    [InlineData("ages 0-3", "0 is too young")]
    [InlineData("XX", "XX")]
    public void Wrong_targeting_is_named_with_what_would_be_right(string line, string says)
    {
        var reading = Read(line, "targeting");

        string.Join(' ', reading.Problems.Append(reading.Leftover)).ShouldContain(says);
        reading.Draft.Countries.ShouldBeEmpty();
        reading.Draft.AgeMin.ShouldBeNull();
    }

    [Proves(31)]
    [Theory]
    [InlineData("US; 18-44; all; interests Gaming, Technology, Shopping", "Gaming, Technology, Shopping")]
    [InlineData("US; 18-44; all", "")]
    public void Interests_are_read_as_a_list_and_may_be_left_out(string line, string interests)
    {
        var reading = Read(line, "targeting");

        reading.Problems.ShouldBeEmpty();
        string.Join(", ", reading.Draft.Interests).ShouldBe(interests);
    }

    [Fact]
    public void What_is_wrong_takes_nothing_from_what_is_right()
    {
        var reading = Read("US, Canda; 44-18; female; interests gaming, shopping", "targeting");

        reading.Draft.Countries.ShouldBe(["US"]);
        reading.Draft.Gender.ShouldBe(Gender.Female);
        reading.Draft.Interests.ShouldBe(["gaming", "shopping"]);
        reading.Problems.Length.ShouldBe(2);
    }

    [Proves(32)]
    [Theory]
    [InlineData("lookalike purchasers 5 %", LookalikeSource.Purchasers, 5)]
    [InlineData("lookalike of purchasers 5%", LookalikeSource.Purchasers, 5)]
    [InlineData("lookalike high ltv 10", LookalikeSource.HighLtv, 10)]
    [InlineData("lookalike existing users 1 %", LookalikeSource.ExistingUsers, 1)]
    [InlineData("5% lookalike of purchasers", LookalikeSource.Purchasers, 5)]
    [InlineData("lookalike", LookalikeSource.ExistingUsers, 1)]
    public void A_lookalike_is_read(string line, LookalikeSource source, int percent)
    {
        var reading = Read(line, "targeting");

        reading.Problems.ShouldBeEmpty();
        reading.Draft.Lookalike.ShouldBe(new Lookalike(source, percent));
    }

    [Proves(32)]
    [Theory]
    [InlineData("lookalike purchasers 7 %", "Meta", "1, 5 or 10")]
    [InlineData("lookalike purchasers 5 %", "Apple", "no lookalike")]
    [InlineData("interests gaming", "Apple", "cannot target interests")]
    [InlineData("custom audiences vip", "Apple", "no custom audiences")]
    [InlineData("lifetime $9000", "Apple", "no lifetime budgets")]
    [InlineData("target roas 3", "Apple", "has no target ROAS")]
    public void What_a_network_has_not_is_answered_with_a_sentence(string line, string network, string says)
    {
        Read(line, null, Profile(network)).Problems.ShouldHaveSingleItem().ShouldContain(says);
    }

    [Proves(37, 38)]
    [Theory]
    [InlineData("$500/day, max $750, cost cap $12, max bid $15")]
    [InlineData("max bid $15; cost cap $12; max $750; $500/day")]
    [InlineData("500 a day, max 750, cost cap 12, max bid 15")]
    [InlineData("budget $500, max $750, cost cap $12, max bid $15")]
    [InlineData("$500 daily, cap $750, cost cap of $12, maximum bid of $15")]
    [InlineData("$500 per day, no more than $750, cost cap at $12, max bid $15")]
    [InlineData("500, max 750, cost cap 12, max bid 15")]
    [InlineData("$500/day $750 cap $12 cost cap $15 max bid")]
    [InlineData("$500/day, $750 cap, $12 cost cap, $15 max bid")]
    [InlineData("500 usd daily budget with 750 cap and a 12 dollar cost cap; 15 max bid")]
    [InlineData("$500/day max 750 cost cap 12 max bid 15")]
    public void Budget_cap_and_bidding_are_read_in_any_order(string line)
    {
        var reading = Read(line, "budget");

        reading.Problems.ShouldBeEmpty();
        reading.Leftover.ShouldBeEmpty();
        var draft = reading.Draft;
        (draft.BudgetType, draft.BudgetAmount, draft.MaxDailySpend, draft.Strategy, draft.TargetCpa, draft.MaxBid)
            .ShouldBe((BudgetType.Daily, A.Usd(500), A.Usd(750), BidStrategy.CostCap, A.Usd(12), A.Usd(15)));
    }

    [Theory]
    [InlineData("five hundred", "in digits")]
    [InlineData("five hundred dollars a day", "in digits")]
    [InlineData("1.000,50", "could mean")]
    [InlineData("1.000", "could mean")]
    [InlineData("-5", "below zero")]
    [InlineData("-5/day", "below zero")]
    [InlineData("$0/day", "not above zero")]
    [InlineData("0", "not above zero")]
    [InlineData("1e9", "in digits")]
    [InlineData("NaN", "in digits")]
    [InlineData("€500/day", "counts in USD")]
    [InlineData("500 eur a day", "counts in USD")]
    public void A_budget_that_is_no_clear_amount_is_asked_about(string line, string says)
    {
        var reading = Read(line, "budget");

        reading.Problems.ShouldContain(problem => problem.Contains(says, StringComparison.Ordinal));
        reading.Draft.BudgetAmount.ShouldBeNull();
    }

    [Proves(37)]
    [Theory]
    [InlineData("lifetime $9000", 9000)]
    [InlineData("lifetime budget of $9,000", 9000)]
    [InlineData("$9000 in total", 9000)]
    [InlineData("$9000 lifetime", 9000)]
    [InlineData("$9000 total", 9000)]
    [InlineData("total budget $9000", 9000)]
    [InlineData("total of $9000", 9000)]
    [InlineData("$9000 overall", 9000)]
    [InlineData("$9000 for the whole time", 9000)]
    public void A_lifetime_budget_is_read(string line, int amount)
    {
        var draft = Read(line, "budget").Draft;

        (draft.BudgetType, draft.BudgetAmount).ShouldBe((BudgetType.Lifetime, A.Usd(amount)));
    }

    [Proves(39)]
    [Theory]
    [InlineData("lowest cost", BidStrategy.LowestCost)]
    [InlineData("lowest_cost", BidStrategy.LowestCost)]
    [InlineData("cost cap $12", BidStrategy.CostCap)]
    [InlineData("cost_cap 12", BidStrategy.CostCap)]
    [InlineData("bid cap $15", BidStrategy.BidCap)]
    [InlineData("target roas 3.0", BidStrategy.TargetRoas)]
    [InlineData("target roas 3.0x", BidStrategy.TargetRoas)]
    [InlineData("cpa under $12", BidStrategy.CostCap)]
    public void A_bid_strategy_is_read(string line, BidStrategy strategy)
    {
        var reading = Read(line, "budget");

        reading.Problems.ShouldBeEmpty();
        reading.Draft.Strategy.ShouldBe(strategy);
    }

    [Theory]
    [InlineData("balanced, min roas 2.0, max cpa $18")]
    [InlineData("max cpa 18; min roas 2x; balanced")]
    [InlineData("min roas 2.0x, balanced mode, maximum cpa of $18")]
    public void Mode_and_limits_are_read(string line)
    {
        var reading = Read(line, "automation");

        reading.Problems.ShouldBeEmpty();
        reading.Leftover.ShouldBeEmpty();
        var settings = reading.Draft.Automation.ShouldNotBeNull();
        (settings.Enabled, settings.Mode, settings.MinRoas, settings.MaxCpa).ShouldBe((true, OptimisationMode.Balanced, 2.0m, A.Usd(18)));
    }

    [Proves(44)]
    [Fact]
    public void Automation_can_be_left_out_or_narrowed()
    {
        Read("no automation", "automation").Draft.Automation.ShouldNotBeNull().Enabled.ShouldBeFalse();
        Read("manual", "automation").Draft.Automation.ShouldNotBeNull().Enabled.ShouldBeFalse();

        var narrowed = Read("aggressive, no bid changes, no scaling, notify email, sms", "automation").Draft.Automation.ShouldNotBeNull();
        (narrowed.Mode, narrowed.AdjustBids, narrowed.ScalePerforming, narrowed.AdjustBudgets, narrowed.Notify)
            .ShouldBe((OptimisationMode.Aggressive, false, false, true, AlertChannels.Email | AlertChannels.Sms));
    }

    [Theory]
    [InlineData("start tomorrow 9am", "2026-03-03T14:00Z")]
    [InlineData("start at 9am", "2026-03-02T14:00Z")]
    [InlineData("starts on 2026-04-01", "2026-04-01T13:00Z")]
    [InlineData("tomorrow 9am", "2026-03-03T14:00Z")]
    [InlineData("today at 9:00 AM", "2026-03-02T14:00Z")]
    [InlineData("start in 2 weeks", "2026-03-16T13:00Z")]
    public void A_start_is_read(string line, string utc)
    {
        var reading = Read(line, "review");

        reading.Problems.ShouldBeEmpty();
        reading.Draft.Schedule.ShouldNotBeNull().Start.ShouldBe(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    [Theory]
    [InlineData("start now")]
    [InlineData("now")]
    [InlineData("start immediately")]
    [InlineData("start today")]
    public void Starting_now_is_a_start(string line)
    {
        Read(line, "review").Draft.Schedule.ShouldNotBeNull().Start.ShouldBeNull();
    }

    [Theory]
    [InlineData("start yesterday", "is past")]
    [InlineData("start 31/02", "There is no 31 February")]
    [InlineData("start 03/04/2026", "could be April 3 or March 4")]
    [InlineData("start soon", "could not read")]
    [InlineData("until 2020-01-01", "is past")]
    [InlineData("hours 6-30", "0 to 23")]
    public void A_wrong_schedule_is_explained(string line, string says)
    {
        Read(line, "review").Problems.ShouldHaveSingleItem().ShouldContain(says);
    }

    [Theory]
    [InlineData("until 31 Dec")]
    [InlineData("$9000 total until 31 Dec")]
    [InlineData("hours 6-22")]
    [InlineData("until never")]
    public void An_end_or_hours_choose_no_start(string line)
    {
        var draft = Read(line, "review").Draft;

        draft.Schedule.ShouldNotBeNull();
        draft.HasStart.ShouldBeFalse();
        LineReader.Read("start now", Context(draft, Profile("Meta")), "review").Draft.HasStart.ShouldBeTrue();
    }

    [Theory]
    [InlineData("start tomorrow 9am, until 31 Dec")]
    [InlineData("until 31 Dec, start tomorrow 9am")]
    public void A_start_stays_as_it_was_said_when_an_end_is(string line)
    {
        var draft = Read(line, "review").Draft;

        draft.HasStart.ShouldBeTrue();
        draft.Schedule.ShouldBe(draft.Schedule! with { Start = new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.Zero), End = new DateTimeOffset(2027, 1, 1, 5, 0, 0, TimeSpan.Zero) });
    }

    [Fact]
    public void End_hours_and_name_are_read_in_one_line()
    {
        var draft = Read("start tomorrow 9am, until 31 Dec, hours 6-22, name it Spring sale", "review").Draft;

        draft.Name.ShouldBe("Spring sale");
        draft.Schedule.ShouldNotBeNull().End.ShouldBe(new DateTimeOffset(2027, 1, 1, 5, 0, 0, TimeSpan.Zero));
        draft.Schedule!.Hours.ShouldBe(Enumerable.Range(6, 17));
    }

    [Fact]
    public void A_sentence_fills_what_it_says_and_remembers_the_words()
    {
        var reading = Read("launch my puzzle game on tiktok in canada, $300 a day, cpa under $12", null, profile: null);

        var draft = reading.Draft;
        (draft.Network, draft.Type, draft.Objective, draft.BudgetAmount, draft.TargetCpa, draft.Strategy)
            .ShouldBe((new NetworkName("TikTok"), CampaignType.AppInstall, Objective.Installs, A.Usd(300), A.Usd(12), BidStrategy.CostCap));
        draft.Countries.ShouldBe(["CA"]);
        draft.ReadFrom["BudgetAmount"].ShouldBe("$300 a day");
        draft.ReadFrom["Network"].ShouldBe("on tiktok");
        draft.ReadFrom["Countries"].ShouldBe("in canada");
        draft.ReadFrom["TargetCpa"].ShouldBe("cpa under $12");
        reading.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("promote https://play.google.com/store/apps/details?id=com.example on facebook in the US and Canada for women 25-34, $200/day, max $300, aggressive, start tomorrow 9am")]
    [InlineData("facebook ads: women 25-34 in US, CA. $200 daily, never more than $300; aggressive; start tomorrow 9am; app https://play.google.com/store/apps/details?id=com.example")]
    public void A_long_sentence_fills_nearly_everything(string line)
    {
        var draft = Read(line, null, profile: null).Draft;

        (draft.Network, draft.Gender, draft.AgeMin, draft.AgeMax, draft.BudgetAmount, draft.MaxDailySpend, draft.Automation?.Mode, draft.Destination.Os)
            .ShouldBe((new NetworkName("Meta"), Gender.Female, 25, 34, A.Usd(200), A.Usd(300), OptimisationMode.Aggressive, DeviceOs.Android));
        draft.Countries.ShouldBe(["US", "CA"]);
        draft.Schedule.ShouldNotBeNull().Start.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("it is me in my no go", "")]
    [InlineData("what do you mean", "")]
    [InlineData("hello there", "")]
    public void Small_words_of_a_sentence_are_no_countries(string line, string countries)
    {
        string.Join(' ', Read(line, null, profile: null).Draft.Countries).ShouldBe(countries);
    }

    [Theory]
    [InlineData("no interests")]
    [InlineData("no lookalike")]
    [InlineData("no custom audiences")]
    [InlineData("all hours")]
    [InlineData("until never")]
    [InlineData("no end")]
    public void What_was_said_before_can_be_taken_back(string line)
    {
        var draft = A.Draft() with
        {
            Interests = ["gaming"], Lookalike = new Lookalike(LookalikeSource.Purchasers, 5), CustomAudiences = ["vip"],
            Schedule = new Schedule(null, A.Noon.AddDays(9), [6, 7]),
        };

        var changed = LineReader.Read(line, Context(draft, Profile("Meta")), "review");

        changed.Problems.ShouldBeEmpty();
        changed.Leftover.ShouldBeEmpty();
        Emptied(changed.Draft).ShouldBe(Emptied(draft) + 1);
    }

    [Fact]
    public void An_answer_to_another_step_is_understood_when_it_is_unmistakable()
    {
        var draft = Read("$500/day, max $750, US", "objective").Draft;

        (draft.BudgetAmount, draft.MaxDailySpend).ShouldBe((A.Usd(500), A.Usd(750)));
    }

    private static int Emptied(CampaignDraft draft) => new[]
    {
        draft.Interests.IsEmpty, draft.Lookalike is null, draft.CustomAudiences.IsEmpty, draft.Schedule!.Hours.IsEmpty, draft.Schedule.End is null,
    }.Count(empty => empty);

    private static LineReading Read(string line, string? step, NetworkProfile? profile) =>
        LineReader.Read(line, Context(new CampaignDraft(new DraftId("d"), WorkspaceId.Local, new PersonId("local:ana"), "local/ana", step ?? "platform"), profile), step);

    private static LineReading Read(string line, string? step) => Read(line, step, Profile("Meta"));

    private static NetworkProfile Profile(string name) => A.Networks.First(profile => profile.Name.Value == name);

    private static FieldContext Context(CampaignDraft draft, NetworkProfile? profile) =>
        new(draft, A.Networks, profile, Currency.Usd, NewYork, A.Noon);
}
