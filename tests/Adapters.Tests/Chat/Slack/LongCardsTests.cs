using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A card with more words than Slack takes in one message keeps what can be done.</summary>
public sealed class LongCardsTests
{
    private static readonly string[] Reasons = [.. Enumerable.Range(1, 60).Select(number => $"Reason {number}: {new string('x', 400)}")];

    [Fact]
    public void What_is_written_is_cut_to_what_Slack_takes_and_says_so_above_the_buttons()
    {
        var blocks = Shown(Card(Reasons));

        BlockLimits.BrokenMessage(blocks).ShouldBeEmpty();
        var words = blocks.ToJsonString();
        words.ShouldContain("Reason 1:");
        words.ShouldNotContain("Reason 60:");
        blocks[^2]!.ToJsonString().ShouldContain("more than fits");
        blocks[^1]!.ToJsonString().ShouldContain("Stop");
    }

    [Fact]
    public void One_line_that_is_too_long_is_begun()
    {
        var blocks = Shown(Card([.. Enumerable.Repeat(new string('y', 3000), 5)]));

        BlockLimits.BrokenMessage(blocks).ShouldBeEmpty();
        LongBlocks.Written(blocks).ShouldBeGreaterThan(7000);
        blocks[^1]!.ToJsonString().ShouldContain("Stop");
    }

    [Fact]
    public void What_stands_below_the_last_line_across_stays_where_it_is_short()
    {
        var card = Card(Reasons);
        card["body"]!.AsArray().Add(new JsonObject { ["type"] = "TextBlock", ["separator"] = true, ["text"] = "Worst case today $40" });

        var blocks = Shown(card);

        BlockLimits.BrokenMessage(blocks).ShouldBeEmpty();
        blocks[^2]!.ToJsonString().ShouldContain("Worst case today $40");
    }

    [Fact]
    public void Facts_that_do_not_fit_are_left_out_one_by_one()
    {
        var facts = Enumerable.Range(1, 20).Select(number => new JsonObject { ["title"] = $"fact {number}", ["value"] = new string('z', 1500) });
        var card = Card([]);
        card["body"]!.AsArray().Add(new JsonObject { ["type"] = "FactSet", ["facts"] = new JsonArray([.. facts]) });

        var blocks = Shown(card);

        BlockLimits.BrokenMessage(blocks).ShouldBeEmpty();
        blocks[0]!["fields"]!.AsArray().Count.ShouldBe(5);
    }

    [Fact]
    public void A_card_of_usual_length_is_left_alone() => Shown(Card(Reasons[..3])).ToJsonString().ShouldNotContain("more than fits");

    [Fact]
    public async Task One_that_is_still_too_long_for_Slack_is_shown_with_less_and_every_button()
    {
        using var slack = await SlackDrawing.StartAsync();
        var (whole, shorter) = (Shown(Card(Reasons)), Shown(Card(Reasons), 2000));
        slack.Wire.Answer = call => Task.FromResult(
            call.Method == "chat.postMessage" && LongBlocks.Written(call.Arguments) > 5000 ? SlackWire.Refusal("msg_blocks_too_long") : slack.Usual(call));
        var content = Content(whole) with { Shorter = () => Content(shorter) };

        (await slack.Posts.PostAsync(SlackDrawing.Access, SlackDrawing.Channel, content, TestContext.Current.CancellationToken)).ShouldBe(new MessageId("1.1"));

        var shown = slack.Shown[^1].ToJsonString();
        shown.ShouldContain("Reason 1:");
        shown.ShouldContain("Stop");
    }

    [Fact]
    public async Task A_card_knows_a_shorter_one_of_itself()
    {
        using var slack = await SlackDrawing.StartAsync();
        var content = await slack.ComposedAsync();

        var shorter = content.Shorter.ShouldNotBeNull()();

        LongBlocks.Written(shorter.Body["blocks"]).ShouldBeLessThan(LongBlocks.Written(content.Body["blocks"]));
        shorter.Body["blocks"]!.AsArray()[^1]!["type"]!.GetValue<string>().ShouldBe("actions");
    }

    private static SlackContent Content(JsonArray blocks) => new(new JsonObject { ["text"] = "Stopped", ["blocks"] = blocks }, Urgent: false);

    private static JsonArray Shown(JsonObject card, int longest = LongBlocks.Longest) => BlockKitRenderer.Message(card, "k1", new Dictionary<string, SlackPicture>(), longest: longest).Blocks;

    private static JsonObject Card(IReadOnlyList<string> lines)
    {
        var card = BoundCard.OfWords("");
        card["fallbackText"] = "Stopped";
        card["body"] = new JsonArray([.. lines.Select(line => new JsonObject { ["type"] = "TextBlock", ["text"] = line })]);
        BoundCard.AddReplies(card, [new QuickReply("Stop", "stop c1")]);
        return card;
    }
}
