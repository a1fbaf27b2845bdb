using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Templating;

/// <summary>What an expression sees: the value it stands on, the whole, and its place in a repetition.</summary>
internal sealed record Scope(JsonNode? Here, JsonNode? Root, int? Index);

/// <summary>The value of an expression, or "there is no such path": the two are told apart.</summary>
internal readonly record struct Value(bool Exists, JsonNode? Node)
{
    public static readonly Value Missing = new(false, null);

    public static Value Of(JsonNode? node) => new(true, node);

    public static Value Of(bool truth) => new(true, JsonValue.Create(truth));

    /// <summary>Missing, null and false are false; everything else is true, as in the reference.</summary>
    public bool IsTrue => Exists && Node is not null && !(Node.GetValueKind() == JsonValueKind.False);
}

/// <summary>An expression of the templating subset, parsed once.</summary>
internal abstract record Expression
{
    public abstract Value Evaluate(Scope scope);

    public sealed record Literal(JsonNode? Node) : Expression
    {
        public override Value Evaluate(Scope scope) => Value.Of(Node);
    }

    /// <summary>A name: a property of what we stand on, or one of <c>$data</c>, <c>$root</c>, <c>$index</c>.</summary>
    public sealed record Name(string Word) : Expression
    {
        public override Value Evaluate(Scope scope) => Word switch
        {
            "$data" => Value.Of(scope.Here),
            "$root" => Value.Of(scope.Root),
            "$index" => scope.Index is { } index ? Value.Of(JsonValue.Create(index)) : Value.Missing,
            _ => Property(scope.Here, Word),
        };
    }

    public sealed record Member(Expression Of, string Word) : Expression
    {
        public override Value Evaluate(Scope scope) => Of.Evaluate(scope) is { Exists: true } owner ? Property(owner.Node, Word) : Value.Missing;
    }

    public sealed record Element(Expression Of, Expression At) : Expression
    {
        public override Value Evaluate(Scope scope)
        {
            var owner = Of.Evaluate(scope);
            var at = At.Evaluate(scope);
            if (!owner.Exists || !at.Exists)
                return Value.Missing;

            if (owner.Node is JsonArray list && at.Node?.GetValueKind() == JsonValueKind.Number)
            {
                var index = at.Node.GetValue<decimal>();
                return index >= 0 && index < list.Count && index == decimal.Truncate(index) ? Value.Of(list[(int)index]) : Value.Missing;
            }

            return at.Node?.GetValueKind() == JsonValueKind.String ? Property(owner.Node, at.Node.GetValue<string>()) : Value.Missing;
        }
    }

    public sealed record Not(Expression Of) : Expression
    {
        public override Value Evaluate(Scope scope) => Value.Of(!Of.Evaluate(scope).IsTrue);
    }

    public sealed record Both(Expression Left, Expression Right, bool And) : Expression
    {
        public override Value Evaluate(Scope scope) =>
            Value.Of(And ? Left.Evaluate(scope).IsTrue && Right.Evaluate(scope).IsTrue : Left.Evaluate(scope).IsTrue || Right.Evaluate(scope).IsTrue);
    }

    public sealed record Same(Expression Left, Expression Right, bool Wanted) : Expression
    {
        public override Value Evaluate(Scope scope) =>
            Value.Of(JsonNode.DeepEquals(Left.Evaluate(scope).Node, Right.Evaluate(scope).Node) == Wanted);
    }

    /// <summary>Numbers compare with numbers and texts with texts; anything else does not compare.</summary>
    public sealed record Compared(Expression Left, Expression Right, string Sign) : Expression
    {
        public override Value Evaluate(Scope scope)
        {
            var left = Left.Evaluate(scope).Node;
            var right = Right.Evaluate(scope).Node;
            int order;
            if (left?.GetValueKind() == JsonValueKind.Number && right?.GetValueKind() == JsonValueKind.Number)
                order = AsNumber(left).CompareTo(AsNumber(right));
            else if (left?.GetValueKind() == JsonValueKind.String && right?.GetValueKind() == JsonValueKind.String)
                order = string.CompareOrdinal(left.GetValue<string>(), right.GetValue<string>());
            else
                return Value.Missing;

            return Value.Of(Sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
        }
    }

    public sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression
    {
        public override Value Evaluate(Scope scope) => Function switch
        {
            "if" => Arguments[0].Evaluate(scope).IsTrue ? Arguments[1].Evaluate(scope) : Arguments[2].Evaluate(scope),
            "exists" => Value.Of(Arguments[0].Evaluate(scope) is { Exists: true, Node: not null }),
            "empty" => Value.Of(IsEmpty(Arguments[0].Evaluate(scope).Node)),
            "count" => Count(Arguments[0].Evaluate(scope).Node),
            "join" => Join(Arguments[0].Evaluate(scope).Node, Arguments[1].Evaluate(scope).Node),
            _ => throw new TemplateException($"The function {Function} is not part of the templating subset."),
        };

        private static bool IsEmpty(JsonNode? node) => node switch
        {
            null => true,
            JsonArray list => list.Count == 0,
            JsonObject known => known.Count == 0,
            _ => node.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Length == 0,
        };

        private static Value Count(JsonNode? node) => node switch
        {
            JsonArray list => Value.Of(JsonValue.Create(list.Count)),
            JsonObject known => Value.Of(JsonValue.Create(known.Count)),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Value.Of(JsonValue.Create(value.GetValue<string>().Length)),
            _ => Value.Missing,
        };

        private static Value Join(JsonNode? list, JsonNode? separator) => list is JsonArray elements && separator?.GetValueKind() == JsonValueKind.String
            ? Value.Of(JsonValue.Create(string.Join(separator.GetValue<string>(), elements.Select(AsText))))
            : Value.Missing;
    }

    /// <summary>A value inside a text: numbers plainly, truth as true and false, lists and objects as JSON, null as nothing.</summary>
    public static string AsText(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number => AsNumber(node).ToString(CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };

    private static decimal AsNumber(JsonNode node) => decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A property by its name; letter case does not matter, as in the reference.</summary>
    private static Value Property(JsonNode? owner, string word)
    {
        if (owner is not JsonObject known)
            return Value.Missing;

        if (known.TryGetPropertyValue(word, out var exact))
            return Value.Of(exact);

        foreach (var (name, value) in known)
        {
            if (string.Equals(name, word, StringComparison.OrdinalIgnoreCase))
                return Value.Of(value);
        }

        return Value.Missing;
    }
}
