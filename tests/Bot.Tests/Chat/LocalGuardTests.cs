using System.Net;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class LocalGuardTests(RunningBot bot)
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host", "campaigns.example.com")]
    [InlineData("Host", "127.0.0.1.example.com")]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Forwarded", "for=192.0.2.2")]
    [InlineData("X-Forwarded-For", "192.0.2.2")]
    [InlineData("X-Forwarded-Host", "127.0.0.1")]
    [InlineData("X-Original-Host", "chat.example.com")]
    [InlineData("X-Real-IP", "192.0.2.2")]
    [InlineData("CF-Connecting-IP", "192.0.2.2")]
    [InlineData("Via", "1.1 proxy.example.com")]
    [InlineData("x-forwarded-proto", "https")]
    public async Task Refuses_what_comes_from_elsewhere(string header, string value)
    {
        foreach (var path in new[] { "/", "/app.js", "/feed", "/health/live", "/v3/directline/conversations/local-you/activities" })
        {
            using var client = ChatClient.Stranger(bot.Address);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value).ShouldBeTrue();

            using var answer = await client.Http.SendAsync(request, Patience);

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task Lets_its_own_page_through_by_either_name()
    {
        using var client = ChatClient.Stranger(bot.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = $"localhost:{bot.Address.Port}";
        request.Headers.Add("Origin", $"http://localhost:{bot.Address.Port}");

        using var answer = await client.Http.SendAsync(request, Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Proves(162)]
    [Theory]
    [InlineData("GET", "/feed")]
    [InlineData("GET", "/whoami")]
    [InlineData("GET", "/media/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("GET", "/media/0000000000000000000000000000000000000000000000000000000000000000/thumb")]
    [InlineData("POST", "/v3/directline/tokens/generate")]
    public async Task Wants_the_session_that_the_page_opens(string method, string path)
    {
        using var client = ChatClient.Stranger(bot.Address);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.Http.SendAsync(request, Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("GET", "/swagger")]
    [InlineData("GET", "/media/../campaigns.db")]
    [InlineData("GET", "/media/%2e%2e%2fcampaigns.db")]
    [InlineData("GET", "/../appsettings.json")]
    [InlineData("GET", "/quartz")]
    [InlineData("POST", "/api/anything")]
    [InlineData("DELETE", "/v3/directline/conversations/local-you")]
    public async Task Has_no_door_that_is_not_in_its_table(string method, string path)
    {
        using var client = await bot.OpenAsync("doors", Patience);

        using var answer = await client.SendAsync(new HttpMethod(method), path, null, Patience);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Is_shut_for_what_slack_alone_may_send()
    {
        using var client = await bot.OpenAsync("doors", Patience);

        using var answer = await client.SendAsync(HttpMethod.Post, "/slack/events", null, Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Gives_the_session_to_the_browser_alone_and_a_policy_with_the_page()
    {
        using var client = ChatClient.Stranger(bot.Address);

        using var answer = await client.Http.GetAsync("/", Patience);

        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ToLowerInvariant();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'self'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("/?user=olga")]
    [InlineData("/?user=you")]
    [InlineData("/?user=")]
    public async Task As_soon_as_one_account_is_live_nobody_chooses_who_they_are(string path)
    {
        await using var live = InProcessBot.Start(("AdNetworks:Meta:Accounts:eu:AccountId", "act_1"), ("AdNetworks:Meta:Mode", "Live"));
        using var client = ChatClient.Stranger(live.Address);

        using var chosen = await client.Http.GetAsync(path, Patience);
        using var plain = await client.Http.GetAsync("/", Patience);

        chosen.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        chosen.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await chosen.Content.ReadAsStringAsync(Patience)).ShouldContain("an account is live");
        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("../you")]
    [InlineData("ana%2Fyou")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefgh")]
    [InlineData("%3Cscript%3E")]
    public async Task Takes_only_plain_names_for_people_of_the_demonstration(string person)
    {
        using var client = ChatClient.Stranger(bot.Address);

        using var answer = await client.Http.GetAsync($"/?user={person}", Patience);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
