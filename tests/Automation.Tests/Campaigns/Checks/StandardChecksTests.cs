using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns.Checks;

public sealed class StandardChecksTests
{
    private static readonly DraftSurroundings Around = new(A.Profile(), A.Account(), A.Usd(0), A.Noon);

    [Fact]
    public void A_draft_with_everything_said_has_nothing_that_blocks()
    {
        Blocking(A.Draft()).ShouldBeEmpty();
    }

    [Proves(60)]
    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var empty = new CampaignDraft(new DraftId("d"), WorkspaceId.Local, new PersonId("local:ana"), "local/ana", "platform");

        Blocking(empty, Around with { Profile = null, Account = null }).Select(problem => problem.Field).ShouldBe(
            ["Network", "Creatives", "Type", "Objective", "Countries", "BudgetAmount", "MaxDailySpend", "Strategy", "Automation", "Schedule", "Name"]);
    }

    [Fact]
    public void What_a_network_may_spend_above_the_limit_on_one_day_is_said_and_blocks_nothing()
    {
        Warnings(A.Draft()).ShouldContain("Meta may spend up to $875 on a day; I stop at $750. The budget is yours and I leave it; $428 a day would stay below it.");
    }

    [Fact]
    public void A_live_network_that_is_not_built_is_refused_where_it_is_chosen()
    {
        var problem = Blocking(A.Draft(), Around with { NotBuilt = "Live Meta Ads is not built yet; set AdNetworks:Meta:Mode to Simulated." }).ShouldHaveSingleItem();

        (problem.Field, problem.Says).ShouldBe(("Network", "Live Meta Ads is not built yet; set AdNetworks:Meta:Mode to Simulated. Or choose another network."));
    }

    [Fact]
    public void A_network_that_makes_its_own_ads_needs_no_files()
    {
        Blocking(A.Draft() with { Creatives = [] }, Around with { Profile = A.Profile() with { Slots = [] } }).ShouldBeEmpty();
    }

    public static TheoryData<string, Func<CampaignDraft, CampaignDraft>, string> WrongDrafts => new()
    {
        { "below the floor", draft => draft with { BudgetAmount = A.Usd(9.99m) }, "at least $10 a day" },
        { "above the cap", draft => draft with { BudgetAmount = A.Usd(751) }, "above your limit of $750" },
        { "above the account", draft => draft with { BudgetAmount = A.Usd(10_001), MaxDailySpend = A.Usd(20_000) }, "at most $10,000 a day is left" },
        { "zero", draft => draft with { BudgetAmount = A.Usd(0) }, "has to be above zero" },
        { "another currency", draft => draft with { BudgetAmount = new Currency("EUR").Of(500) }, "counts in USD" },
        { "no cost cap", draft => draft with { TargetCpa = null }, "cost cap $12" },
        { "no bid cap", draft => draft with { Strategy = BidStrategy.BidCap, MaxBid = null }, "max bid $15" },
        { "no roas", draft => draft with { Strategy = BidStrategy.TargetRoas }, "target roas 3.0" },
        { "target at the limit", draft => draft with { TargetCpa = A.Usd(18) }, "has to be above the target" },
        { "roas at the target", draft => draft with { Strategy = BidStrategy.TargetRoas, TargetRoas = 2m }, "has to be below the target" },
        { "backwards", draft => draft with { AgeMin = 44, AgeMax = 18 }, "18-44" },
        { "too young", draft => draft with { AgeMin = 12 }, "18 to 65" },
        { "sanctioned", draft => draft with { Countries = ["US", "CU"] }, "under sanctions" },
        { "no code", draft => draft with { Countries = ["Canda"] }, "not a country code" },
        { "no lookalike percent", draft => draft with { Lookalike = new Lookalike(LookalikeSource.Purchasers, 3) }, "1, 5 or 10" },
        { "lifetime without end", draft => draft with { BudgetType = BudgetType.Lifetime }, "needs an end" },
        { "start past", draft => draft with { Schedule = new Schedule(A.Noon.AddMinutes(-1), null, []) }, "is past" },
        { "start now is past a moment later", draft => draft with { Schedule = new Schedule(A.Noon, null, []) }, "is past" },
        { "start not said", draft => draft with { Schedule = new Schedule(null, A.Noon.AddDays(9), []), StartOpen = true }, "The start is missing" },
        { "end past", draft => draft with { Schedule = new Schedule(null, A.Account().DayAt(A.Noon).Start(A.Account().Zone()), []) }, "The end, Sun 1 Mar 2026, 24:00 (UTC-05:00), is past" },
        { "end before start", draft => draft with { Schedule = new Schedule(A.Noon.AddDays(2), A.Noon.AddDays(1), []) }, "not after the start" },
        { "hours", draft => draft with { Schedule = new Schedule(null, null, [8, 24]) }, "from 0 to 23" },
        { "pair", draft => draft with { Objective = Objective.Leads }, "for installs, not for leads" },
        { "type", draft => draft with { Type = CampaignType.Awareness }, "no awareness campaigns" },
        { "no store", draft => draft with { Destination = new Destination { Os = DeviceOs.Ios } }, "address in its store" },
        { "no system", draft => draft with { Destination = new Destination { StoreUrl = "https://example.com" } }, "ios or android" },
        { "other store", draft => draft with { Destination = draft.Destination with { Os = DeviceOs.Android } }, "App Store" },
        { "shown elsewhere", draft => draft with { TargetOs = DeviceOs.Android }, "App Store" },
        { "no page", draft => draft with { Type = CampaignType.Traffic, Objective = Objective.Engagement, Destination = new Destination() }, "where a click leads" },
        { "no name", draft => draft with { Name = " " }, "name it" },
    };

    [Proves(40, 41, 47, 51)]
    [Theory]
    [MemberData(nameof(WrongDrafts))]
    public void What_is_wrong_is_named_with_what_would_be_right(string name, Func<CampaignDraft, CampaignDraft> change, string says)
    {
        Blocking(change(A.Draft())).Select(problem => problem.Says).ShouldContain(sentence => sentence.Contains(says, StringComparison.Ordinal), name);
    }

    public static TheoryData<string, Func<NetworkProfile, NetworkProfile>, Func<CampaignDraft, CampaignDraft>, string> UnableNetworks => new()
    {
        { "gender", profile => With(profile, profile.Capabilities with { GenderTargeting = false }), draft => draft with { Gender = Gender.Female }, "cannot target a gender" },
        { "interests", profile => With(profile, profile.Capabilities with { Interests = false }), draft => draft with { Interests = ["gaming"] }, "cannot target interests" },
        { "lookalike", profile => With(profile, new NetworkCapabilities()), draft => draft with { Lookalike = new Lookalike(LookalikeSource.Purchasers, 5) }, "no lookalike" },
        { "audiences", profile => With(profile, new NetworkCapabilities()), draft => draft with { CustomAudiences = ["vip"] }, "no custom audiences" },
        { "lifetime", profile => With(profile, new NetworkCapabilities { LifetimeBudget = false }), draft => draft with { BudgetType = BudgetType.Lifetime, Schedule = new Schedule(null, A.Noon.AddDays(20), []) }, "no lifetime budgets" },
        { "strategy", profile => profile with { BidStrategies = [BidStrategy.LowestCost] }, draft => draft, "has no cost cap: choose lowest cost" },
        { "revenue", profile => With(profile, new NetworkCapabilities { ReportsRevenue = false }), draft => draft with { Strategy = BidStrategy.TargetRoas, TargetRoas = 3m }, "reports no revenue" },
        { "minimum", profile => profile with { PublishedMinimums = profile.PublishedMinimums.Add("USD", new Sourced<decimal>(600m, "test")) }, draft => draft, "at least $600 a day" },
    };

    [Proves(39)]
    [Theory]
    [MemberData(nameof(UnableNetworks))]
    public void What_a_network_cannot_do_is_said_before_the_launch(
        string name, Func<NetworkProfile, NetworkProfile> network, Func<CampaignDraft, CampaignDraft> change, string says)
    {
        Blocking(change(A.Draft()), Around with { Profile = network(A.Profile()) }).Select(problem => problem.Says)
            .ShouldContain(sentence => sentence.Contains(says, StringComparison.Ordinal), name);
    }

    [Proves(43, 67)]
    [Fact]
    public void The_other_campaigns_of_the_account_count_towards_its_limit()
    {
        Blocking(A.Draft(), Around with { OthersDaily = A.Usd(9_600) }).ShouldHaveSingleItem().Says.ShouldContain("at most $400 a day is left");
        Blocking(A.Draft(), Around with { OthersDaily = A.Usd(10_000) }).ShouldHaveSingleItem().Says.ShouldContain("lower its budget first");
        Blocking(A.Draft(), Around with { LeftTogether = A.Usd(400) }).ShouldHaveSingleItem().Says.ShouldContain("pass what the workspace may spend a day together: at most $400 a day is left");
        Blocking(A.Draft(), Around with { LeftTogether = A.Usd(0) }).ShouldHaveSingleItem().Says.ShouldContain("take all that the workspace may spend");
    }

    [Fact]
    public void A_lifetime_budget_is_judged_by_what_it_comes_to_in_a_day()
    {
        var draft = A.Draft() with { BudgetType = BudgetType.Lifetime, BudgetAmount = A.Usd(9_000), Schedule = new Schedule(null, A.Noon.AddDays(30), []) };

        Blocking(draft).ShouldBeEmpty();
        Blocking(draft with { Schedule = new Schedule(null, A.Noon.AddDays(9), []) }).ShouldHaveSingleItem().Says
            .ShouldContain("The budget of $9,000 in total, on average $900 a day, is above your limit of $750 a day");
    }

    [Fact]
    public void A_currency_without_a_known_minimum_is_said_and_blocks_nothing()
    {
        var rand = new Currency("ZAR");
        var draft = A.Draft() with
        {
            BudgetAmount = rand.Of(5_000), MaxDailySpend = rand.Of(9_000), TargetCpa = rand.Of(200), MaxBid = rand.Of(250), Automation = new AutomationSettings(),
        };
        var around = Around with { Account = A.Account() with { Currency = rand, DailyLimit = null }, OthersDaily = null };

        Blocking(draft, around).ShouldBeEmpty();
        Warnings(draft, around).ShouldContain(says => says.Contains("is not known for Meta", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_without_an_account_says_which_setting_is_missing()
    {
        Blocking(A.Draft(), Around with { Account = null }).Select(problem => problem.Says).ShouldContain(says => says.Contains("AdNetworks:Meta:AccountId", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CampaignStatus.Active, "runs")]
    [InlineData(CampaignStatus.Scheduled, "is scheduled")]
    [InlineData(CampaignStatus.Launching, "is being launched")]
    [InlineData(CampaignStatus.InReview, "is in review")]
    [InlineData(CampaignStatus.Resting, "rests until its hours begin")]
    [InlineData(CampaignStatus.Stopped, "was stopped by the emergency monitor")]
    [InlineData(CampaignStatus.Paused, "is paused")]
    public void A_campaign_that_there_is_already_is_asked_about(CampaignStatus status, string does) =>
        Warnings(A.Draft() with { Name = "Second" }, Around with { Others = [A.Campaign(status)] })
            .ShouldContain($"c1 (\"Facebook installs US CA\") {does} with the same address and countries: launch a second one?");

    [Fact]
    public void Of_campaigns_alike_in_some_countries_these_are_named() =>
        Warnings(A.Draft() with { Name = "Second", Countries = ["CA", "MX"] }, Around with { Others = [A.Campaign()] })
            .ShouldContain("c1 (\"Facebook installs US CA\") runs with the same address, also in CA: launch a second one?");

    [Fact]
    public void Of_many_alike_the_first_are_named_and_the_others_counted() =>
        Warnings(A.Draft() with { Name = "Second" }, Around with { Others = [.. Enumerable.Range(1, 5).Select(number => A.Campaign() with { Handle = $"c{number}" })] })
            .Where(says => says.EndsWith("launch a second one?", StringComparison.Ordinal) || says.Contains("more like it", StringComparison.Ordinal)).Last()
            .ShouldBe("There are 2 more like it.");

    public static TheoryData<string, Func<CampaignDraft, CampaignDraft>, Func<Campaign, Campaign>> Unlike => new()
    {
        { "ended", draft => draft, other => other with { Status = CampaignStatus.Ended } },
        { "failed", draft => draft, other => other with { Status = CampaignStatus.Failed } },
        { "address", draft => draft with { Destination = draft.Destination with { StoreUrl = "https://apps.apple.com/app/id9" } }, other => other },
        { "countries", draft => draft with { Countries = ["DE"] }, other => other },
        { "account", draft => draft, other => other with { Spec = other.Spec with { Account = new AdAccountId("other") } } },
        { "objective", draft => draft, other => other with { Spec = other.Spec with { Objective = Objective.Purchases } } },
    };

    [Theory]
    [MemberData(nameof(Unlike))]
    public void What_differs_is_no_second_one(string name, Func<CampaignDraft, CampaignDraft> draft, Func<Campaign, Campaign> other) =>
        Warnings(draft(A.Draft() with { Name = "Second" }), Around with { Others = [other(A.Campaign())] })
            .ShouldNotContain(says => says.Contains("launch a second one", StringComparison.Ordinal), name);

    [Fact]
    public void A_name_that_another_campaign_has_is_refused_with_a_free_one() =>
        Blocking(A.Draft() with { Name = "facebook installs us ca" }, Around with { Names = [A.Campaign().Name] }).ShouldHaveSingleItem().Says
            .ShouldBe("There is a campaign \"facebook installs us ca\" already: say \"name it facebook installs us ca 2\".");

    private static NetworkProfile With(NetworkProfile profile, NetworkCapabilities capabilities) => profile with { Capabilities = capabilities };

    private static List<DraftProblem> Blocking(CampaignDraft draft, DraftSurroundings? around = null) => Problems(draft, around, ProblemKind.Blocks);

    private static List<string> Warnings(CampaignDraft draft, DraftSurroundings? around = null) => Problems(draft, around, ProblemKind.Warns).ConvertAll(problem => problem.Says);

    private static List<DraftProblem> Problems(CampaignDraft draft, DraftSurroundings? around, ProblemKind kind) =>
        [.. StandardChecks.All.SelectMany(check => check.Check(draft, around ?? Around)).Where(problem => problem.Kind == kind)];
}
