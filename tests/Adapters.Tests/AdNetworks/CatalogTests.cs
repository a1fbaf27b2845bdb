using System.Collections.Immutable;
using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks;

public sealed class CatalogTests
{
    [Proves(8)]
    [Fact]
    public void There_are_eight_networks_in_the_order_of_the_wizard() => AdNetworkCatalog.Profiles.Select(profile => profile.Name.Value)
        .ShouldBe(["Meta", "Google", "TikTok", "Snapchat", "X", "Unity", "AppLovin", "Apple"]);

    [Theory]
    [InlineData("fb", "Meta")]
    [InlineData("meta", "Meta")]
    [InlineData("insta", "Meta")]
    [InlineData("facebook", "Meta")]
    [InlineData("instagram", "Meta")]
    [InlineData("uac", "Google")]
    [InlineData("adwords", "Google")]
    [InlineData("tiktok", "TikTok")]
    [InlineData("snap", "Snapchat")]
    [InlineData("x", "X")]
    [InlineData("twitter", "X")]
    [InlineData("unity", "Unity")]
    [InlineData("axon", "AppLovin")]
    [InlineData("asa", "Apple")]
    public void A_word_means_its_network(string word, string network) =>
        AdNetworkCatalog.Profiles.Single(profile => profile.Aliases.Contains(word)).Name.Value.ShouldBe(network);

    [Fact]
    public void No_word_means_two_networks_and_all_are_lower_case()
    {
        var words = AdNetworkCatalog.Profiles.SelectMany(profile => profile.Aliases.Concat(profile.RefusedWords.Keys)).ToList();

        words.ShouldBeUnique();
        words.ShouldAllBe(word => !word.Any(char.IsUpper));
    }

    [Fact]
    public void YouTube_alone_is_refused_with_what_would_be_right() =>
        AdNetworkCatalog.Profiles.Single(profile => profile.RefusedWords.ContainsKey("youtube")).RefusedWords["youtube"].ShouldContain("Demand Gen");

    [Fact]
    public void Each_network_has_pages_of_its_own_where_a_campaign_is_stopped_by_hand() => AdNetworkCatalog.Profiles.Select(profile => profile.OwnPages.ToString()).ShouldBe(
        [
            "https://business.facebook.com/adsmanager", "https://ads.google.com/", "https://ads.tiktok.com/", "https://ads.snapchat.com/", "https://ads.x.com/", "https://cloud.unity.com/", "https://ads.axon.ai/",
            "https://ads.apple.com/",
        ]);

    /// <summary>One letter for each of the 4 × 4 pairs: type by type, installs purchases leads engagement; x is refused.</summary>
    [Proves(27)]
    [Theory]
    [InlineData("Meta", "mmxm xmmm mmmm mmmm")]
    [InlineData("Google", "mmxm xmmm mmmm mmmm")]
    [InlineData("TikTok", "mmxx xmmm mmmm mmmm")]
    [InlineData("Snapchat", "mmxm xmmm mmmm mmmm")]
    [InlineData("X", "mmxm xmmm mmmm mmmm")]
    [InlineData("Unity", "mmxm xmmx xxxx xxxx")]
    [InlineData("AppLovin", "mmmm xxxx xxxx xxxx")]
    [InlineData("Apple", "mmxm xxxx xxxx xxxx")]
    public void Every_pair_of_type_and_objective_is_mapped_or_refused(string network, string expected)
    {
        var profile = Profile(network);
        var table = string.Join(' ', Enum.GetValues<CampaignType>().Select(type =>
            string.Concat(Enum.GetValues<Objective>().Select(objective => profile.FindObjective(type, objective) is null ? 'x' : 'm'))));

        table.ShouldBe(expected);
        profile.Objectives.Select(mapping => (mapping.Type, mapping.Objective)).ShouldBeUnique();
    }

    [Proves(27)]
    [Fact]
    public void Meta_objectives_are_the_six_that_can_still_be_created() => Profile("Meta").Objectives.Select(mapping => mapping.NativeName).Distinct()
        .ShouldBeSubsetOf(["OUTCOME_APP_PROMOTION", "OUTCOME_SALES", "OUTCOME_LEADS", "OUTCOME_AWARENESS", "OUTCOME_TRAFFIC", "OUTCOME_ENGAGEMENT"]);

    [Proves(61)]
    [Fact]
    public void Every_figure_says_where_it_comes_from()
    {
        foreach (var profile in AdNetworkCatalog.Profiles)
        {
            profile.TypicalCpa.Source.ShouldNotBeNullOrWhiteSpace();
            profile.TypicalCpa.Value.Low.ShouldBeLessThan(profile.TypicalCpa.Value.High);
            profile.UsualReportAge.Source.ShouldNotBeNullOrWhiteSpace();
            profile.UsualReportAge.Value.ShouldBeGreaterThan(TimeSpan.Zero);
            profile.MaxDayFactor.Source.ShouldNotBeNullOrWhiteSpace();
            profile.MaxDayFactor.Value.ShouldBeInRange(1m, 2m);
            profile.BidStrategies.ShouldNotBeEmpty();
            profile.Ages.Low.ShouldBeInRange(13, 18);
            foreach (var slot in profile.Slots)
            {
                slot.Source.ShouldNotBeNullOrWhiteSpace();
                slot.MaxBytes.ShouldBeGreaterThan(0);
                slot.Formats.ShouldNotBeEmpty();
                slot.Target.Width.ShouldBeGreaterThanOrEqualTo(slot.Minimum.Width);
                slot.Target.Height.ShouldBeGreaterThanOrEqualTo(slot.Minimum.Height);
                (slot.MaxDuration is not null).ShouldBe(slot.Kind == CreativeKind.Video);
            }
        }
    }

    [Proves(10)]
    [Theory]
    [InlineData("Meta", 8, 20, "easy", "lookalike")]
    [InlineData("Google", 10, 30, "medium", "YouTube")]
    [InlineData("TikTok", 5, 15, "easy", "music")]
    [InlineData("Snapchat", 7, 18, "easy", "AR lenses")]
    [InlineData("X", 10, 25, "easy", "hashtag")]
    [InlineData("Unity", 3, 12, "medium", "playable")]
    [InlineData("AppLovin", 4, 15, "hard", "LTV")]
    [InlineData("Apple", 10, 25, "medium", "our own words")]
    public void The_chooser_has_the_comparison_of_the_product_document(string network, int low, int high, string difficulty, string unique)
    {
        var profile = Profile(network);

        (profile.TypicalCpa.Value.Low, profile.TypicalCpa.Value.High, profile.Difficulty).ShouldBe((low, high, difficulty));
        profile.UniqueFeatures.ShouldContain(unique);
    }

    [Proves(36)]
    [Fact]
    public void Extras_are_of_single_networks_alone()
    {
        AdNetworkCatalog.Profiles.Where(profile => profile.Capabilities.AppGenres).Select(profile => profile.Name.Value).ShouldBe(["Unity"]);
        AdNetworkCatalog.Profiles.Where(profile => profile.Capabilities.PredictedLtv).Select(profile => profile.Name.Value).ShouldBe(["AppLovin"]);
    }

    [Fact]
    public void Only_the_apple_range_and_what_nobody_publishes_is_marked_as_ours()
    {
        AdNetworkCatalog.Profiles.Where(profile => profile.TypicalCpa.Assumed).Select(profile => profile.Name.Value).ShouldBe(["Apple"]);
        AdNetworkCatalog.Profiles.Where(profile => !profile.MaxDayFactor.Assumed).Select(profile => profile.MaxDayFactor.Value).ShouldBe([1.75m, 2m, 1.25m]);
    }

    [Proves(43)]
    [Fact]
    public void The_smallest_budget_is_published_ours_or_unknown_by_currency()
    {
        Profile("TikTok").MinimumDaily(Currency.Usd).ShouldBeOfType<BudgetMinimum.Published>().Amount.ShouldBe(A.Usd(20));
        Profile("TikTok").MinimumDaily(new Currency("JPY")).ShouldBeOfType<BudgetMinimum.Published>().Amount.Amount.ShouldBe(2500);
        Profile("Meta").MinimumDaily(new Currency("TWD")).ShouldBeOfType<BudgetMinimum.OwnFloor>().Amount.Amount.ShouldBe(300);
        Profile("Meta").MinimumDaily(new Currency("KWD")).ShouldBeOfType<BudgetMinimum.OwnFloor>().Amount.Amount.ShouldBe(3);
        Profile("Meta").MinimumDaily(new Currency("XAU")).ShouldBeOfType<BudgetMinimum.AskTheNetwork>();
    }

    [Proves(9)]
    [Fact]
    public async Task A_ninth_network_is_a_profile_and_shows_up_wherever_networks_are_listed()
    {
        var ninth = A.Profile() with { Name = new NetworkName("Ninth"), Aliases = ["ninth"] };
        ImmutableArray<NetworkProfile> nine = [.. AdNetworkCatalog.Profiles, ninth];
        using var bench = new SimulatedBench();
        var directory = new AdNetworkDirectory(nine, bench.World);
        var accounts = AccountSettings.Read(new ConfigurationBuilder().Build(), nine, "Europe/Zurich", ["local"]);
        var account = (await accounts.AllAsync(TestContext.Current.CancellationToken))[^1];

        directory.Profiles.Count.ShouldBe(9);
        directory.Profile(ninth.Name).ShouldBeSameAs(ninth);
        account.Network.ShouldBe(ninth.Name);
        directory.For(account, account.Mode).Profile.ShouldBeSameAs(ninth);
    }

    private static NetworkProfile Profile(string name) => AdNetworkCatalog.Profiles.Single(profile => profile.Name.Value == name);
}
