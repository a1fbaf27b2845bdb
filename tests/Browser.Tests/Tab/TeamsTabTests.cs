using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Playwright;

namespace ChatOpsCampaigns.Browser.Tests.Tab;

/// <summary>The personal tab, in a frame of a page that plays Teams at an address of Teams, with Microsoft's own client library between the two.</summary>
public sealed class TeamsTabTests(Browser browser)
{
    private const string Public = "https://campaigns.example.com";
    private const string AnasId = "00000000-0000-0000-0000-00000000a1a1";
    private const string GuestsId = "00000000-0000-0000-0000-00000000a4a4";
    private const string StrangersId = "00000000-0000-0000-0000-00000000a5a5";

    [Fact(Timeout = 300_000)]
    public async Task It_shows_whoever_Teams_says_looks_what_they_may_see_and_nobody_else_anything()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var teams = await TeamsStandIn.StartAsync(cancel);
        teams.Door = new Uri($"http://127.0.0.1:{Ports.Free().ToString(CultureInfo.InvariantCulture)}/");
        await using var bot = await BotProcess.StartAsync(
            cancel,
            ["--Public:Urls", teams.Door.AbsoluteUri, "--Storage:PublicUrl", Public, "--Teams:PersonalTab", "true", .. teams.Arguments, $"--People:Roles:teams:{AnasId}:0", "Marketer"]);
        var (ana, guest) = (new TeamsUser(teams, "Ana", AnasId), new TeamsUser(teams, "Gil", GuestsId));
        teams.Desk.Guests[guest.Id] = true;
        await ana.SayAsync("help", cancel);
        await guest.SayAsync("help", cancel);
        await ana.SeesAsync("new campaign", cancel);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = teams.Door };
        (await StatusAsync(http, null, cancel)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(http, teams.Keys.Sign(TeamsKeys.Claims(TeamsDesk.App, teams.Service, Now)), cancel)).ShouldBe(HttpStatusCode.Unauthorized, "a token of the Connector is none of a person");
        using (var page = await http.GetAsync("teams/tab", cancel))
        {
            page.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();
            page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("frame-ancestors https://teams.microsoft.com");
        }

        var host = await browser.OpenHostAsync("https://teams.microsoft.com", Here("teams-host.html"), Public, teams.Door);
        await host.EvaluateAsync("token => window.token = token", TokenOf(teams, AnasId));
        await host.EvaluateAsync("address => show(address)", $"{Public}/teams/tab");
        var tab = host.FrameLocator("iframe");
        await Assertions.Expect(tab.Locator("#counts")).ToContainTextAsync("active");
        (await tab.Locator("#rows li").CountAsync()).ShouldBeGreaterThan(3);
        (await tab.Locator("#rows").InnerTextAsync()).ShouldContain("(c1)");
        (await tab.Locator("#foot").InnerTextAsync()).ShouldContain("last check");
        await PictureAsync(host, "teams-tab");

        foreach (var (who, says) in new[] { (GuestsId, "Guests, and people of other organisations, have no rights here"), (StrangersId, "I have not met you yet") })
        {
            await host.EvaluateAsync("token => window.token = token", TokenOf(teams, who));
            await tab.Locator("#again").ClickAsync();
            await Assertions.Expect(tab.Locator("#says")).ToContainTextAsync(says);
            await Assertions.Expect(tab.Locator("#dashboard")).ToBeHiddenAsync();
        }

        await host.EvaluateAsync("window.token = null");
        await tab.Locator("#again").ClickAsync();
        await Assertions.Expect(tab.Locator("#says")).ToContainTextAsync("Teams did not say who you are");
        await host.Context.CloseAsync();

        var other = await browser.OpenHostAsync("https://evil.example", Here("teams-host.html"), Public, teams.Door);
        await other.EvaluateAsync("token => window.token = token", TokenOf(teams, AnasId));
        await other.RunAndWaitForConsoleMessageAsync(
            () => other.EvaluateAsync("address => show(address)", $"{Public}/teams/tab"),
            new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        (await other.EvaluateAsync<int>("asked.length")).ShouldBe(0);
        await other.Context.CloseAsync();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static string TokenOf(TeamsStandIn teams, string person) => teams.SignIns.Sign(TeamsKeys.SignIn(TeamsDesk.App, TeamsDesk.Tenant, person, Now));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "teams/tab/dashboard");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }

    private static Task PictureAsync(IPage page, string name)
    {
        var folder = Environment.GetEnvironmentVariable("UPDATE_PICTURES") == "1" ? Here("../../../docs/pictures") : Path.Combine(AppContext.BaseDirectory, "pictures");
        return page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static string Here(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, name));
}
