using System.Net;
using System.Net.WebSockets;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Tests.Start;

/// <summary>Campaign time runs faster than the machine's; what people and browsers wait for does not.</summary>
public sealed class TwoClocksTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_token_lasts_thirty_minutes_of_the_machine_however_fast_campaigns_run()
    {
        await using var bot = InProcessBot.Start(("Clock:Speed", "60"));
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        var campaigns = bot.Get<CampaignClock>();
        var before = campaigns.GetUtcNow();

        bot.Machine.Advance(TimeSpan.FromMinutes(29));

        (campaigns.GetUtcNow() - before).ShouldBe(TimeSpan.FromHours(29));
        (await client.ActivitiesAsync(Patience)).ShouldBeEmpty();

        bot.Machine.Advance(TimeSpan.FromMinutes(1));

        using var answer = await client.SendAsync(HttpMethod.Get, $"/v3/directline/conversations/{client.Conversation}/activities", null, Patience);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>The machine says noon of 2 March in London; where the account is it may be night, or another day.</summary>
    [Theory]
    [InlineData("Europe/London", "2026-03-02T12:00:00Z")]
    [InlineData("America/Los_Angeles", "2026-03-02T20:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-02T23:00:00Z")]
    public async Task A_fast_clock_begins_at_noon_of_the_first_account(string zone, string begins)
    {
        await using var bot = InProcessBot.Start(("Clock:Speed", "60"), ("AdNetworks:Meta:Simulated:TimeZone", zone));

        bot.Get<CampaignClock>().GetUtcNow().ShouldBe(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_clock_at_peoples_speed_begins_now()
    {
        await using var bot = InProcessBot.Start(("AdNetworks:Meta:Simulated:TimeZone", "Pacific/Auckland"));

        bot.Get<CampaignClock>().GetUtcNow().ShouldBe(bot.Machine.GetUtcNow());
    }

    [Fact]
    public async Task An_hour_said_is_meant_where_the_first_account_is()
    {
        await using var bot = InProcessBot.Start(("Clock:Start", "09:30"), ("AdNetworks:Meta:Simulated:TimeZone", "America/New_York"));

        bot.Get<CampaignClock>().GetUtcNow().ShouldBe(new DateTimeOffset(2026, 3, 2, 14, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_ticket_lasts_sixty_seconds_of_the_machine()
    {
        await using var bot = InProcessBot.Start(("Clock:Speed", "600"));
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        var early = await client.StreamAddressAsync(Patience);
        var late = await client.StreamAddressAsync(Patience);

        bot.Machine.Advance(TimeSpan.FromSeconds(59));
        using (await ChatSocket.ConnectAsync(early, Patience))
        {
            bot.Machine.Advance(TimeSpan.FromSeconds(1));
        }

        await Should.ThrowAsync<WebSocketException>(ChatSocket.ConnectAsync(late, Patience));
    }

    [Fact]
    public async Task What_is_said_carries_the_time_of_the_machine()
    {
        await using var bot = InProcessBot.Start(("Clock:Speed", "60"), ("Clock:Start", "2030-01-01T00:00:00Z"));
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);

        await client.SayAsync("hello", Patience);

        var said = (await client.ActivitiesAsync(Patience))[0];
        ((string)said["timestamp"]!).ShouldStartWith("2026-03-02T12:00:00");
        bot.Get<CampaignClock>().GetUtcNow().Year.ShouldBe(2030);
    }
}
