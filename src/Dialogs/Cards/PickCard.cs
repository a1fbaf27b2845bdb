using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Choose one among several; pressing says the line.</summary>
/// <param name="Hint">What else can be said, and how many are not shown; empty where only the buttons count.</param>
public sealed record PickCard(string Asks, ImmutableArray<PickCard.Choice> Choices, string Hint = "") : ICardView
{
    /// <summary>So many are shown at a time.</summary>
    public const int Most = 6;

    /// <param name="Number">Its place in the list, from 1; 0 where numbers mean nothing.</param>
    public sealed record Choice(string Name, string Line, int Number = 0)
    {
        public string Title => $"{Before}{Name}";

        internal string Said => $"{Before}\"{Line}\" for {Name}";

        private string Before => Number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Number}. ");
    }

    public string Template => "pick";

    public bool HasHint => Hint.Length > 0;

    public string Fallback => $"{Asks} {string.Join("; ", Choices.Where(choice => choice.Line != More).Select(choice => choice.Said))}{(HasHint ? $". {Hint}" : "")}";

    private const string More = "more";

    public static ChatMessage Message(string asks, IReadOnlyList<(string Says, string Title)> among) =>
        ChatMessage.Of(new PickCard(asks, [.. among.Select(one => new Choice(one.Title, one.Says))]));

    /// <summary>The next few of a list, numbered through.</summary>
    public static ChatMessage Message(OfferedList list)
    {
        var shown = list.Among.Skip(list.From).Take(Most).Select((one, index) => new Choice(one.Title, one.Line, list.From + index + 1)).ToList();
        var left = list.Among.Length - list.From - shown.Count;
        var hint = list.Among.Length == 1 ? "" : "Press one, or say its number or its name.";
        if (left > 0)
        {
            shown.Add(new Choice($"More ({left})", More));
            hint = $"{shown.Count - 1} of {list.Among.Length} are shown; \"more\" shows the next. {hint}";
        }

        return ChatMessage.Of(new PickCard(list.Asks, [.. shown], hint));
    }
}
