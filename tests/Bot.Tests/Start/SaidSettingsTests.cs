using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Bot.Start;
using Microsoft.Extensions.Configuration;

namespace ChatOpsCampaigns.Bot.Tests.Start;

public sealed class SaidSettingsTests
{
    [Theory]
    [InlineData("Alerts:Email:Password", "hunter2", "set")]
    [InlineData("AdNetworks:Meta:AccessToken", "hunter2", "set")]
    [InlineData("Audit:Key", "hunter2", "set")]
    [InlineData("AdNetworks:Meta:Mode", "Live", "Live")]
    [InlineData("People:Roles:local:eve:0", "Admin", "Admin")]
    public void A_value_is_read_where_it_is_harmless_and_a_secret_only_as_set(string key, string value, string read)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value), new("Logging:LogLevel:Default", "Debug")]).Build();

        SaidSettings.Read(configuration).ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>(key, read));
    }

    [Fact]
    public async Task What_the_program_was_started_with_is_on_record()
    {
        await using var bot = InProcessBot.Start(("People:Roles:local:eve:0", "Admin"));

        var entries = await bot.Get<IAuditTrail>().LatestAsync(null, 10, TestContext.Current.CancellationToken);

        entries.ShouldContain(stored => stored.Entry.Kind == "setting" && stored.Entry.Says.Contains("People:Roles:local:eve:0"));
    }
}
