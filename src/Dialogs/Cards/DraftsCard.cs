using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A person's drafts, the newest first, each with a way on.</summary>
public sealed record DraftsCard(string Title, ImmutableArray<DraftsCard.Row> Rows, string More) : ICardView
{
    private const int Most = 8;

    public sealed record Row(string Title, string At, string Target);

    public bool HasMore => More.Length > 0;

    public string Template => "drafts";

    public string Fallback => $"{Title}: {string.Join("; ", Rows.Select(row => $"{row.Title} ({row.At})"))}. Say \"continue <name>\".{More}";

    public static DraftsCard Of(IReadOnlyList<CampaignDraft> drafts) => new(
        drafts.Count == 1 ? "One draft" : $"{drafts.Count} drafts",
        [.. drafts.Take(Most).Select(draft => new Row(ArgumentReaders.TitleOf(draft), $"at {draft.Step}, changed {draft.ChangedAt:yyyy-MM-dd HH:mm} UTC", draft.Id.Value))],
        drafts.Count > Most ? $" {drafts.Count - Most} older ones are not shown; continue them by name." : "");
}
