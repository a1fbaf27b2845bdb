using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks;

public sealed class AccountSettingsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_settings_every_network_has_one_simulated_account()
    {
        var accounts = await Read().AllAsync(Cancel);

        accounts.Select(account => account.Id.Value).ShouldBe(["meta", "google", "tiktok", "snapchat", "x", "unity", "applovin", "apple"]);
        accounts.ShouldAllBe(account => account.Mode == NetworkMode.Simulated && account.Currency == Currency.Usd
            && account.TimeZone == "Europe/Zurich" && account.DailyLimit == Currency.Usd.Of(10_000));
    }

    [Fact]
    public async Task A_network_may_have_any_number_of_accounts_each_with_its_own_currency_and_zone()
    {
        var accounts = Read(
            ("AdNetworks:Meta:Simulated:DailyLimit", "5000"),
            ("AdNetworks:Meta:Accounts:eu:Currency", "eur"), ("AdNetworks:Meta:Accounts:eu:TimeZone", "Europe/Berlin"),
            ("AdNetworks:Meta:Accounts:us:AccountId", "act_77"), ("AdNetworks:Meta:Accounts:us:DailyLimit", "250.50"));

        var eu = await accounts.GetAsync(new AdAccountId("meta:eu"), Cancel);
        (eu.Currency.Code, eu.TimeZone, eu.DailyLimit!.Value.Amount).ShouldBe(("EUR", "Europe/Berlin", 5000m));
        var us = await accounts.GetAsync(new AdAccountId("meta:us"), Cancel);
        (us.ExternalId, us.DailyLimit!.Value.Amount).ShouldBe(("act_77", 250.50m));
        (await accounts.AllAsync(Cancel)).ShouldNotContain(account => account.Id.Value == "meta");
    }

    [Fact]
    public async Task Credentials_alone_never_make_an_account_live()
    {
        (await Read(("AdNetworks:Meta:AccessToken", "secret")).AllAsync(Cancel)).ShouldAllBe(account => account.Mode == NetworkMode.Simulated);
        (await Read(("AdNetworks:Meta:Mode", "live")).GetAsync(new AdAccountId("meta"), Cancel)).Mode.ShouldBe(NetworkMode.Live);
    }

    [Fact]
    public async Task Posts_go_where_the_account_says_or_else_the_default()
    {
        var accounts = Read(
            ("Channels:default:Feed", "slack/C1"), ("Channels:meta:Incidents", "slack/C2"), ("Channels:default:Incidents", "slack/C3"),
            ("OnCall:default:0", "local:olga"));
        var meta = await accounts.BindingAsync(new AdAccountId("meta"), Cancel);
        var google = await accounts.BindingAsync(new AdAccountId("google"), Cancel);

        (meta.Feed, meta.Incidents, google.Incidents, meta.Approvals).ShouldBe(("slack/C1", "slack/C2", "slack/C3", ""));
        meta.OnCall.ShouldBe([new PersonId("local:olga")]);
    }

    [Theory]
    [InlineData("AdNetworks:Facebook:Mode", "Live", "names no ad network")]
    [InlineData("AdNetworks:Meta:Mode", "maybe", "Simulated or Live")]
    [InlineData("AdNetworks:Meta:Simulated:Currency", "dollars", "three letters")]
    [InlineData("AdNetworks:Meta:Simulated:TimeZone", "Mars/Olympus", "no time zone")]
    [InlineData("AdNetworks:Meta:Simulated:DailyLimit", "-5", "above 0")]
    [InlineData("OnCall:default:0", "olga", "local:olga")]
    [InlineData("OnCall:default:0", "slak:U0OLGA", "slack:U0123456789")]
    [InlineData("OnCall:default:0", "slack:@olga", "slack:U0123456789")]
    [InlineData("Channels:meta:Feed", "teams/C1", "a chat that is there")]
    [InlineData("Channels:default:Incidents", "slack/", "a chat that is there")]
    public void A_wrong_setting_is_refused_with_a_sentence(string key, string value, string says) =>
        Should.Throw<InvalidOperationException>(() => Read((key, value))).Message.ShouldContain(says);

    private static AdAccounts Read(params (string Key, string Value)[] settings) => AccountSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build(),
        AdNetworkCatalog.Profiles, "Europe/Zurich", ["local", "slack"]);
}
