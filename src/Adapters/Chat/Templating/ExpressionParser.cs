using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Templating;

/// <summary>
/// Parses the subset: paths, texts, numbers, <c>! &amp;&amp; || == != &lt; &lt;= &gt; &gt;=</c>, and the functions if, exists, empty, count, join. Loosest first:
/// or, and, order, sameness, not, path. Sameness binds tighter than order, as in the reference: use parentheses.
/// </summary>
internal sealed class ExpressionParser
{
    private const int LongestExpression = 2000;
    private const int Deepest = 64;

    private static readonly Dictionary<string, int> Functions = new() { ["if"] = 3, ["exists"] = 1, ["empty"] = 1, ["count"] = 1, ["join"] = 2 };

    private readonly string _text;
    private readonly IReadOnlyList<Token> _tokens;
    private int _at;
    private int _depth;

    private ExpressionParser(string text)
    {
        _text = text;
        _tokens = Tokens.Of(text);
    }

    public static Expression Parse(string text)
    {
        if (text.Length > LongestExpression)
            throw new TemplateException($"An expression is longer than {LongestExpression} characters.");

        var parser = new ExpressionParser(text);
        var expression = parser.Or();
        return parser.Now.Kind == TokenKind.End ? expression : throw parser.Unexpected();
    }

    private Token Now => _tokens[_at];

    private Expression Or()
    {
        if (++_depth > Deepest)
            throw new TemplateException($"\"{_text}\" is nested deeper than {Deepest}.");

        var left = And();
        while (Take("||"))
            left = new Expression.Both(left, And(), false);

        _depth--;
        return left;
    }

    private Expression And()
    {
        var left = Order();
        while (Take("&&"))
            left = new Expression.Both(left, Order(), true);

        return left;
    }

    private Expression Order()
    {
        var left = Sameness();
        while (Now.Kind == TokenKind.Sign && Now.Value is "<" or "<=" or ">" or ">=")
        {
            var sign = Next().Value;
            left = new Expression.Compared(left, Sameness(), sign);
        }

        return left;
    }

    private Expression Sameness()
    {
        var left = Negated();
        while (Now is { Kind: TokenKind.Sign, Value: "==" or "!=" })
        {
            var wanted = Next().Value == "==";
            left = new Expression.Same(left, Negated(), wanted);
        }

        return left;
    }

    private Expression Negated() => Take("!") ? new Expression.Not(Negated()) : Path();

    private Expression Path()
    {
        var here = First();
        while (true)
        {
            if (Take("."))
                here = new Expression.Member(here, Word());
            else if (Take("["))
                here = new Expression.Element(here, Until(Or(), "]"));
            else
                return here;
        }
    }

    private Expression First()
    {
        if (Take("("))
            return Until(Or(), ")");

        var token = Next();
        return token.Kind switch
        {
            TokenKind.Text => new Expression.Literal(JsonValue.Create(token.Value)),
            TokenKind.Number => new Expression.Literal(JsonValue.Create(decimal.Parse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture))),
            TokenKind.Name when Take("(") => Call(token.Value),
            TokenKind.Name => token.Value switch
            {
                "true" => new Expression.Literal(JsonValue.Create(true)),
                "false" => new Expression.Literal(JsonValue.Create(false)),
                "null" => new Expression.Literal(null),
                var word => new Expression.Name(word),
            },
            _ => throw Unexpected(token),
        };
    }

    private Expression.Call Call(string function)
    {
        if (!Functions.TryGetValue(function, out var wanted))
            throw new TemplateException($"\"{_text}\": the function {function} is not part of the templating subset ({string.Join(", ", Functions.Keys)}).");

        var arguments = new List<Expression>();
        do
        {
            arguments.Add(Or());
        }
        while (Take(","));

        Until(arguments[0], ")");
        return arguments.Count == wanted
            ? new Expression.Call(function, arguments)
            : throw new TemplateException($"\"{_text}\": {function} takes {wanted} arguments and not {arguments.Count}.");
    }

    private Expression Until(Expression inside, string sign) => Take(sign) ? inside : throw Unexpected();

    private string Word() => Now.Kind == TokenKind.Name ? Next().Value : throw Unexpected();

    private bool Take(string sign)
    {
        if (Now.Kind != TokenKind.Sign || Now.Value != sign)
            return false;

        _at++;
        return true;
    }

    private Token Next() => _tokens[_at++];

    private TemplateException Unexpected() => Unexpected(Now);

    private TemplateException Unexpected(Token token) =>
        new($"\"{_text}\": \"{(token.Kind == TokenKind.End ? "the end" : token.Value)}\" at {token.At} does not belong here.");
}
