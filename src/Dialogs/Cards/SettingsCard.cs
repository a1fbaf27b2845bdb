using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Settings as they hold now; changed in the configuration, or where it was said in the chat by "setup".</summary>
public sealed record SettingsCard(ImmutableArray<SettingsCard.Row> Rows) : ICardView
{
    public sealed record Row(string Title, string Value);

    public string Template => "settings";

    public string Fallback => $"Settings: {string.Join("; ", Rows.Select(row => $"{row.Title}: {row.Value}"))}.";
}
