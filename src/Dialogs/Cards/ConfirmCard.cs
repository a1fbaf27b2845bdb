using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A question before something is done, with what it would do.</summary>
/// <param name="Target">The question's id: an old button confirms nothing.</param>
public sealed record ConfirmCard(string Asks, ImmutableArray<string> Lines, string Target) : ICardView
{
    public string Template => "confirm";

    public string Fallback => $"{Asks}{string.Concat(Lines.Select(line => $"\n- {line}"))}\nSay yes or no.";
}
