using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Shapes that are sent and that no card's sample has: held, and compiled with the cards against the types that Slack publishes; charts that Slack draws are not among those yet.</summary>
public sealed class SlackShapesGoldenTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void A_line_that_calls_what_leads_to_the_rest_a_menu_to_search_in_and_a_Home_tab_look_as_they_were_accepted()
    {
        var card = BoundCard.OfWords(new string('x', 3000));
        card["body"] = new JsonArray([.. Enumerable.Range(0, 5).Select(_ => new JsonObject { ["type"] = "TextBlock", ["text"] = new string('x', 3000), ["separator"] = true })]);
        var rest = BlockKitRenderer.Message(card, "k1", new Dictionary<string, SlackPicture>(), page: new Uri("https://campaigns.example.com/")).Blocks[^2]!.DeepClone();
        var choices = Enumerable.Range(0, 101).Select(number => new JsonObject { ["title"] = $"Shop {number}", ["value"] = $"v{number}" });
        var menu = Inputs.Block(new JsonObject { ["type"] = "Input.ChoiceSet", ["id"] = "Account", ["label"] = "Account", ["value"] = "v7", ["choices"] = new JsonArray([.. choices]) }, "k1");
        var shapes = new JsonObject
        {
            ["text"] = "Stopped",
            ["blocks"] = new JsonArray(Block.Call(["U0OLGA", "S0ONCALL"]), rest),
            ["windows"] = new JsonArray(new JsonObject
            {
                ["type"] = "modal", ["title"] = Block.Plain("Account", 24), ["submit"] = Block.Plain("Next", 24), ["close"] = Block.Plain("Back", 24), ["callback_id"] = "card", ["blocks"] = new JsonArray(menu),
            }),
            ["home"] = new JsonObject { ["type"] = "home", ["blocks"] = new JsonArray(Block.Header("Campaigns"), Block.Divider(), rest.DeepClone()) },
        };

        BlockLimits.Broken(shapes).ShouldBeEmpty();
        BlockLimits.BrokenHome(shapes["home"]!.AsObject()).ShouldBeEmpty();
        var text = $"{shapes.ToJsonString(Readable)}\n";
        text.ShouldBe(Golden.Accepted("shapes.slack.json", text));
    }
}
