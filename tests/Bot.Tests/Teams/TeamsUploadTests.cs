using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Tests.Slack;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Bot.Tests.Teams;

/// <summary>Files of a channel where the bot and whoever has them cannot talk alone: by our own page, and back to the thread.</summary>
public sealed class TeamsUploadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Who_cannot_be_written_to_alone_hands_in_files_at_a_page_and_goes_on_in_the_thread()
    {
        await using var home = await TeamsBot.StartAsync(TestContext.Current.CancellationToken, "--Storage:PublicUrl", "https://campaigns.example.com");
        var ana = home.Ana;
        await ana.AddAppAsync(TeamsBot.Ads, Cancel);
        const string thread = $"{TeamsBot.Ads};messageid=1767225600001";
        await ana.SayInAsync(thread, "@Campaigns new campaign", Cancel);
        await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 1 of 7", StringComparison.Ordinal), Cancel);
        await ana.SayInAsync(thread, "@Campaigns facebook", Cancel);
        var step = await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 2 of 7", StringComparison.Ordinal), Cancel);
        for (var call = 0; call < 4; call++)
            home.Teams.RefuseNext("new", 403, "BotNotInConversationRoster");

        var offer = await ana.PressAsync(step, "Send the files to me", Cancel);

        TeamsMessage.WordsOf((JsonObject)offer["value"]!).ShouldContain("it goes on here, in this thread");
        var link = new Uri((string)offer["value"]!["actions"]![0]!["url"]!);
        var pass = link.Fragment[1..];
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = home.Teams.Door };
        (await http.GetAsync("upload", Cancel)).Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("frame-ancestors 'none'");
        (await SendAsync(http, $"{pass}0", "one.png")).Status.ShouldBe(401);
        (await SendAsync(http, pass, null)).Status.ShouldBe(400);

        var (status, says) = await SendAsync(http, pass, "one.png");

        status.ShouldBe(200);
        says.ShouldContain("1 file is there");
        var answer = await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("So far: 1 (1 image)", StringComparison.Ordinal), Cancel);
        answer.Thread.ShouldBe("1767225600001");
        await ana.SayInAsync(thread, "@Campaigns done", Cancel);
        await ana.SeesAsync(TeamsBot.Ads, message => message.Words.Contains("Step 3 of 7", StringComparison.Ordinal), Cancel);
    }

    private static async Task<(int Status, string Says)> SendAsync(HttpClient http, string pass, string? file)
    {
        using var form = new MultipartFormDataContent();
        if (file is not null)
            form.Add(new ByteArrayContent(SlackBot.Picture()), "file", file);
        else
            form.Add(new StringContent("nothing"), "words");

        using var request = new HttpRequestMessage(HttpMethod.Post, "upload") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pass);
        using var answer = await http.SendAsync(request, Cancel);
        return ((int)answer.StatusCode, (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["says"]!);
    }
}
