using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>How a campaign is judged now, and the agent's last decisions: seen, judged, wanted, held back and by what, allowed, done.</summary>
/// <param name="Looks">When the agent looked last and since when nothing is new, or why it does not look.</param>
public sealed record WhyCard(string Title, string Looks, ImmutableArray<WhyCard.Turn> Turns) : ICardView
{
    /// <param name="Lines">What was judged, wanted, held back, allowed and done, one each.</param>
    public sealed record Turn(string When, string Says, string Saw, ImmutableArray<string> Lines);

    public string Template => "why";

    public string Fallback => $"{Title}: {Looks} {string.Join(" | ", Turns.Select(turn => $"{turn.When}: {turn.Says} ({turn.Saw}) {string.Join("; ", turn.Lines)}"))}".TrimEnd();

    /// <param name="since">Since when it stands still, to follow the words for that; empty when not known.</param>
    /// <param name="unpaused">An emergency whose pause is not confirmed yet.</param>
    public static WhyCard Of(CampaignTrace trace, TimeZoneInfo zone, string since = "", Incident? unpaused = null)
    {
        var result = ResultWord.Of(trace.Campaign);
        var turns = trace.Decisions.Select(decision => Of(decision, result, trace.At, zone));
        return new WhyCard(
            $"Why: {trace.Campaign.Name} ({trace.Campaign.Handle}{(trace.Campaign.IsSimulated ? ", simulated" : "")})", $"{StandsOf(trace.Campaign, zone, since, unpaused)}{LooksOf(trace, zone)}",
            [.. trace is { Now: { } now, Campaign.MaySpend: true } ? turns.Prepend(Judged(trace, now, result, zone)) : turns]);
    }

    /// <summary>What holds now comes first where it does not run or should not; nothing otherwise.</summary>
    private static string StandsOf(Campaign campaign, TimeZoneInfo zone, string since, Incident? unpaused) => campaign.Status switch
    {
        _ when unpaused is not null => $"{IncidentCard.StandsOf(unpaused)} ({unpaused.Handle}). ",
        CampaignStatus.Active => "",
        CampaignStatus.Stopped => $"It is {LaunchingCard.StatusOf(campaign, zone)}{since}: say \"resume {campaign.Handle}\" to have it judged again. ",
        _ => $"It is {LaunchingCard.StatusOf(campaign, zone)}{since}. ",
    };

    private static string LooksOf(CampaignTrace trace, TimeZoneInfo zone)
    {
        var campaign = trace.Campaign;
        if (!campaign.Spec.Automation.Enabled)
            return "The agent is off for it. The emergency monitor watches whatever may spend.";

        if (campaign.TakenOver)
            return $"The agent leaves it alone until you say \"hand back {campaign.Handle}\". The emergency monitor watches whatever may spend.";

        if (!trace.IsManaged)
            return "The agent takes no turns over it meanwhile.";

        if ((trace.LookedAt ?? trace.Decisions.FirstOrDefault(decision => !decision.Missed)?.At) is not { } looked)
            return "The agent has not looked yet; its first turn comes within minutes.";

        return trace.Decisions.FirstOrDefault()?.At is { } decided && decided < looked
            ? $"Nothing new since {AccountTime.Near(zone, decided, trace.At)}; the agent last looked {Ages.Since(looked, trace.At)}."
            : $"The agent last looked {Ages.Since(looked, trace.At)}.";
    }

    private static Turn Judged(CampaignTrace trace, Observation now, ResultWord result, TimeZoneInfo zone)
    {
        var past = Named<SafetyVerdict.Breach>(trace.Verdicts, result);
        var close = Named<SafetyVerdict.Warning>(trace.Verdicts, result);
        var unknown = Named<SafetyVerdict.Unknown>(trace.Verdicts, result);
        var says = past.Length > 0 ? $"past its limit: {past}" : close.Length > 0 ? $"close to its limit: {close}" : unknown.Length > 0 ? $"cannot be told: {unknown}" : "nothing is past a limit";
        return new Turn("Now", says, Saw(Seen.In(now), result, trace.At), [
            $"Money: {ExposureWords.Of(ExposureProjection.Of(now))}",
            .. Judgements(trace.Verdicts, result, all: true),
            .. Enum.GetValues<ForecastSpan>().SelectMany(span => ForecastWords.Lines(trace.Forecasts, span, result, trace.At, zone)),
        ]);
    }

    private static string Named<TVerdict>(ImmutableArray<SafetyVerdict> verdicts, ResultWord result) where TVerdict : SafetyVerdict =>
        string.Join(", ", verdicts.OfType<TVerdict>().Select(verdict => RuleWords.Of(verdict.Rule, result)));

    private static Turn Of(Decision decision, ResultWord result, DateTimeOffset now, TimeZoneInfo zone) => new(
        Ages.Since(decision.At, now), decision.Says, Saw(decision.Saw, result, now),
        [
            .. Judgements(decision.Verdicts, result, all: false),
            .. decision.Foresees.Where(foreseen => foreseen.Span == ForecastSpan.Hour).Select(foreseen => ForecastWords.Ahead(foreseen, decision.Saw.DailyBudget.Currency, result, now, zone)),
            .. decision.Wanted.Select(move => $"Wanted: {TurnWords.Move(move)}, because {move.Because}"),
            .. decision.Trimmed.Select(Held),
            .. ConsentOf(decision),
            .. decision.Rules is { } rules ? [$"Rules: version {rules}"] : Array.Empty<string>(),
            .. decision.Done.Select(act => act.Confirmed ? $"Done: {TurnWords.Move(act.Proposal)}, confirmed by the network" : $"Not done: {TurnWords.Move(act.Proposal)}: {act.Outcome}"),
        ]);

    internal static string Held(Trim trim)
    {
        var lever = TurnWords.Lever(trim.Lever);
        var by = RailNames.InWords(trim.Rail);
        if (trim.Lever == Lever.Running)
            return $"Not taken: the campaign to be paused ({by}: {trim.Says})";

        if (trim.Lever == Lever.Creative)
            return $"Not taken: an ad to be paused ({by}: {trim.Says})";

        return trim.Allowed is { } allowed
            ? $"Shortened: {lever} to {allowed} instead of {trim.Wanted} ({by}: {trim.Says})"
            : $"Not taken: {lever} to {trim.Wanted} ({by}: {trim.Says})";
    }

    private static IEnumerable<string> ConsentOf(Decision decision)
    {
        if (decision.Wanted.IsEmpty)
            return decision.Missed || decision.Verdicts.OfType<SafetyVerdict.Breach>().Any() ? [] : ["Wanted: no move"];

        return decision.Consent switch
        {
            Autonomy.Act when !decision.Done.IsEmpty => ["Allowed: it acts by itself here"],
            Autonomy.Suggest when decision.By is { } by => [$"Answered by {by}"],
            Autonomy.Suggest => ["Allowed: only to suggest; a person decides"],
            Autonomy.Shadow => ["Allowed: only to say what it would have done"],
            _ => [],
        };
    }

    private static IEnumerable<string> Judgements(ImmutableArray<SafetyVerdict> verdicts, ResultWord result, bool all)
    {
        foreach (var verdict in verdicts)
        {
            var rule = RuleWords.Of(verdict.Rule, result);
            if (verdict is SafetyVerdict.Breach { Evidence: var past })
                yield return $"Past its limit: {rule}: {past.Words}";

            if (verdict is SafetyVerdict.Warning { Evidence: var close })
                yield return $"Close to its limit: {rule}: {close.Words}";

            if (verdict is SafetyVerdict.Unknown { Why: var why })
                yield return $"Cannot be told: {rule}: {why}";
        }

        var clear = verdicts.OfType<SafetyVerdict.Clear>().ToList();
        if (clear.Count > 0)
            yield return all ? $"Fine: {string.Join(", ", clear.Select(verdict => RuleWords.Of(verdict.Rule, result)))}" : $"Judged: {clear.Count} of {verdicts.Length} limits fine";

        var idle = verdicts.OfType<SafetyVerdict.NotWatching>().ToList();
        if (all && idle.Count > 0)
            yield return $"Not watched yet: {string.Join("; ", idle.Select(verdict => $"{RuleWords.Of(verdict.Rule, result)} (until {verdict.Until})"))}";
    }

    private static string Saw(Seen saw, ResultWord result, DateTimeOffset now)
    {
        var age = saw.DataAsOf is { } asOf ? $", as of {Ages.Since(asOf, now)}" : "";
        var results = saw.ResultsToday is { } count ? result.Counted(count) : $"{result.Many} unknown";
        return $"{Figures(saw.State)}{age}: spend {Or(saw.SpendToday)}, {results}, revenue {Or(saw.RevenueToday)}, budget {saw.DailyBudget}, bid {saw.Bid?.ToString() ?? "the network's"}";
    }

    private static string Figures(DataState state) => state switch
    {
        DataState.Fresh => "Fresh figures",
        DataState.Late => "Figures later than usual",
        DataState.Stale => "Old figures",
        DataState.None => "No figures yet",
        DataState.Impossible => "The last figures that can be right",
        _ => throw new InvalidOperationException($"{state} has no words."),
    };

    private static string Or(Money? amount) => amount?.ToString() ?? "unknown";
}
