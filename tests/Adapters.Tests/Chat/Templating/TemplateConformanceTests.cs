using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Templating;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Templating;

/// <summary>
/// Ours against the official engine. <c>cases.json</c> holds the questions, <c>reference.json</c> the official answers (written by
/// <c>scripts/templating-reference.mjs</c>); where a case has <c>ours</c> we differ on purpose, and it says why.
/// </summary>
public sealed class TemplateConformanceTests
{
    private static readonly JsonObject Table = Read("cases.json");
    private static readonly JsonObject Reference = Read("reference.json");
    private static readonly JsonObject Official = Read("cards.reference.json");
    private static readonly CardTemplates Templates = CardTemplates.Load(Path.Combine(Folder(), "..", "..", "..", "..", "cards"));

    public static TheoryData<string> Names => [.. Cases().Select(known => (string)known["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Answers_as_the_official_engine_or_says_why_not(string name)
    {
        var known = Cases().Single(known => (string?)known["name"] == name);
        var wanted = known["ours"] ?? Reference[name];

        var bound = Bound(known["template"]!);

        JsonNode.DeepEquals(bound, wanted).ShouldBeTrue($"bound {bound?.ToJsonString()}, wanted {wanted?.ToJsonString()}");
    }

    public static TheoryData<string> Cards => [.. Official.Select(card => card.Key)];

    /// <summary>Of a null the official engine makes a property, and ours nothing: hosts differ in how they take one.</summary>
    [Theory]
    [MemberData(nameof(Cards))]
    public void A_card_over_its_sample_is_what_the_official_engine_makes_of_it(string name)
    {
        var ours = Templates.BindSample(name);

        JsonNode.DeepEquals(ours, WithoutNulls(Official[name])).ShouldBeTrue($"{ours.ToJsonString()}\n\n{WithoutNulls(Official[name])!.ToJsonString()}");
    }

    [Fact]
    public void Every_card_was_put_to_the_official_engine() => Official.Select(card => card.Key).ShouldBe(Templates.Names, ignoreOrder: true);

    [Fact]
    public void Every_deviation_has_its_reason() =>
        Cases().Where(known => known.ContainsKey("ours") && !known.ContainsKey("why")).ShouldBeEmpty();

    [Theory]
    [InlineData("${formatNumber(price, 2)}", "formatNumber is not part of the templating subset")]
    [InlineData("${price + 1}", "not part of the templating subset")]
    [InlineData("${if(t, 1)}", "if takes 3 arguments and not 2")]
    [InlineData("${'open}", "does not end")]
    [InlineData("${a b}", "does not belong here")]
    [InlineData("${(a}", "does not belong here")]
    public void Refuses_what_is_outside_the_subset_when_the_template_is_made(string expression, string says) =>
        Should.Throw<TemplateException>(() => Make(expression)).Message.ShouldContain(says);

    [Fact]
    public void Refuses_an_expression_that_is_nested_too_deeply() =>
        Should.Throw<TemplateException>(() => Make($"${{{new string('(', 70)}a{new string(')', 70)}}}")).Message.ShouldContain("nested deeper");

    [Fact]
    public void Refuses_a_repetition_without_end()
    {
        var template = new Template("""[{ "$data": "${many}", "v": "${$data}" }]""", strict: false);

        Should.Throw<TemplateException>(() => template.Bind(new JsonObject { ["many"] = new JsonArray([.. Enumerable.Range(0, 501).Select(number => (JsonNode)number)]) }))
            .Message.ShouldContain("501");
    }

    [Fact]
    public void Over_samples_a_path_that_is_not_there_is_an_error() =>
        Should.Throw<TemplateException>(() => new Template("""{ "x": "${nope}" }""", strict: true).Bind(new JsonObject())).Message.ShouldContain("${nope} does not exist");

    private static Template Make(string expression) => new(new JsonObject { ["x"] = expression }.ToJsonString(), strict: false);

    /// <summary>A template makes one card; a list of the table is bound as its only property.</summary>
    private static JsonNode? Bound(JsonNode template) => template is JsonArray
        ? new Template(new JsonObject { ["list"] = template.DeepClone() }.ToJsonString(), strict: false).Bind(Table["data"])!["list"]
        : new Template(template.ToJsonString(), strict: false).Bind(Table["data"]);

    private static IEnumerable<JsonObject> Cases() => Table["cases"]!.AsArray().Select(known => known!.AsObject());

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject element => new JsonObject(element.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, WithoutNulls(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static JsonObject Read(string name) => JsonSerializer.Deserialize<JsonObject>(File.ReadAllText(Path.Combine(Folder(), name)))!;

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
