using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>Inputs of a card as Slack's. The block is called <c>card.input</c>, the element by the input's own id.</summary>
internal static class Inputs
{
    private const int LongestPlaceholder = 150;
    private const int LongestOption = 75;
    private const int LongestText = 3000;
    private const int MostRadioButtons = 10;
    private const int MostOptions = 100;

    /// <summary>In a menu with more choices than that one types: what fits is asked for from the first letter on.</summary>
    private const int ShortestQuery = 1;

    public static string BlockId(string card, string input) => $"{card}.in.{input}";

    /// <summary>The card that a block of ours belongs to.</summary>
    public static string CardOf(string block) => block.Split('.')[0];

    /// <summary>The choices of an input, wherever in the card it stands, that have every word; those that begin with the words first, and no more than Slack takes.</summary>
    public static JsonArray Options(JsonNode? card, string input, string typed)
    {
        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. (Find(card, input)?.Children("choices") ?? [])
                .Where(choice => words.All(word => choice.Text("title").Contains(word, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(choice => choice.Text("title").StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .Take(MostOptions)
                .Select(Option),
        ];
    }

    private static JsonObject? Find(JsonNode? node, string input) => node switch
    {
        JsonObject element when element.IsInput() && element.Text("id") == input => element,
        JsonObject element => element.Select(property => Find(property.Value, input)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(one => Find(one, input)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    public static JsonObject Block(JsonObject input, string card)
    {
        var element = Element(input);
        var placeholder = input.Text("placeholder");
        var hasPlaceholder = element["type"]!.GetValue<string>() is not ("radio_buttons" or "checkboxes");
        if (placeholder.Length > 0 && hasPlaceholder)
            element["placeholder"] = Blocks.Block.Plain(placeholder, LongestPlaceholder);

        var label = input.Text("label") is { Length: > 0 } named ? named : placeholder.Length > 0 ? placeholder : input.Text("id");
        return Blocks.Block.Input(
            BlockId(card, input.Text("id")), label, input.Has("isRequired"), element,
            placeholder.Length > 0 && !hasPlaceholder ? placeholder : null);
    }

    private static JsonObject Element(JsonObject input) => input.Kind() switch
    {
        "Input.Text" => TextInput(input),
        "Input.ChoiceSet" => Choices(input),
        var other => throw new NotSupportedException($"A card has {other}, which has no place in Slack yet."),
    };

    private static JsonObject TextInput(JsonObject input)
    {
        var element = new JsonObject
        {
            ["type"] = "plain_text_input",
            ["action_id"] = input.Text("id"),
            ["multiline"] = input.Has("isMultiline"),
        };
        var longest = Math.Min(input["maxLength"] is JsonValue most ? most.GetValue<int>() : LongestText, LongestText);
        if (input["maxLength"] is not null)
            element["max_length"] = longest;

        if (input.Text("value") is { Length: > 0 } value)
            element["initial_value"] = SlackText.Cut(value, longest);

        return element;
    }

    private static JsonObject Choices(JsonObject input)
    {
        var options = input.Children("choices").Select(Option).ToList();
        var many = input.Has("isMultiSelect");
        var sought = options.Count > MostOptions;
        var open = input.Is("style", "expanded") && options.Count <= MostRadioButtons;
        var element = new JsonObject
        {
            ["type"] = (many, open, sought) switch
            {
                (true, true, _) => "checkboxes",
                (true, false, false) => "multi_static_select",
                (true, false, true) => "multi_external_select",
                (false, true, _) => "radio_buttons",
                (false, false, false) => "static_select",
                (false, false, true) => "external_select",
            },
            ["action_id"] = input.Text("id"),
        };
        if (sought)
            element["min_query_length"] = ShortestQuery;
        else
            element["options"] = new JsonArray([.. options]);

        var chosen = input.Text("value").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var initial = options.Where(option => chosen.Contains(option["value"]!.GetValue<string>())).Select(option => option.DeepClone()).ToArray();
        if (initial.Length > 0)
            element[many ? "initial_options" : "initial_option"] = many ? new JsonArray(initial) : initial[0];

        return element;
    }

    private static JsonObject Option(JsonObject choice) => new()
    {
        ["text"] = Blocks.Block.Plain(choice.Text("title"), LongestOption),
        ["value"] = choice.Text("value"),
    };
}
