using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>A menu with more choices than Slack takes asks for those that fit what is typed.</summary>
public sealed class ManyChoicesTests
{
    [Theory]
    [InlineData(100, false, "static_select")]
    [InlineData(101, false, "external_select")]
    [InlineData(100, true, "multi_static_select")]
    [InlineData(101, true, "multi_external_select")]
    public void Up_to_a_hundred_are_sent_along_and_more_are_searched(int choices, bool many, string type)
    {
        var element = Inputs.Block(Input(choices, many), "k1")["element"]!.AsObject();

        ((string)element["type"]!).ShouldBe(type);
        (element["options"] is null).ShouldBe(choices > 100);
        (element["min_query_length"] is not null).ShouldBe(choices > 100);
    }

    [Fact]
    public void What_is_chosen_already_is_shown_wherever_in_the_list_it_stands() =>
        ((string)Inputs.Block(Input(150, many: false, value: "v149"), "k1")["element"]!["initial_option"]!["value"]!).ShouldBe("v149");

    [Fact]
    public void Every_word_has_to_be_in_it_and_what_begins_with_them_comes_first()
    {
        var card = Card(Choice("Shop Zurich", "1"), Choice("Zurich shop", "2"), Choice("Shop Bern", "3"));

        Values(Inputs.Options(card, "Account", "zurich SHOP")).ShouldBe(["2", "1"]);
        Values(Inputs.Options(card, "Account", " shop ")).ShouldBe(["1", "3", "2"]);
        Values(Inputs.Options(card, "Account", "basel")).ShouldBeEmpty();
    }

    [Fact]
    public void No_more_than_a_hundred_are_offered_and_of_a_card_or_input_that_is_not_there_none()
    {
        var card = Card([.. Enumerable.Range(0, 300).Select(number => Choice($"Shop {number}", $"v{number}"))]);

        Inputs.Options(card, "Account", "").Count.ShouldBe(100);
        Inputs.Options(card, "Budget", "").ShouldBeEmpty();
        Inputs.Options(null, "Account", "").ShouldBeEmpty();
    }

    [Fact]
    public void A_block_names_its_card() => Inputs.CardOf(Inputs.BlockId("k1", "Account")).ShouldBe("k1");

    private static IEnumerable<string> Values(JsonArray options) => options.Select(option => (string)option!["value"]!);

    private static JsonObject Card(params JsonObject[] choices) => new()
    {
        ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = "Which?" }),
        ["actions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Action.ShowCard",
            ["card"] = new JsonObject { ["body"] = new JsonArray(new JsonObject { ["type"] = "Input.ChoiceSet", ["id"] = "Account", ["choices"] = new JsonArray([.. choices]) }) },
        }),
    };

    private static JsonObject Input(int choices, bool many, string value = "") => new()
    {
        ["type"] = "Input.ChoiceSet", ["id"] = "Account", ["label"] = "Account", ["isMultiSelect"] = many, ["value"] = value,
        ["choices"] = new JsonArray([.. Enumerable.Range(0, choices).Select(number => Choice($"Shop {number}", $"v{number}"))]),
    };

    private static JsonObject Choice(string title, string value) => new() { ["title"] = title, ["value"] = value };
}
