using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>Reads an element of a bound Adaptive Card. Names of sizes, colours and styles are the same in any case.</summary>
internal static class CardElement
{
    public static string Kind(this JsonObject element) => element.Text("type");

    public static string Text(this JsonObject element, string name) => element[name] is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : "";

    public static bool Is(this JsonObject element, string name, string value) => string.Equals(element.Text(name), value, StringComparison.OrdinalIgnoreCase);

    public static bool Has(this JsonObject element, string name) => element.Is(name, "true");

    public static IEnumerable<JsonObject> Children(this JsonObject element, string name) =>
        (element[name] as JsonArray ?? []).OfType<JsonObject>();

    public static bool IsInput(this JsonObject element) => element.Kind().StartsWith("Input.", StringComparison.Ordinal);

    /// <summary>The inputs whose values an action sends come along with it.</summary>
    public static bool TakesInputs(this JsonObject action) => !action.Is("associatedInputs", "none");

    /// <summary>Every input in the body of a card or of what is inside an element, in order; those of inner cards are not.</summary>
    public static IEnumerable<JsonObject> Inputs(this JsonObject element) => element.IsInput()
        ? [element]
        : element.Children("body").Concat(element.Children("items")).Concat(element.Children("columns")).SelectMany(Inputs);
}
