using System.Globalization;
using System.Text;

namespace ChatOpsCampaigns.Adapters.Chat.Templating;

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Sign,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Value, int At);

/// <summary>Splits an expression into names, texts, numbers and signs.</summary>
internal static class Tokens
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "."];

    public static IReadOnlyList<Token> Of(string expression)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < expression.Length;)
        {
            if (char.IsWhiteSpace(expression[at]))
            {
                at++;
                continue;
            }

            var token = Next(expression, at);
            tokens.Add(token.Token);
            at += token.Length;
        }

        tokens.Add(new Token(TokenKind.End, "", expression.Length));
        return tokens;
    }

    private static (Token Token, int Length) Next(string expression, int at)
    {
        var first = expression[at];
        if (first is '\'' or '"')
            return Text(expression, at);

        if (char.IsAsciiDigit(first) || (first == '-' && at + 1 < expression.Length && char.IsAsciiDigit(expression[at + 1])))
            return Run(TokenKind.Number, expression, at, letter => char.IsAsciiDigit(letter) || letter is '.' or '-');

        if (char.IsLetter(first) || first is '_' or '$')
            return Run(TokenKind.Name, expression, at, letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');

        var sign = Signs.FirstOrDefault(known => string.CompareOrdinal(expression, at, known, 0, known.Length) == 0)
            ?? throw new TemplateException($"\"{expression}\": \"{first}\" at {at.ToString(CultureInfo.InvariantCulture)} is not part of the templating subset.");
        return (new Token(TokenKind.Sign, sign, at), sign.Length);
    }

    private static (Token Token, int Length) Run(TokenKind kind, string expression, int at, Func<char, bool> belongs)
    {
        var end = at + 1;
        while (end < expression.Length && belongs(expression[end]))
            end++;

        return (new Token(kind, expression[at..end], at), end - at);
    }

    private static (Token Token, int Length) Text(string expression, int at)
    {
        var text = new StringBuilder();
        for (var end = at + 1; end < expression.Length; end++)
        {
            if (expression[end] == expression[at])
                return (new Token(TokenKind.Text, text.ToString(), at), end - at + 1);

            text.Append(expression[end]);
        }

        throw new TemplateException($"\"{expression}\": a text that begins at {at.ToString(CultureInfo.InvariantCulture)} does not end.");
    }
}

/// <summary>A template that cannot be used: found when templates are loaded, before anybody sees a card.</summary>
internal sealed class TemplateException(string message) : Exception(message);
