using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Secrets;

/// <summary>
/// Every secret that can be set is a canary; a real process goes through an emergency while whoever is to be told fails and says the
/// secrets back. Then everything that came out of it is searched.
/// </summary>
public sealed class CanaryTests
{
    private const string AuditKey = "Y2FuYXJ5LWF1ZGl0LWtleS1vZi0zMi1ieXRlcy1vayE=";

    private static readonly string[] Plain =
    [
        "Alerts:Email:Password", "Alerts:Sms:Token", "Alerts:Push:Token",
        "Slack:BotToken", "Slack:AppToken", "Slack:SigningSecret", "Slack:ClientSecret", "Teams:ClientSecret", "LanguageModel:ApiKey", "Storage:SigningKey",
        "AdNetworks:Meta:AccessToken", "AdNetworks:Meta:AppSecret", "AdNetworks:Google:DeveloperToken", "AdNetworks:Google:ClientSecret",
        "AdNetworks:Google:RefreshToken", "AdNetworks:TikTok:AccessToken", "AdNetworks:TikTok:Secret", "AdNetworks:Snapchat:RefreshToken",
        "AdNetworks:X:ConsumerSecret", "AdNetworks:X:AccessTokenSecret", "AdNetworks:Unity:SecretKey", "AdNetworks:AppLovin:ManagementKey",
        "AdNetworks:AppLovin:ReportKey", "AdNetworks:Apple:PrivateKey",
    ];

    /// <summary>What a token has to begin with.</summary>
    private static readonly Dictionary<string, string> Kinds = new() { ["Slack:BotToken"] = "xoxb-", ["Slack:AppToken"] = "xapp-" };

    /// <summary>What a secret is called and how it reads, in every form that it might come out in.</summary>
    private static readonly Dictionary<string, string> Canaries =
        Plain.ToDictionary(key => key, key => $"{Kinds.GetValueOrDefault(key)}canary{key.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant()}x7q9").Append(new("Audit:Key", AuditKey)).ToDictionary();

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(148)]
    [Fact(Timeout = 600_000)]
    public async Task No_secret_comes_out_of_the_program_while_everything_fails()
    {
        await using var sms = new EchoingGateway();
        await using var push = new EchoingGateway();
        await using var box = new LoopbackMailbox { SaysSignInBack = true };
        await using var bot = await BotProcess.StartAsync(TestContext.Current.CancellationToken, Settings(sms.Port, push.Port, box.Port));
        using var client = await ChatClient.OpenAsync(bot.Address, "you", TestContext.Current.CancellationToken);
        var found = new List<string>();

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
            found.AddRange(In(path, Encoding.UTF8.GetBytes(says)));

        found.AddRange(In("what people read", Encoding.UTF8.GetBytes(string.Join('\n', (await client.ActivitiesAsync(TestContext.Current.CancellationToken)).Select(activity => activity.ToJsonString())))));
        await bot.StopAsync(TestContext.Current.CancellationToken);
        found.AddRange(In("the log", Encoding.UTF8.GetBytes(bot.Output)));
        foreach (var file in Directory.EnumerateFiles(bot.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            found.AddRange(In(file, bytes));
            if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(client.Token)) >= 0)
                found.Add($"the chat's token in {file}");
        }

        sms.Seen.ShouldAllBe(request => request.Contains(Canaries["Alerts:Sms:Token"], StringComparison.Ordinal));
        box.SignedIn.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0campaigns\0{Canaries["Alerts:Email:Password"]}")));
        found.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_server_that_cannot_be_reached_is_named_without_its_password()
    {
        var (exitCode, output) = await BotProcess.RunAsync(
            TestContext.Current.CancellationToken, "--Database:Provider", "Postgres", "--Database:ConnectionString", "Host=127.0.0.1;Port=1;Username=campaigns;Password=canarydatabasex7q9;Timeout=2");

        exitCode.ShouldBe(1);
        output.ShouldNotContain("canarydatabasex7q9");
        output.ShouldNotContain("   at ");
    }

    private static string[] Settings(int sms, int push, int mail) =>
    [
        "--Clock:Speed", "60",
        // Nobody listens there: Slack fails all the time too.
        "--Slack:ApiBaseUrl", "http://127.0.0.1:9/api/",
        "--Alerts:Sms:Url", $"http://127.0.0.1:{sms}/send", "--Alerts:Push:Url", $"http://127.0.0.1:{push}/send",
        "--Alerts:Email:Host", "127.0.0.1", "--Alerts:Email:Port", mail.ToString(CultureInfo.InvariantCulture), "--Alerts:Email:UseTls", "false",
        "--Alerts:Email:User", "campaigns", "--Alerts:Email:From", "campaigns@example.com", "--Alerts:Email:To", "oncall@example.com",
        .. Canaries.SelectMany(canary => new[] { $"--{canary.Key}", canary.Value }),
    ];

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

    private static IEnumerable<string> In(string where, byte[] bytes) =>
        from canary in Canaries
        from form in Forms(canary.Value)
        where bytes.AsSpan().IndexOf(form) >= 0
        select $"{canary.Key} in {where}";

    private static IEnumerable<byte[]> Forms(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        yield return plain;
        yield return Encoding.Unicode.GetBytes(secret);
        yield return Encoding.UTF8.GetBytes(Convert.ToBase64String(plain)[..16]);
        yield return Encoding.UTF8.GetBytes(Convert.ToHexStringLower(plain));
        if (secret == AuditKey)
            yield return Convert.FromBase64String(secret);
    }

    private static async Task UntilAsync(Func<bool> isSo, Func<string> otherwise)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var look = 0; !isSo(); look++)
        {
            (look < 600).ShouldBeTrue(otherwise());
            await every.WaitForNextTickAsync(Patience);
        }
    }
}
