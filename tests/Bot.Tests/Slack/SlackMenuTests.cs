using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>A menu with more choices than Slack takes is searched, over the socket and over HTTP alike.</summary>
public sealed class SlackMenuTests
{
    private const int Accounts = 130;
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    [Theory(Timeout = 600_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_hundred_ad_accounts_are_found_by_typing(bool bySocket)
    {
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        if (!bySocket)
            slack.Requests = (port, Secret);

        await using var bot = await BotProcess.StartAsync(
            TestContext.Current.CancellationToken,
            [
                "--empty", .. bySocket ? slack.Arguments : [.. slack.HttpArguments(Secret), "--Public:Urls", port.AbsoluteUri], "--People:Roles:slack:U0ANA:0", "Marketer",
                .. Enumerable.Range(1, Accounts).SelectMany(number => new[] { $"--AdNetworks:Meta:Accounts:shop-{number.ToString("000", CultureInfo.InvariantCulture)}:Currency", "USD" }),
            ]);
        var ana = new SlackUser(slack, "U0ANA");
        await ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        await ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);
        await ana.SayAsync("facebook", TestContext.Current.CancellationToken);
        var asked = await ana.SeesAsync(ana.Direct, message => message.Button("Fill in…") is not null && message.Words.Contains("Which ad account", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var window = await ana.OpenAsync(asked, "Fill in…", TestContext.Current.CancellationToken);
        var menu = window["blocks"]!.AsArray().OfType<JsonObject>().Single(block => (string?)block["element"]?["type"] == "external_select");

        var found = await ana.SeekAsync(menu, "shop-12", TestContext.Current.CancellationToken);
        found.Select(choice => choice.Value).ShouldBe(Enumerable.Range(120, 10).Select(number => $"meta:shop-{number}"));
        (await ana.SeekAsync(menu, "shop", TestContext.Current.CancellationToken)).Count.ShouldBe(100);
        (await ana.SeekAsync(menu, "nowhere", TestContext.Current.CancellationToken)).ShouldBeEmpty();

        await ana.SubmitAsync(window, TestContext.Current.CancellationToken, ((string)menu["element"]!["action_id"]!, found[3].Value));
        await ana.SeesAsync("Step 2 of 7", TestContext.Current.CancellationToken);
    }
}
