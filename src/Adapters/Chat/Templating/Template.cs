using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Adapters.Chat.Templating;

/// <summary>
/// One template: JSON with <c>${…}</c> in texts and the reserved keys <c>$data</c> and <c>$when</c>. Every expression is parsed when the
/// template is made. Where the reference implementations differ we differ on purpose: see the README in this folder.
/// </summary>
internal sealed partial class Template
{
    private const int LargestTemplate = 256 * 1024;
    private const int MostRepetitions = 500;

    private readonly JsonNode _node;
    private readonly Dictionary<string, Expression> _expressions = [];
    private readonly bool _strict;

    /// <param name="strict">A path that does not exist, or a condition that is neither true nor false, is an error: for start-up over samples, and tests.</param>
    public Template(string json, bool strict)
    {
        if (json.Length > LargestTemplate)
            throw new TemplateException("A template has to be smaller than 256 KB.");

        _node = JsonNode.Parse(json) ?? throw new TemplateException("A template cannot be null.");
        _strict = strict;
        Learn(_node);
    }

    public JsonNode? Bind(JsonNode? root) => Expand(_node, new Scope(root, root, null)) is [var only] ? only : throw new TemplateException("A template makes one card.");

    private void Learn(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject element:
                foreach (var (_, child) in element)
                    Learn(child);

                break;
            case JsonArray list:
                foreach (var child in list)
                    Learn(child);

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                LearnText(value.GetValue<string>());
                break;
        }
    }

    private void LearnText(string text)
    {
        foreach (Match match in Braces().Matches(text))
            _expressions[match.Groups[1].Value] = ExpressionParser.Parse(match.Groups[1].Value);

        if (Braces().Replace(text, "").Contains("${", StringComparison.Ordinal))
            throw new TemplateException($"\"{text}\" begins an expression that does not end.");
    }

    /// <summary>What a node becomes: nothing, one node, or one for each of its data.</summary>
    private List<JsonNode?> Expand(JsonNode? node, Scope scope) => node switch
    {
        JsonObject element => ExpandObject(element, scope),
        JsonArray list => [new JsonArray([.. list.SelectMany(child => Expand(child, scope))])],
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [Text(value.GetValue<string>(), scope)],
        _ => [node?.DeepClone()],
    };

    private List<JsonNode?> ExpandObject(JsonObject element, Scope scope)
    {
        if (!element.ContainsKey("$data"))
            return Kept(element, scope) is { } one ? [one] : [];

        var data = Text(element["$data"], scope);
        if (data is not JsonArray list)
            return Kept(element, scope with { Here = data, Index = null }) is { } single ? [single] : [];

        if (list.Count > MostRepetitions)
            throw new TemplateException($"A repetition has {list.Count} members; at most {MostRepetitions} are shown.");

        return
        [
            .. list
                .Select((member, index) => Kept(element, scope with { Here = member, Index = index }))
                .Where(member => member is not null),
        ];
    }

    private JsonObject? Kept(JsonObject element, Scope scope)
    {
        if (element.TryGetPropertyValue("$when", out var when) && !Holds(when, scope))
            return null;

        var kept = new JsonObject();
        foreach (var (key, child) in element.Where(property => property.Key is not ("$data" or "$when")))
        {
            var repeated = child is JsonObject inner && inner.ContainsKey("$data");
            switch (Expand(child, scope))
            {
                case []:
                    break;
                case [var only]:
                    if (only is not null)
                        kept[key] = only;

                    break;
                case var several when repeated:
                    kept[key] = new JsonArray([.. several]);
                    break;
            }
        }

        return kept;
    }

    private bool Holds(JsonNode? when, Scope scope)
    {
        var value = when?.GetValueKind() == JsonValueKind.String ? Text(when.GetValue<string>(), scope) : when;
        return value?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ when _strict => throw new TemplateException($"The condition {when?.ToJsonString()} is neither true nor false."),
            _ => false,
        };
    }

    private JsonNode? Text(JsonNode? node, Scope scope) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? Text(value.GetValue<string>(), scope) : node?.DeepClone();

    /// <summary>One whole expression keeps its type; among other text it becomes text. A path that does not exist leaves its own words.</summary>
    private JsonNode? Text(string text, Scope scope)
    {
        if (Braces().Match(text) is { Success: true } whole && whole.Length == text.Length)
            return Found(whole, scope) is { Exists: true } value ? value.Node?.DeepClone() : JsonValue.Create(text);

        return JsonValue.Create(Braces().Replace(text, match => Found(match, scope) is { Exists: true } value ? Expression.AsText(value.Node) : match.Value));
    }

    private Value Found(Match match, Scope scope)
    {
        var value = _expressions[match.Groups[1].Value].Evaluate(scope);
        return value.Exists || !_strict ? value : throw new TemplateException($"{match.Value} does not exist.");
    }

    [GeneratedRegex(@"\$\{((?:[^{}'""]|'[^']*'|""[^""]*"")*)\}")]
    private static partial Regex Braces();
}
