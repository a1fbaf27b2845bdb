using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns.Checks;

/// <summary>What single networks, accounts and countries ask, and what only the outside knows.</summary>
public sealed class NetworkFieldChecksTests
{
    private static readonly NetworkProfile Profile = A.Profile() with
    {
        SpecialCategories = [new SpecialCategory("housing", "HOUSING", KeepsWide: true), new SpecialCategory("politics", "POLITICS")],
        NamesPayerInEu = true,
        Ages = new Range<int>(13, 65),
    };

    private static readonly DraftSurroundings Around = new(Profile, A.Account(), A.Usd(0), A.Noon);

    public static TheoryData<string, Func<CampaignDraft, CampaignDraft>, string> Blocked => new()
    {
        { "category", draft => With(draft, to => to with { SpecialCategory = "knitting" }), "it knows housing, politics" },
        { "no payer", draft => draft with { Countries = ["US", "DE"] }, "say \"payer and beneficiary …\"" },
        { "no beneficiary", draft => With(draft with { Countries = ["FR"] }, to => to with { Payer = "Lumen" }), "say \"beneficiary …\"" },
        { "minors unsaid", draft => draft with { AgeMin = 16 }, "minors under 16" },
        { "minors reached", draft => draft with { AgeMin = 14, MinorsBelow = 16 }, "say \"16-44\"" },
        { "genres", draft => draft with { Genres = ["puzzle"] }, "say \"all genres\"" },
        { "predicted ltv", draft => draft with { PredictedLtvTop = 25 }, "say \"no predicted ltv\"" },
    };

    [Proves(28)]
    [Theory]
    [MemberData(nameof(Blocked))]
    public void What_the_network_asks_is_named_with_what_would_be_right(string name, Func<CampaignDraft, CampaignDraft> change, string says) =>
        Says(change(A.Draft()), ProblemKind.Blocks).ShouldHaveSingleItem(name).ShouldContain(says);

    public static TheoryData<string, Func<CampaignDraft, CampaignDraft>> Allowed => new()
    {
        { "category", draft => With(draft, to => to with { SpecialCategory = "politics" }) },
        { "payer", draft => With(draft with { Countries = ["DE"] }, to => to with { Payer = "Lumen", Beneficiary = "Lumen" }) },
        { "outside the union", draft => draft with { Countries = ["US", "CH", "GB", "NO"] } },
        { "minors left out", draft => draft with { AgeMin = 16, MinorsBelow = 16 } },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void What_was_answered_blocks_nothing(string name, Func<CampaignDraft, CampaignDraft> change) =>
        Says(change(A.Draft()), ProblemKind.Blocks).ShouldBeEmpty(name);

    [Fact]
    public void Only_networks_that_ask_are_answered()
    {
        var plain = Around with { Profile = A.Profile() };

        Says(A.Draft() with { Countries = ["DE"] }, ProblemKind.Blocks, plain).ShouldBeEmpty();
        Says(With(A.Draft(), to => to with { SpecialCategory = "housing" }), ProblemKind.Blocks, plain).ShouldHaveSingleItem().ShouldContain("asks for no special category");
    }

    [Fact]
    public void Narrow_ages_for_what_has_to_stay_wide_are_warned_of()
    {
        var housing = With(A.Draft(), to => to with { SpecialCategory = "housing" });

        Says(housing, ProblemKind.Warns).ShouldContain(says => says.Contains("may refuse it", StringComparison.Ordinal));
        Says(housing with { AgeMax = 65 }, ProblemKind.Warns).ShouldNotContain(says => says.Contains("may refuse it", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_several_accounts_one_has_to_be_named()
    {
        var several = Around with { Accounts = [A.Account() with { Id = new AdAccountId("meta:eu") }, A.Account() with { Id = new AdAccountId("meta:us") }] };

        Says(A.Draft() with { Account = null }, ProblemKind.Blocks, several).ShouldHaveSingleItem().ShouldContain("say \"account eu\" or us");
        Says(A.Draft() with { Account = new AdAccountId("meta:us") }, ProblemKind.Blocks, several).ShouldBeEmpty();
    }

    [Proves(33)]
    [Theory]
    [InlineData("vip", null, ProblemKind.Warns, "cannot be asked now whether vip exist")]
    [InlineData("vip,fans", "vip,newsletter", ProblemKind.Blocks, "no custom audience \"fans\" in meta: it has vip, newsletter")]
    [InlineData("fans", "", ProblemKind.Blocks, "has no custom audiences")]
    public void Custom_audiences_are_looked_up_or_it_is_said_that_nobody_could(string wanted, string? known, ProblemKind kind, string says)
    {
        ImmutableArray<string>? list = known is null ? null : [.. known.Split(',', StringSplitOptions.RemoveEmptyEntries)];

        Says(A.Draft() with { CustomAudiences = [.. wanted.Split(',')] }, kind, Around with { Outside = new OutsideFacts(null, list) })
            .ShouldContain(sentence => sentence.Contains(says, StringComparison.Ordinal));
    }

    [Proves(33)]
    [Fact]
    public void Audiences_that_exist_are_fine_in_any_capitals() =>
        Says(A.Draft() with { CustomAudiences = ["VIP"] }, ProblemKind.Blocks, Around with { Outside = new OutsideFacts(null, ["vip"]) }).ShouldBeEmpty();

    [Fact]
    public void A_landing_page_that_does_not_answer_is_said_and_blocks_nothing()
    {
        var silent = Around with { Outside = new OutsideFacts("It answers 404.", null) };

        Says(A.Draft(), ProblemKind.Warns, silent).ShouldContain("It answers 404.");
        Says(A.Draft(), ProblemKind.Blocks, silent).ShouldBeEmpty();
    }

    [Fact]
    public void Extras_that_do_not_reach_the_network_are_said()
    {
        var games = Around with { Profile = Profile with { Capabilities = new NetworkCapabilities { AppGenres = true }, ExtrasNote = "It takes no genres yet" } };

        Says(A.Draft() with { Genres = ["puzzle"] }, ProblemKind.Warns, games).ShouldContain("It takes no genres yet.");
        Says(A.Draft() with { Genres = ["puzzle"] }, ProblemKind.Blocks, games).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new[] { 7, 8 }, "Meta keeps no hours; I pause it outside them and let it run again inside.")]
    [InlineData(new[] { 9, 10 }, "Meta keeps no hours; I pause it outside them and let it run again inside. It begins on Mon 2 Mar 2026, 09:00 (UTC-05:00), when its hours do.")]
    public void Hours_that_the_network_does_not_keep_are_ours_and_said(int[] hours, string says)
    {
        var draft = A.Draft() with { Schedule = new Schedule(null, null, [.. hours]) };

        Says(draft, ProblemKind.Warns).ShouldContain(says);
        Says(draft, ProblemKind.Blocks).ShouldBeEmpty();
        Says(draft, ProblemKind.Warns, Around with { Profile = Profile with { Capabilities = new NetworkCapabilities { Dayparting = true } } })
            .ShouldNotContain(sentence => sentence.Contains("hours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_outside_is_asked_for_what_the_draft_needs_alone()
    {
        var bench = new Bench();
        bench.Network.Audiences = ["vip"];
        await bench.Checks.AllAsync(A.Draft(), TestContext.Current.CancellationToken);
        bench.Landing.Asked.ShouldBeEmpty();

        var web = With(A.Draft(), _ => new Destination { LandingUrl = "https://example.com/", Tracking = "utm_source=a" }) with { CustomAudiences = ["vip"] };
        var problems = await bench.Checks.AllAsync(web, TestContext.Current.CancellationToken);

        bench.Landing.Asked.ShouldBe(["https://example.com/?utm_source=a"]);
        problems.ShouldNotContain(problem => problem.Field == "CustomAudiences");
        bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        (await bench.Checks.AllAsync(web, TestContext.Current.CancellationToken)).ShouldContain(problem => problem.Field == "CustomAudiences" && problem.Kind == ProblemKind.Warns);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_network_that_never_answers_holds_no_question_of_the_wizard()
    {
        var bench = new Bench();
        bench.Network.Hangs.Add(nameof(IAdNetwork.FindAudiencesAsync));

        var problems = await bench.UntilDoneAsync(bench.Checks.AllAsync(A.Draft() with { CustomAudiences = ["vip"] }, TestContext.Current.CancellationToken));

        problems.ShouldContain(problem => problem.Field == "CustomAudiences" && problem.Says.Contains("cannot be asked now", StringComparison.Ordinal));
    }

    private static CampaignDraft With(CampaignDraft draft, Func<Destination, Destination> change) => draft with { Destination = change(draft.Destination) };

    private static List<string> Says(CampaignDraft draft, ProblemKind kind, DraftSurroundings? around = null) =>
        [.. StandardChecks.All.SelectMany(check => check.Check(draft, around ?? Around)).Where(problem => problem.Kind == kind).Select(problem => problem.Says)];
}
