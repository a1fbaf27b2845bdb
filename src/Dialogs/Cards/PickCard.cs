using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Choose one among several; pressing says the line.</summary>
public sealed record PickCard(string Asks, ImmutableArray<PickCard.Choice> Choices) : ICardView
{
    public sealed record Choice(string Title, string Line);

    public string Template => "pick";

    public string Fallback => $"{Asks} {string.Join("; ", Choices.Select(choice => $"\"{choice.Line}\" for {choice.Title}"))}";

    public static ChatMessage Message(string asks, IReadOnlyList<(string Says, string Title)> among) =>
        ChatMessage.Of(new PickCard(asks, [.. among.Select(one => new Choice(one.Title, one.Says))]));
}
