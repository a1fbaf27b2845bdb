using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>What happened while campaign time was moved ahead.</summary>
public sealed record FastForwardCard(string Title, string Times, ImmutableArray<string> Lines) : ICardView
{
    public string Template => "fast-forward";

    public string Fallback => $"{Title} ({Times}): {string.Join("; ", Lines)}";

    /// <param name="why">What cut it short; null when nothing did.</param>
    public static FastForwardCard Of(FastForwardSummary summary, string? why = null) => new(
        summary.CutFrom is { } wanted ? $"{Length(summary)} of {Ages.Of(wanted)}, then cut short" : $"{Length(summary)} later",
        $"{AccountTime.In(summary.Zone, summary.From)} → {AccountTime.In(summary.Zone, summary.To)} of campaign time",
        [
            .. summary.CutFrom is { } all ? [$"{why ?? "It was cut short."} {GoOn(all - (summary.To - summary.From))}"] : (string[])[],
            $"Simulated spend: {(summary.Spend.IsEmpty ? "nothing" : string.Join(", ", summary.Spend))}",
            $"Results: {ResultsOf(summary)}",
            $"Moves of the agent: {summary.Moves}",
            summary.Stops.IsEmpty ? "No emergency stop" : $"Stopped: {string.Join(", ", summary.Stops)}",
        ]);

    /// <summary>What nobody counted is unknown and not nought.</summary>
    private static string ResultsOf(FastForwardSummary summary)
    {
        var counted = string.Join(", ", summary.Results);
        var unknown = $"unknown of {string.Join(", ", summary.Uncounted)}";
        return (summary.Results.IsEmpty, summary.Uncounted.IsEmpty) switch
        {
            (true, true) => "none",
            (false, true) => counted,
            (true, false) => unknown,
            _ => $"{counted}, and {unknown}",
        };
    }

    private static string Length(FastForwardSummary summary) => Ages.Of(summary.To - summary.From);

    private static string GoOn(TimeSpan rest)
    {
        var minutes = Math.Max(5, (int)Math.Ceiling(rest.TotalMinutes));
        return $"Say \"fast forward {(minutes % 60 == 0 ? minutes / 60 : minutes)} {(minutes % 60 == 0 ? "hours" : "minutes")}\" to go on.";
    }
}
