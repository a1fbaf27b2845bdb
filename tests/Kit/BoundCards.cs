using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Dialogs.Chat;
using NJsonSchema;

namespace ChatOpsCampaigns.Kit;

/// <summary>Every card that a test's chat is given is bound to its template and held against the schema of its version, each shape once.</summary>
internal static class BoundCards
{
    /// <summary>What the schema takes any text for.</summary>
    private static readonly string[] Words = ["text", "title", "value", "label", "altText", "url", "fallbackText", "placeholder", "id", "speak", "errorMessage"];

    private static readonly Lazy<CardTemplates> Templates = new(() => CardTemplates.Load(Path.Combine(Root(), "cards")));
    private static readonly Lazy<JsonSchema> Schema =
        new(() => Task.Run(() => JsonSchema.FromFileAsync(Path.Combine(Root(), "tests", "Adapters.Tests", "Chat", "adaptive-card-1.5.0.json"))).GetAwaiter().GetResult());

    private static readonly ConcurrentDictionary<string, string> Seen = new();

    public static void Insist(ICardView? view)
    {
        if (view is null)
            return;

        var card = Templates.Value.Bind(view);
        var faults = Seen.GetOrAdd(ShapeOf(card)!.ToJsonString(), _ => string.Join("; ", Schema.Value.Validate(card.ToJsonString()).Select(fault => $"{fault.Path}: {fault.Kind}")));
        if (faults.Length > 0)
            throw new InvalidOperationException($"The card {view.Template} breaks the schema of its version: {faults}\n{card.ToJsonString()}");
    }

    /// <summary>The card without its words: two that differ in nothing else are equally right.</summary>
    private static JsonNode? ShapeOf(JsonNode? node) => node switch
    {
        JsonObject element => new JsonObject(element.Select(field => KeyValuePair.Create(field.Key, IsWords(field) ? "" : ShapeOf(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(ShapeOf).DistinctBy(shape => shape?.ToJsonString())]),
        _ => node?.DeepClone(),
    };

    private static bool IsWords(KeyValuePair<string, JsonNode?> field) => Words.Contains(field.Key) && field.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0;

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
