using System.Collections.Immutable;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Figures or reasons under headings, to be read: what comes first stands above them.</summary>
public sealed record SheetCard(string Title, ImmutableArray<string> Lead, ImmutableArray<SheetCard.Section> Sections, string Note = "") : ICardView
{
    /// <param name="Says">The line that its button says; empty for none.</param>
    public sealed record Section(string Heading, ImmutableArray<string> Lines, string Label = "", string Says = "")
    {
        public bool HasButton => Says.Length > 0;
    }

    public string Template => "sheet";

    public bool HasNote => Note.Length > 0;

    public string Fallback => string.Join(
        '\n', [Title, .. Lead, .. Sections.SelectMany(section => section.Lines.Select(line => $"- {line}").Prepend($"{section.Heading}{(section.HasButton ? $" (\"{section.Says}\")" : "")}")), .. HasNote ? [Note] : ImmutableArray<string>.Empty]);
}
