using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Start;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Secrets;

/// <summary>
/// Every secret that can be set is a canary; a real process goes through an emergency while whoever is to be told fails and says the
/// secrets back. Then everything that came out of it is searched.
/// </summary>
public sealed class CanaryTests
{
    private const string AnId = "12345678-90ab-cdef-1234-567890abcdef";

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(148)]
    [Fact(Timeout = 600_000)]
    public async Task No_secret_comes_out_of_the_program_while_everything_fails()
    {
        await using var sms = new EchoingGateway();
        await using var push = new EchoingGateway();
        await using var pulse = new EchoingGateway();
        await using var box = new LoopbackMailbox { SaysSignInBack = true };
        var settings = Settings(sms.Port, push.Port, pulse.Port, box.Port);
        await using var bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken, settings);
        using var client = await ChatClient.OpenAsync(bot.Address, "you", TestContext.Current.CancellationToken);
        var found = new List<string>();
        await UntilAsync(() => pulse.Seen.Count > 0, () => bot.Output);

        // The first campaign of the demonstration is made to run away, and is stopped.
        await client.SayAsync("simulate runaway x10 c1", TestContext.Current.CancellationToken);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("began on", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await client.SayAsync("fast forward 2 hours", TestContext.Current.CancellationToken);
        await UntilAsync(() => sms.Seen.Count > 0 && push.Seen.Count > 0, () => bot.Output);
        await UntilAsync(() => box.SignedIn.Count > 0, () => bot.Output);
        await UntilAsync(() => bot.Output.Contains("email did not take alert", StringComparison.Ordinal) && bot.Output.Contains("the gateway answered 500", StringComparison.Ordinal), () => bot.Output);
        foreach (var said in new[] { "settings", "incidents", "feed", "status", "audit verify", "who am i", "help", "why c1" })
            await client.SayAsync(said, TestContext.Current.CancellationToken);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("Intact", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        foreach (var (path, says) in await PagesAsync(client))
            found.AddRange(Canaries.In(path, Encoding.UTF8.GetBytes(says)));

        found.AddRange(Canaries.In("what people read", Encoding.UTF8.GetBytes(string.Join('\n', (await client.ActivitiesAsync(TestContext.Current.CancellationToken)).Select(activity => activity.ToJsonString())))));
        await bot.StopAsync(TestContext.Current.CancellationToken);
        found.AddRange(Canaries.In("the log", Encoding.UTF8.GetBytes(bot.Output)));
        foreach (var verb in new[] { "doctor", "doctor --json", "audit verify", "audit export" })
        {
            var (_, said) = await BotProcess.RunAsync(Patience, [.. verb.Split(' '), "--Data:Folder", bot.Folder, .. settings]);
            said.ShouldNotBeNullOrWhiteSpace(verb);
            found.AddRange(Canaries.In(verb, Encoding.UTF8.GetBytes(said)));
        }

        foreach (var file in Directory.EnumerateFiles(bot.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            found.AddRange(Canaries.In(file, bytes));
            if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(client.Token)) >= 0)
                found.Add($"the chat's token in {file}");
        }

        sms.Seen.ShouldAllBe(request => request.Contains(Canaries.Of("Alerts:Sms:Token"), StringComparison.Ordinal) && request.Contains(Canaries.Of("Alerts:Sms:Url"), StringComparison.Ordinal));
        box.SignedIn.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0campaigns\0{Canaries.Of("Alerts:Email:Password")}")));
        found.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_server_that_cannot_be_reached_is_named_without_its_password()
    {
        string[] settings = ["--Database:Provider", "Postgres", "--Database:ConnectionString", $"Host=127.0.0.1;Port=1;Username=campaigns;Password={Canaries.Mark};Timeout=2"];
        foreach (var verb in new[] { "", "doctor", "audit export" })
        {
            var (exitCode, output) = await BotProcess.RunAsync(TestContext.Current.CancellationToken, [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. settings]);

            exitCode.ShouldBe(1, verb);
            Canaries.In(verb, Encoding.UTF8.GetBytes(output)).ShouldBeEmpty();
            output.ShouldNotContain("   at ");
        }
    }

    [Fact]
    public void What_is_called_a_secret_is_one_and_what_anybody_may_read_is_a_setting()
    {
        Canaries.Open.Concat(Canaries.OpenOfNetworks).ShouldAllBe(open => !Canaries.Endings.Any(ending => open.EndsWith(ending, StringComparison.Ordinal)));
        Canaries.Open.Except(OptionNames.Known).ShouldBeEmpty();
        Canaries.OpenOfNetworks.Except(NetworkOptions.Live).ShouldBeEmpty();
        foreach (var name in new[] { "Slack:ClientSecret", "Heartbeat:Url", "Alerts:Push:Url", "AdNetworks:X:ConsumerKey", "AdNetworks:Snapchat:ClientSecret", Canaries.Connection })
            Canaries.Names.ShouldContain(name);
    }

    private static string[] Settings(int sms, int push, int pulse, int mail) =>
    [
        "--Clock:Speed", "60", "--People:Defaults", "true",
        // Nobody listens there: Slack fails all the time too.
        "--Slack:ApiBaseUrl", "http://127.0.0.1:9/api/", "--Slack:ClientId", "1.2", "--Slack:AllowedWorkspaces", "T0123456789",
        // Teams fails as well.
        "--Teams:AppId", AnId, "--Teams:TenantId", AnId, "--Teams:TokenUrl", "http://127.0.0.1:9/token", "--Teams:OpenIdMetadataUrl", "http://127.0.0.1:9/keys", "--Public:Urls", $"http://127.0.0.1:{Ports.Free()}",
        "--Alerts:Email:Host", "127.0.0.1", "--Alerts:Email:Port", mail.ToString(CultureInfo.InvariantCulture), "--Alerts:Email:UseTls", "false",
        "--Alerts:Email:User", "campaigns", "--Alerts:Email:From", "campaigns@example.com", "--Alerts:Email:To", "oncall@example.com",
        .. Canaries.Names.Where(name => name != Canaries.Connection).SelectMany(name => new[] { $"--{name}", Address(name, sms, push, pulse) + Canaries.Of(name) }),
    ];

    /// <summary>What comes before a secret that is an address.</summary>
    private static string Address(string name, int sms, int push, int pulse) => name switch
    {
        "Alerts:Sms:Url" => $"http://127.0.0.1:{sms}/",
        "Alerts:Push:Url" => $"http://127.0.0.1:{push}/",
        "Heartbeat:Url" => $"http://127.0.0.1:{pulse}/",
        _ => "",
    };

    private static async Task<IReadOnlyList<(string Path, string Says)>> PagesAsync(ChatClient client)
    {
        var pages = new List<(string, string)>();
        foreach (var path in new[] { "/", "/whoami", "/cards", "/cards.json", "/health/live", "/health/ready", "/metrics", "/nowhere", "/?user=%00", "/media/x", "/v3/directline/conversations/x" })
        {
            using var answer = await client.SendAsync(HttpMethod.Get, path, null, Patience);
            pages.Add((path, $"{answer.Headers}{await answer.Content.ReadAsStringAsync(Patience)}"));
        }

        using var broken = await client.SendAsync(HttpMethod.Post, $"/v3/directline/conversations/{client.Conversation}/activities", new StringContent("{"), Patience);
        pages.Add(("a broken message", $"{broken.Headers}{await broken.Content.ReadAsStringAsync(Patience)}"));
        pages.Add(("/feed", await FeedAsync(client)));
        return pages;
    }

    /// <summary>What the feed begins with: it never ends by itself.</summary>
    private static async Task<string> FeedAsync(ChatClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feed");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Patience);
        await using var stream = await answer.Content.ReadAsStreamAsync(Patience);
        var buffer = new byte[256 * 1024];
        var read = await stream.ReadAsync(buffer, Patience);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private static async Task UntilAsync(Func<bool> isSo, Func<string> otherwise)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var look = 0; !isSo(); look++)
        {
            (look < 1800).ShouldBeTrue(otherwise());
            await every.WaitForNextTickAsync(Patience);
        }
    }
}
