using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Closes incidents of stops that are over without anybody having said so: the program ended in the middle of what ended them.</summary>
public sealed class EndedStops(IncidentBook book, IncidentVoice voice, NetworkGate gate, SettledResume settled, CampaignClock clock)
{
    /// <summary>Whether the incident is closed now.</summary>
    /// <param name="isAlone">The caller has the campaign's turn: nobody is in the middle of resuming it.</param>
    public async Task<bool> CloseAsync(Incident open, Campaign stopped, bool isAlone, CancellationToken cancellationToken)
    {
        if (stopped.Status == CampaignStatus.Failed)
            return await CloseAsync(open, "the launch was taken back, nothing of it runs", cancellationToken);

        if (WasEnded(open, stopped))
            return await CloseAsync(open, "the campaign was resumed", cancellationToken);

        if (!isAlone || await ResumeOfAsync(open, stopped, cancellationToken) is not { } resume)
            return false;

        await settled.RememberAsync(resume, stopped, cancellationToken);
        return true;
    }

    /// <summary>A resume let the campaign run, and the end of the incident was not written any more.</summary>
    private static bool WasEnded(Incident open, Campaign campaign) => open is { PauseConfirmed: true, ConfirmedAt: { } confirmed }
        && campaign is { MaySpend: true, ResumedFrom: { } from }
        && from.At >= confirmed && from.Causes.Contains(open.Cause);

    /// <summary>
    /// One that its network confirmed, and that was taken into our record as far as that the campaign runs: the program ended twice, the second time
    /// while it found out what had come of the resume. The campaign would run with an incident open, and whoever says "resume" hear that it runs already.
    /// </summary>
    private async Task<CommandIntent?> ResumeOfAsync(Incident open, Campaign campaign, CancellationToken cancellationToken) =>
        campaign.MaySpend && open.PauseConfirmed
        && await gate.FindResumeAsync(open.Id, open.Campaign, open.ConfirmedAt ?? open.OpenedAt, cancellationToken) is { State: IntentState.Confirmed } resume
            ? resume
            : null;

    private async Task<bool> CloseAsync(Incident open, string says, CancellationToken cancellationToken)
    {
        var closed = await book.ChangeAsync(
            open, found => found with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = says }, cancellationToken);
        await voice.NoteAsync(closed, FeedKind.Incident, Severity.Low, $"incident closed: {says}", IncidentVoice.Because(closed), PersonId.Monitor, cancellationToken);
        return true;
    }
}
