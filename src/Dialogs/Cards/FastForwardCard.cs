using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>What happened while campaign time was moved ahead.</summary>
public sealed record FastForwardCard(string Title, string Times, ImmutableArray<string> Lines) : ICardView
{
    public string Template => "fast-forward";

    public string Fallback => $"{Title} ({Times}): {string.Join("; ", Lines)}";

    public static FastForwardCard Of(FastForwardSummary summary) => new(
        $"{Ages.Of(summary.To - summary.From)} later",
        $"{summary.From.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} → {summary.To.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC of campaign time",
        [
            $"Spend: {(summary.Spend.IsEmpty ? "nothing" : string.Join(", ", summary.Spend))}",
            $"Results: {(summary.Results.IsEmpty ? "none" : string.Join(", ", summary.Results))}",
            $"Moves of the agent: {summary.Moves}",
            summary.Stops.IsEmpty ? "No emergency stop" : $"Stopped: {string.Join(", ", summary.Stops)}",
        ]);
}
