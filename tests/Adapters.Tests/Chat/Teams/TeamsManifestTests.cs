using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What the app package asks for: what the bot uses and no more, within the limits that Teams publishes for version 1.29.</summary>
public sealed class TeamsManifestTests
{
    private const string App = "12345678-90ab-cdef-1234-567890abcdef";

    private static readonly JsonObject Manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), "manifest.json")))!.AsObject();

    [Fact]
    public void It_keeps_within_the_limits()
    {
        ((string)Manifest["name"]!["short"]!).Length.ShouldBeLessThanOrEqualTo(30);
        ((string)Manifest["name"]!["full"]!).Length.ShouldBeLessThanOrEqualTo(100);
        ((string)Manifest["description"]!["short"]!).Length.ShouldBeLessThanOrEqualTo(80);
        ((string)Manifest["developer"]!["name"]!).Length.ShouldBeLessThanOrEqualTo(32);
        ((string)Manifest["$schema"]!).ShouldContain($"/v{Manifest["manifestVersion"]}/");
        var lists = Manifest["bots"]![0]!["commandLists"]!.AsArray();
        lists.Count.ShouldBeLessThanOrEqualTo(3);
        lists.ShouldAllBe(list => list!["commands"]!.AsArray().Count <= 12);
    }

    [Fact]
    public void It_is_one_bot_with_files_in_every_place()
    {
        var bot = Manifest["bots"]!.AsArray().ShouldHaveSingleItem()!;
        bot["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["personal", "team", "groupChat"]);
        ((bool)bot["supportsFiles"]!).ShouldBeTrue();
        ((string?)bot["botId"]).ShouldBe((string?)Manifest["id"]);
    }

    [Fact]
    public void It_asks_to_see_what_does_not_name_the_bot_and_for_nothing_else() => Asked(Manifest).ShouldBe(["ChannelMessage.Read.Group"]);

    [Fact]
    public async Task The_package_holds_the_manifest_with_ids_and_address_in_their_places_and_its_two_pictures()
    {
        var (entries, manifest) = await PackageAsync();

        entries.ShouldBe(["color.png", "manifest.json", "outline.png"], ignoreOrder: true);
        manifest.ToJsonString().ShouldNotContain("00000000-0000");
        manifest.ToJsonString().ShouldNotContain("campaigns.example.com");
        ((string?)manifest["bots"]![0]!["botId"]).ShouldBe(App);
        ((string?)manifest["developer"]!["name"]).ShouldBe("Acme");
        Asked(manifest).ShouldHaveSingleItem();
        ((string?)manifest["version"]).ShouldBe(ProgramVersion());
        ((string?)manifest["developer"]!["privacyUrl"]).ShouldBe("https://bots.acme.test/privacy");
        ((string?)manifest["developer"]!["termsOfUseUrl"]).ShouldBe("https://bots.acme.test/terms");
        manifest.ContainsKey("staticTabs").ShouldBeFalse("the page is there with Teams:PersonalTab alone");
    }

    [Fact]
    public async Task Without_the_permission_to_read_the_package_is_the_same_but_for_that()
    {
        var (_, manifest) = await PackageAsync("--mentions-only", "--targeted");

        manifest.ContainsKey("authorization").ShouldBeFalse();
        manifest.ContainsKey("webApplicationInfo").ShouldBeFalse();
        ((bool)manifest["bots"]![0]!["supportsTargetedMessages"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData()]
    [InlineData("--mentions-only")]
    public async Task With_the_tab_the_package_names_its_page_and_its_sign_in_and_the_chat_comes_first(params string[] more)
    {
        var (_, manifest) = await PackageAsync(["--tab", .. more]);

        manifest["staticTabs"]!.AsArray().Select(tab => (string?)tab!["entityId"]).ShouldBe(["conversations", "dashboard"]);
        ((string?)manifest["staticTabs"]![1]!["contentUrl"]).ShouldBe("https://bots.acme.test/teams/tab");
        ((string?)manifest["webApplicationInfo"]!["resource"]).ShouldBe($"api://bots.acme.test/{App}");
        manifest.ContainsKey("authorization").ShouldBe(more.Length == 0);
    }

    [Fact]
    public async Task An_app_id_that_is_none_is_refused_with_what_would_be_right()
    {
        var (code, says) = await RunAsync("--app", "my app", "--address", "bots.acme.test", "--organisation", "Acme");

        code.ShouldBe(1);
        says.ShouldStartWith("--app is the Microsoft App ID of the Azure Bot");
    }

    private static string ProgramVersion()
    {
        var version = typeof(ChatOpsCampaigns.Automation.Values.Money).Assembly.GetName().Version!;
        return $"{version.Major}.{version.Minor}.{version.Build}";
    }

    private static IEnumerable<string> Asked(JsonObject manifest) => manifest["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray().Select(one => (string)one!["name"]!);

    private static async Task<(IReadOnlyList<string> Entries, JsonObject Manifest)> PackageAsync(params string[] more)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("package-").FullName, "campaigns.zip");
        try
        {
            var (code, says) = await RunAsync(["--app", App, "--address", "bots.acme.test", "--organisation", "Acme", "--out", file, .. more]);
            code.ShouldBe(0, says);
            using var package = ZipFile.OpenRead(file);
            await using var manifest = package.GetEntry("manifest.json")!.Open();
            return ([.. package.Entries.Select(entry => entry.FullName)], JsonNode.Parse(manifest)!.AsObject());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static async Task<(int Code, string Says)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder(), "..", "..", "scripts", "teams-package.mjs"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var says = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, await says);
    }

    [Theory]
    [InlineData("color.png", 192)]
    [InlineData("outline.png", 32)]
    public void Its_pictures_have_the_size_that_Teams_asks_for(string name, int size)
    {
        using var picture = SKBitmap.Decode(Path.Combine(Folder(), name));
        (picture.Width, picture.Height).ShouldBe((size, size));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "manifest", "teams"));
}
