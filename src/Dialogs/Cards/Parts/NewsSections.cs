using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Dialogs.Cards.Parts;

/// <summary>How something that happened stands in a sheet: its sign, how severe it is and the campaign; then what, why, what is expected of it, and when.</summary>
internal static class NewsSections
{
    public static SheetCard.Section Of(FeedEvent happened, DateTimeOffset now)
    {
        var row = ActivityCard.RowOf(happened, now);
        return new SheetCard.Section(
            $"{row.Sign} · {happened.Severity.ToString().ToLowerInvariant()} · {row.Campaign}",
            [.. new[] { row.Action, row.Reason, row.HasImpact ? $"Expected: {row.Impact}" : "", row.When }.Where(line => line.Length > 0)]);
    }
}
