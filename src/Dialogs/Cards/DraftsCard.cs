using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard.Steps;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A person's drafts, the newest first, each with a way on.</summary>
public sealed record DraftsCard(string Title, ImmutableArray<DraftsCard.Row> Rows, string More) : ICardView
{
    private const int Most = 8;

    public sealed record Row(string Title, string At, string Target);

    public bool HasMore => More.Length > 0;

    public string Template => "drafts";

    public string Fallback => $"{Title}: {string.Join("; ", Rows.Select(row => $"{row.Title} ({row.At})"))}. Say \"continue <name>\".{More}";

    public static DraftsCard Of(IReadOnlyList<(CampaignDraft Draft, TimeZoneInfo Zone)> drafts) => new(
        drafts.Count == 1 ? "One draft" : $"{drafts.Count} drafts",
        [.. drafts.Take(Most).Select(one => new Row(ArgumentReaders.TitleOf(one.Draft), $"at {WizardSteps.Place(one.Draft.Step)}, changed {AccountTime.In(one.Zone, one.Draft.ChangedAt)}", one.Draft.Id.Value))],
        drafts.Count > Most ? $" {drafts.Count - Most} older ones are not shown; continue them by name." : "");
}
