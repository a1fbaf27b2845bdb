using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What the app package asks for: what the bot uses and no more, within the limits that Teams publishes for version 1.29.</summary>
public sealed class TeamsManifestTests
{
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
    public void It_is_one_bot_with_files_in_every_place_and_sees_only_what_names_it()
    {
        var bot = Manifest["bots"]!.AsArray().ShouldHaveSingleItem()!;
        bot["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["personal", "team", "groupChat"]);
        ((bool)bot["supportsFiles"]!).ShouldBeTrue();
        ((string?)bot["botId"]).ShouldBe((string?)Manifest["id"]);
        Manifest.ContainsKey("authorization").ShouldBeFalse("reading everything is for whoever wants it, not for everybody");
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
