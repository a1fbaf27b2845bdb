using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Every card as Slack gets it: as it was accepted, within Slack's limits, and without a way for a name to become mark-up.</summary>
public sealed class BlockKitGoldenTests
{
    private const string Id = "k1";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly CardTemplates Cards = CardTemplates.Load(Path.Combine(Root(), "cards"));

    public static TheoryData<string> Names => [.. Cards.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_looks_in_Slack_as_it_was_accepted(string name)
    {
        var text = Text(Everything(Cards.BindSample(name)));

        text.ShouldBe(Golden.Accepted($"{name}.slack.json", text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_keeps_within_the_limits_of_Slack(string name) => BlockLimits.Broken(Everything(Cards.BindSample(name))).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_stands_in_a_card_it_keeps_within_the_limits_and_calls_nobody(string name)
    {
        foreach (var words in (string[])["<!everyone> <@U0ANA> *b* _i_ `c` <https://evil.example|good>", new string('x', 5000), string.Concat(Enumerable.Repeat("👩‍🚀", 2000)), "مرحبا", ""])
        {
            var card = Cards.BindSample(name);
            foreach (var node in Inside(card).Where(node => node["text"] is not null))
                node["text"] = words;

            var body = Everything(card);

            BlockLimits.Broken(body).ShouldBeEmpty();
            BlockLimits.Markup(body).ShouldAllBe(markup => !markup.Contains("<!") && !markup.Contains("<@") && !markup.Contains("<http"));
        }
    }

    [Fact]
    public void What_is_urgent_hides_no_button_and_stands_beside_a_bar()
    {
        var body = BlockKitRenderer.Message(Cards.BindSample("incident"), Id, new Dictionary<string, SlackPicture>());

        body.Urgent.ShouldBeTrue();
        body.Blocks.ToJsonString().ShouldNotContain("overflow");
    }

    [Fact]
    public void A_long_list_is_cut_and_says_so_and_keeps_what_can_be_done()
    {
        var card = Cards.BindSample("dashboard");
        var rows = card["body"]!.AsArray();
        for (var copy = 0; copy < 40; copy++)
            rows.Add(new JsonObject { ["type"] = "FactSet", ["separator"] = true, ["facts"] = new JsonArray(new JsonObject { ["title"] = "a", ["value"] = "b" }) });

        var body = BlockKitRenderer.Message(card, Id, new Dictionary<string, SlackPicture>());

        body.Blocks.Count.ShouldBeInRange(48, 50);
        Text(body.Blocks[^2]!).ShouldContain("more than fits");
        Text(body.Blocks[^1]!).ShouldContain("New campaign");

        var linked = BlockKitRenderer.Message(card, Id, new Dictionary<string, SlackPicture>(), page: new Uri("https://campaigns.example.com/"));
        Text(linked.Blocks[^2]!).ShouldContain("<https://campaigns.example.com/|The whole is on the page>");
        BlockKitRenderer.Message(card, Id, new Dictionary<string, SlackPicture>(), most: 100).Blocks.Count.ShouldBeGreaterThan(50);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(40)]
    public void A_dashboard_that_is_cut_keeps_what_its_rows_come_to_and_each_row_that_stands_is_whole(int rows)
    {
        var card = Cards.BindSample("dashboard");
        var body = card["body"]!.AsArray();
        var row = body.OfType<JsonObject>().First(element => Inside(element).Any(inner => (string?)inner["type"] == "ActionSet"));
        for (var have = body.Count(element => Inside(element).Any(inner => (string?)inner["type"] == "ActionSet")); have < rows; have++)
            body.Insert(body.IndexOf(row) + 1, row.DeepClone());

        var blocks = BlockKitRenderer.Message(card, Id, new Dictionary<string, SlackPicture>()).Blocks;

        BlockLimits.BrokenMessage(blocks).ShouldBeEmpty();
        var shown = Text(blocks);
        shown.ShouldContain("Worst case today");
        shown.ShouldContain("last check 12 s ago");
        shown.ShouldContain("New campaign");
        Text(blocks[^5]!).ShouldContain("more than fits");
        ((string?)blocks[^6]!["type"]).ShouldBe("actions");
    }

    [Fact]
    public void More_buttons_than_fit_into_a_row_are_several_rows_and_each_can_be_pressed()
    {
        var card = BoundCard.OfWords("Which one?");
        BoundCard.AddReplies(card, [.. Enumerable.Range(1, 60).Select(number => new QuickReply($"Pause c{number}", $"pause c{number}"))]);
        foreach (var action in card["actions"]!.AsArray().OfType<JsonObject>())
            action["style"] = "destructive";

        var body = BlockKitRenderer.Message(card, Id, new Dictionary<string, SlackPicture>());

        BlockLimits.BrokenMessage(body.Blocks).ShouldBeEmpty();
        body.Blocks.Count(block => (string?)block!["type"] == "actions").ShouldBe(3);
        Text(body.Blocks).ShouldContain("Pause c60");
    }

    [Theory]
    [InlineData("Input.Text", """{"type":"Input.Text","id":"Name","maxLength":10,"value":"a name that is far too long"}""")]
    [InlineData("Input.ChoiceSet", """{"type":"Input.ChoiceSet","id":"Name","choices":[{"title":"a title that goes on and on and on and on and on and on and on and on and on and on and on","value":"x"}]}""")]
    public void What_stands_in_an_input_is_cut_to_what_it_takes(string kind, string input)
    {
        var block = Inputs.Block(JsonNode.Parse(input)!.AsObject(), Id);

        BlockLimits.BrokenMessage(new JsonArray(block)).ShouldBeEmpty(kind);
    }

    private static JsonObject Everything(JsonObject card)
    {
        var pictures = Inside(card).Where(node => (string?)node["type"] == "Image").Select(node => (string)node["url"]!).Distinct().ToDictionary(url => url, SlackPicture (_) => new SlackPicture.File("F0PICTURE"));
        var body = BlockKitRenderer.Message(card, Id, pictures);
        var actions = new CardActions(card);
        var windows = Enumerable.Range(0, 100).Select(number => actions[number]).OfType<JsonObject>()
            .Select(action => BlockKitRenderer.Window(card, Id, action, "{}")).OfType<JsonObject>();
        return new JsonObject { ["text"] = body.Text, ["urgent"] = body.Urgent, ["blocks"] = body.Blocks, ["windows"] = new JsonArray([.. windows]) };
    }

    private static IEnumerable<JsonObject> Inside(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(property => Inside(property.Value)).Prepend(element),
        JsonArray list => list.SelectMany(Inside),
        _ => [],
    };

    private static string Text(JsonNode node) => $"{node.ToJsonString(Readable)}\n";

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}
