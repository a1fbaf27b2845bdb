using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>Things that happened: one, or the last of many.</summary>
public sealed record ActivityCard(string Title, ImmutableArray<ActivityCard.Row> Rows) : ICardView
{
    public sealed record Row(string Sign, string Campaign, string Action, string Reason, string Impact, bool HasImpact, string When, string Color)
    {
        public bool HasReason => Reason.Length > 0;

        /// <summary>What the button below it says for whoever presses it; empty where there is none.</summary>
        public string Undo { get; init; } = "";

        public string UndoTitle { get; init; } = "";

        public bool HasUndo => Undo.Length > 0;
    }

    public string Template => "activity";

    public string Fallback => $"{Title}: {string.Join("; ", Rows.Select(row => $"{row.Campaign} — {row.Action}{(row.HasReason ? $" ({row.Reason}{(row.HasImpact ? $"; expected: {row.Impact}" : "")})" : "")}"))}";

    public static ActivityCard Of(string title, IReadOnlyList<FeedEvent> events, DateTimeOffset now) => new(title, [.. events.Select(happened => RowOf(happened, now))]);

    internal static Row RowOf(FeedEvent happened, DateTimeOffset now) => new(
        SignOf(happened),
        happened.Kind == FeedKind.Switch ? happened.Action.Split(": ")[0] : $"{happened.CampaignName}{(happened.Demo ? " (demo)" : happened.Simulated ? " (simulated)" : "")}",
        happened.Kind == FeedKind.Switch ? happened.Action[(happened.Action.IndexOf(": ", StringComparison.Ordinal) + 1)..].Trim() : happened.Action,
        happened.Reason,
        happened.Impact ?? "",
        happened.Impact is not null,
        $"{Ages.Since(happened.At, now)}{ByOf(happened)}",
        happened.Severity >= Severity.High ? "attention" : "default")
    {
        Undo = happened.Undo?.Says ?? "",
        UndoTitle = happened.Undo?.Label ?? "",
    };

    /// <summary>Who, unless that is said already.</summary>
    private static string ByOf(FeedEvent happened) => $" by {happened.By}" is var by
        && ($" {happened.Reason}".Contains(by, StringComparison.OrdinalIgnoreCase) || $" {happened.Action}".Contains(by, StringComparison.OrdinalIgnoreCase)) ? "" : by;

    private static string SignOf(FeedEvent happened) => happened.Kind switch
    {
        FeedKind.Launch => "▶ launch",
        FeedKind.BidAdjustment => "⇅ bid",
        FeedKind.BudgetChange => "⇅ budget",
        FeedKind.CreativeRotation => "↻ creative",
        FeedKind.Pause => "‖ pause",
        FeedKind.Resume => "▶ resume",
        FeedKind.EmergencyStop => "■ emergency stop",
        FeedKind.Incident => "! incident",
        FeedKind.Approval => "· request",
        FeedKind.Switch => "■",
        FeedKind.Suggestion => "? suggestion",
        _ => "· note",
    };
}
