using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>The last decisions of a campaign: what was seen, done, and left out and why.</summary>
public sealed record WhyCard(string Title, ImmutableArray<WhyCard.Turn> Turns) : ICardView
{
    /// <param name="Lines">Done, trimmed and not taken, one each.</param>
    public sealed record Turn(string When, string Says, string Saw, ImmutableArray<string> Lines);

    public string Template => "why";

    public string Fallback => $"{Title}: {string.Join(" | ", Turns.Select(turn => $"{turn.When}: {turn.Says} ({turn.Saw}) {string.Join("; ", turn.Lines)}"))}";

    public static WhyCard Of(Campaign campaign, IReadOnlyList<Decision> decisions, DateTimeOffset now) =>
        new($"Why: {campaign.Name} ({campaign.Handle})", [.. decisions.Select(decision => Of(decision, ResultWord.Of(campaign), now))]);

    private static Turn Of(Decision decision, ResultWord result, DateTimeOffset now) => new(
        Ages.Since(decision.At, now), decision.Says, Saw(decision.Saw, result, now),
        [
            .. decision.Done.Select(act => $"Done: {Move(act.Proposal)}, {act.Outcome}{(act.Confirmed ? ", confirmed" : ", NOT confirmed")} — {act.Proposal.Because}"),
            .. decision.Trimmed.Select(trim => $"{(trim.Allowed is null ? "Not taken" : "Shortened")} by {trim.Rail}: {trim.Lever} to {trim.Wanted}{(trim.Allowed is { } allowed ? $", allowed {allowed}" : "")} — {trim.Says}"),
            .. decision.Verdicts.Select(Verdict).OfType<string>(),
        ]);

    private static string Move(Proposal move) => $"{(move.Lever == Lever.Bid ? "bid" : "daily budget")} {move.From} → {move.To}";

    private static string Saw(Seen saw, ResultWord result, DateTimeOffset now)
    {
        var age = saw.DataAsOf is { } asOf ? $", as of {Ages.Since(asOf, now)}" : "";
        return $"{saw.State}{age}: spend {Or(saw.SpendToday)}, {(saw.ResultsToday is { } count ? result.Counted(count) : $"{result.Many} unknown")}, revenue {Or(saw.RevenueToday)}, budget {saw.DailyBudget}, bid {saw.Bid?.ToString() ?? "the network's"}";
    }

    private static string Or(Automation.Values.Money? amount) => amount?.ToString() ?? "unknown";

    private static string? Verdict(SafetyVerdict verdict) => verdict switch
    {
        SafetyVerdict.Breach breach => $"Breach of {breach.Rule}: {breach.Evidence.Measure} {breach.Evidence.Measured}, limit {breach.Evidence.Limit}",
        SafetyVerdict.Warning warning => $"Close to {warning.Rule}: {warning.Evidence.Measure} {warning.Evidence.Measured}, limit {warning.Evidence.Limit}",
        SafetyVerdict.Unknown unknown => $"Cannot tell {unknown.Rule}: {unknown.Why}",
        SafetyVerdict.NotWatching idle => $"Not watching {idle.Rule} yet: {idle.Until}",
        _ => null,
    };
}
