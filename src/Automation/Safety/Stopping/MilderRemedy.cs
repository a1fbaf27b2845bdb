using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>What is done short of a pause: the bid is cut or people are told, and the incident closes itself when its rule is clear again.</summary>
public sealed class MilderRemedy(IncidentBook book, IncidentOpening opening, BidCut bidCut, IncidentVoice voice)
{
    public async Task CarryOutAsync(Observation now, SafetyVerdict.Breach breach, CancellationToken cancellationToken)
    {
        var (incident, isNew) = await opening.OpenAsync(now.Campaign, breach, [], cancellationToken);
        if (breach.Remedy == Remedy.ReduceBid && await bidCut.TryAsync(now, incident, cancellationToken) is { } says)
        {
            incident = await book.ChangeAsync(
                incident, open => open with { State = IncidentState.Open, BidCut = says, Notes = open.Notes.Add(new IncidentNote(now.Now, PersonId.Monitor, says)) }, cancellationToken);
            await voice.NoteAsync(incident, FeedKind.BidAdjustment, Severity.High, says, IncidentVoice.Because(incident), PersonId.Monitor, cancellationToken);
        }

        if (!isNew)
            return;

        incident = await book.ChangeAsync(incident, open => open with { State = IncidentState.Open }, cancellationToken);
        await voice.OpenedAsync(incident, breach.Remedy == Remedy.ReduceBid ? $"costs too much per {ResultWord.Of(now.Campaign).One}" : "cannot be seen properly", cancellationToken);
    }

    /// <summary>What only told people closes itself when the rule is clear again.</summary>
    public async Task CloseClearedAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        if (!verdicts.Any(verdict => verdict is SafetyVerdict.Clear))
            return;

        foreach (var open in (await book.OpenOfAsync(now.Campaign.Id, cancellationToken)).Where(open => open.Remedy != Remedy.PauseCampaign))
        {
            if (!verdicts.Any(verdict => verdict is SafetyVerdict.Clear && verdict.Rule == open.Cause))
                continue;

            var closed = await book.ChangeAsync(
                open, found => found with { State = IncidentState.Closed, ClosedAt = now.Now, Resolution = "clear again by itself" }, cancellationToken);
            await voice.NoteAsync(closed, FeedKind.Incident, Severity.Low, "clear again, incident closed", closed.CauseWords, PersonId.Monitor, cancellationToken);
        }
    }
}
