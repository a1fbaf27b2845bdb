using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Adapters.Chat.Templating;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat;

/// <summary>The templates of <c>cards/</c>. All are parsed, and bound to their samples strictly, when they are loaded: a broken one is found at start.</summary>
internal sealed class CardTemplates
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly Dictionary<string, Template> _templates;
    private readonly Dictionary<string, JsonObject> _samples;

    private CardTemplates(Dictionary<string, Template> templates, Dictionary<string, JsonObject> samples)
    {
        _templates = templates;
        _samples = samples;
    }

    /// <summary>Names of all cards, in order.</summary>
    public IReadOnlyList<string> Names => [.. _templates.Keys.Order(StringComparer.Ordinal)];

    public static CardTemplates Load(string folder)
    {
        var templates = new Dictionary<string, Template>();
        var samples = new Dictionary<string, JsonObject>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(file => !file.EndsWith(".sample.json", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            try
            {
                var json = File.ReadAllText(file);
                var sample = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(file, ".sample.json")))!.AsObject();
                new Template(json, strict: true).Bind(sample);
                templates[name] = new Template(json, strict: false);
                samples[name] = sample;
            }
            catch (Exception fault) when (fault is TemplateException or JsonException or FileNotFoundException)
            {
                throw new TemplateException($"cards/{name}.json: {fault.Message}");
            }
        }

        return new CardTemplates(templates, samples);
    }

    public JsonObject Bind(ICardView view) => Bind(view.Template, JsonSerializer.SerializeToNode(view, view.GetType(), Json));

    public JsonObject BindSample(string name) => Bind(name, _samples[name].DeepClone());

    private JsonObject Bind(string name, JsonNode? view) => _templates.TryGetValue(name, out var template)
        ? template.Bind(view)!.AsObject()
        : throw new InvalidOperationException($"There is no card called {name}.");
}
