using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.WebChat;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using NJsonSchema;

namespace ChatOpsCampaigns.Adapters.Tests.Chat;

/// <summary>Every card over its sample: the card itself, what the browser gets, the plain words; within the schema and our own rules.</summary>
public sealed class CardGoldenTests
{
    private const int LargestCard = 28 * 1024;
    private const int MostActions = 6;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly CardTemplates Cards = CardTemplates.Load(Path.Combine(Root(), "cards"));
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromFileAsync(Path.Combine(Here(), "adaptive-card-1.5.0.json")));

    public static TheoryData<string> Names => [.. Cards.Names];

    [Proves(57)]
    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_looks_as_it_was_accepted(string name)
    {
        var text = Text(Cards.BindSample(name));

        text.ShouldBe(Golden.Accepted($"{name}.card.json", text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_browser_gets_what_was_accepted(string name)
    {
        var activity = new WebChatRenderer(Cards).Activity(ChatMessage.Of(new SampleView(name, Sample(name))));

        var text = Text(activity);
        text.ShouldBe(Golden.Accepted($"{name}.webchat.json", text));
        text.ShouldNotContain("Action.Execute", customMessage: "Web Chat draws it and sends nothing when it is pressed.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_keeps_to_the_schema_of_its_version(string name)
    {
        var faults = (await Schema.Value).Validate(Cards.BindSample(name).ToJsonString());

        faults.Select(fault => $"{fault.Path}: {fault.Kind}").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_finds_a_misspelt_property()
    {
        var card = Cards.BindSample("incident");
        card["body"]!.AsArray().Add(new JsonObject { ["type"] = "TextBlock", ["text"] = "x", ["wight"] = "Bolder" });

        (await Schema.Value).Validate(card.ToJsonString()).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_card_keeps_our_own_rules(string name)
    {
        var card = Cards.BindSample(name);
        var nodes = Inside(card).ToList();

        card.ToJsonString().Length.ShouldBeLessThan(LargestCard);
        ((string?)card["fallbackText"]).ShouldNotBeNullOrWhiteSpace();
        nodes.Where(node => (string?)node["type"] == "TextBlock" && node["wrap"]?.GetValue<bool>() != true).Select(Text).ShouldBeEmpty("text without wrap is cut off");
        nodes.Where(node => (string?)node["type"] == "Image" && string.IsNullOrWhiteSpace((string?)node["altText"])).Select(Text).ShouldBeEmpty("a picture needs words");
        nodes.Where(node => node["actions"] is JsonArray { Count: > MostActions }).Select(Text).ShouldBeEmpty("too many buttons side by side");
        nodes.Where(node => (string?)node["type"] == "Action.Execute").SelectMany(node => node["data"]?.AsObject().Select(field => field.Key) ?? [])
            .ShouldAllBe(key => key.StartsWith('_'));
    }

    /// <summary>The browser and Teams show nothing at all of a card in which two inputs have one name, also in what its buttons open.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_that_is_repeated_has_a_name_of_its_own_each_time(string name)
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "cards", $"{name}.json")))!;

        Inside(template).Where(node => node.ContainsKey("$data")).SelectMany(Inside)
            .Where(node => ((string?)node["type"])?.StartsWith("Input.", StringComparison.Ordinal) == true)
            .Select(node => (string?)node["id"]).ShouldAllBe(id => id!.Contains("${"));
    }

    /// <summary>Names that a person, a file or a network chose are never read as markup: they stand in text runs or on buttons.</summary>
    [Theory]
    [InlineData("incident", "campaign")]
    [InlineData("review", "name")]
    [InlineData("upload", "fileName")]
    [InlineData("campaign", "title")]
    [InlineData("dashboard", "name")]
    [InlineData("activity", "campaign")]
    [InlineData("launching", "title")]
    [InlineData("why", "title")]
    [InlineData("approval", "says")]
    [InlineData("confirm", "asks")]
    public void Names_chosen_by_others_are_not_read_as_markup(string card, string field)
    {
        var sample = Sample(card);
        List<JsonObject> named = sample.ContainsKey(field) ? [sample] : [.. Inside(sample).Where(node => node.ContainsKey(field))];
        named.ShouldNotBeEmpty();
        foreach (var node in named)
            node[field] = "[evil](https://example.com) **bold**";

        var bound = Cards.Bind(new SampleView(card, sample));

        Inside(bound).Where(node => (string?)node["type"] == "TextBlock" && ((string?)node["text"])?.Contains("[evil]", StringComparison.Ordinal) == true).Select(Text).ShouldBeEmpty();
        bound.ToJsonString().ShouldContain("[evil]");
    }

    private static IEnumerable<JsonObject> Inside(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(property => Inside(property.Value)).Prepend(element),
        JsonArray list => list.SelectMany(Inside),
        _ => [],
    };

    private static JsonObject Sample(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "cards", $"{name}.sample.json")))!.AsObject();

    private static string Text(JsonNode node) => $"{node.ToJsonString(Readable)}\n";

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static string Root() => Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
}
