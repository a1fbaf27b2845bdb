using System.Globalization;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Verbs;

/// <summary>What was said to a list: one of it by number, handle or name, the next of it, none of it. Null when it was about something else.</summary>
public abstract partial record ListChoice
{
    public sealed record Line(string Says) : ListChoice;

    public sealed record Next : ListChoice;

    /// <summary>A number that no line of the list has.</summary>
    public sealed record Outside(string Says) : ListChoice;

    public sealed record None : ListChoice;

    /// <param name="isCommand">The words are a command of their own: only a whole name counts.</param>
    public static ListChoice? Read(OfferedList list, string said, bool isCommand)
    {
        var text = said.Trim().TrimEnd('.', '!');
        if (ConversationVerbs.Find(text) is { } word)
        {
            return word == ConversationVerbs.No ? new None()
                : word != ConversationVerbs.More ? null
                : list.From + PickCard.Most < list.Among.Length ? new Next()
                : new Outside($"These are all {list.Among.Length}.");
        }

        if (Number().Match(text) is { Success: true } number)
        {
            var chosen = int.Parse(number.Groups["number"].Value, CultureInfo.InvariantCulture);
            return chosen >= 1 && chosen <= list.Among.Length ? new Line(list.Among[chosen - 1].Line) : new Outside($"There is no {chosen} in the list: say 1 to {list.Among.Length}.");
        }

        if (list.Among.FirstOrDefault(one => Is(one.Says, text) || Is(one.Title, text) || Is(one.Title, $"{text} ({one.Says})")) is { } exact)
            return new Line(exact.Line);

        if (list.Line is { } line && Handle().IsMatch(text))
            return new Line(line.Replace(OfferedList.Gap, text, StringComparison.Ordinal));

        return !isCommand && list.Among.Where(one => text.Length > 1 && one.Title.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? new Line(only.Line) : null;
    }

    private static bool Is(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:no\.?\s*|number\s+|#)?(?<number>\d{1,3})$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[aci]\d{1,6}$", RegexOptions.IgnoreCase)]
    private static partial Regex Handle();
}
