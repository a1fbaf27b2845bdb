using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>
/// Judges a stopped campaign again when figures came that the stop could not know: results for money from before it, or readings after a time without any.
/// Where what stopped it no longer holds and no rule speaks against it, the resume is proposed to people, once for each incident. It resumes nothing.
/// </summary>
public sealed class ResumeProposals(IncidentBook book, ResumeCheck check, ResumeOutlook outlook, Observer observer, IncidentVoice voice)
{
    private static readonly RuleId StaleReading = new("stale-reading");

    /// <summary>Causes whose figures may come late, or that counted more than was spent. What was spent too much or too fast stays spent, whatever is reported later.</summary>
    private static readonly IReadOnlyList<RuleId> MayBeLate = [.. SafetyRules.BeginAnew, StaleReading, SafetyRules.NetworkErrors, .. StopJudgedAnew.Rules];

    /// <summary>For judging only: the agent may nothing.</summary>
    private static readonly Person Nobody = new(PersonId.Agent, WorkspaceId.Local, "the agent", []);

    /// <returns>How many were proposed.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var proposed = 0;
        foreach (var open in (await book.OpenAsync(cancellationToken)).Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true, ResumeProposal: null, Demo: false } && MayBeLate.Contains(open.Cause)))
        {
            if (await SeenAsync(open, cancellationToken) is not { } seen)
                continue;

            var kept = await book.ChangeAsync(
                open,
                found => found.State == IncidentState.Closed || found.ResumeProposal is not null ? found : found with
                {
                    ResumeProposal = new ResumeProposal(now, [.. seen]), Notes = found.Notes.Add(new IncidentNote(now, PersonId.Agent, $"judged again and proposed to resume: {seen[0]}")),
                },
                cancellationToken);
            if (kept.ResumeProposal?.At != now)
                continue;

            await voice.NoteAsync(kept, FeedKind.Incident, Severity.High, "judged again; the agent proposes to resume", string.Join("; ", seen), PersonId.Agent, cancellationToken);
            proposed++;
        }

        return proposed;
    }

    /// <summary>What speaks for a resume, in sentences; null where not everything does.</summary>
    private async Task<IReadOnlyList<string>?> SeenAsync(Incident open, CancellationToken cancellationToken)
    {
        var (campaign, nothing) = await check.StoppedAsync(open, cancellationToken);
        if (campaign is null || nothing is not null || campaign.Status != CampaignStatus.Stopped)
            return null;

        // Others that are open are reasons of their own.
        if ((await check.OthersAsync(open, cancellationToken)).Count > 0)
            return null;

        var judged = await check.JudgeAsync(campaign, open, [], Nobody, cancellationToken);
        if (judged.Objection is not null || (await outlook.WarningsAsync(open, cancellationToken)).Count > 0)
            return null;

        var seen = await observer.LatestAsync(campaign, cancellationToken);
        var found = open.Cause == StaleReading || open.Cause == SafetyRules.NetworkErrors ? Answered(seen)
            : StopJudgedAnew.Rules.Contains(open.Cause) ? StopJudgedAnew.Says(open, seen)
            : LateResults(open, seen);
        return found is null ? null : [found, $"{CapitalOf(open.CauseWords)} no longer holds, and every other rule is clear", .. Money(judged)];
    }

    private static string? Answered(Observation seen) => seen is { State: DataState.Fresh, HighestSpendToday: { } spent } && spent < seen.Cap
        ? $"figures are fresh again and show {spent} spent today, where the worst case was above {seen.Cap}"
        : null;

    /// <summary>Results of the day of the stop that were reported after it.</summary>
    private static string? LateResults(Incident open, Observation seen)
    {
        var word = ResultWord.Of(seen.Campaign);
        var before = seen.History.LastOrDefault(kept => kept.ReadAt <= (open.ConfirmedAt ?? open.OpenedAt))?.Reading.Today;
        if (before is null || word.In(before) is not { } then || StopJudgedAnew.Of(seen, before.Day) is not { } later || word.In(later) is not { } now || now <= then)
            return null;

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{word.Counted(now - then)} more {(now - then == 1 ? "was" : "were")} reported for the day of the stop ({word.Counted(then)} then, {word.Counted(now)} now), for money from before it");
    }

    private static IEnumerable<string> Money(ResumeJudgement judged) => judged is { Spent: { } spent, Worst: { } worst }
        ? [$"{spent} is spent today; resumed, it is stopped again at {worst.Cap}, and at worst {worst.Most} is spent by midnight"]
        : [];

    private static string CapitalOf(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}";
}
