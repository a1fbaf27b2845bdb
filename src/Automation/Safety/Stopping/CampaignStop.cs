using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>One campaign's stop: incident first, then the pause, then people. Its caller has the campaign's turn.</summary>
public sealed class CampaignStop(IncidentBook book, IncidentOpening opening, StopPause pause, IncidentVoice voice)
{
    /// <summary>Under the incident that holds it already, or a new one.</summary>
    public async Task<Incident> CarryOutAsync(
        Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others, CancellationToken cancellationToken)
    {
        var holding = (await book.KnownOfAsync(campaign.Id, cancellationToken))
            .FirstOrDefault(open => open.Remedy == Remedy.PauseCampaign && open.Cause != breach.Rule);
        if (holding is { PauseConfirmed: false, PauseAttempts: > 0 })
            return holding;

        if (holding is { PauseConfirmed: true } && campaign.Status == CampaignStatus.Stopped)
            return holding;

        var (incident, isNew) = await opening.OpenAsync(campaign, breach, others, cancellationToken);
        if (!isNew && incident is { State: IncidentState.Acting, Remedy: Remedy.PauseCampaign, PauseAttempts: > 0 })
            return incident;

        // One that was confirmed and finds its campaign running again, or that only told people so far, has to be carried out now.
        if (!isNew)
            incident = await book.ChangeAsync(incident, open => Acting(open, breach), cancellationToken);

        incident = await pause.TryAsync(incident, campaign, cancellationToken);
        if (incident.Cause != SafetyRules.StopEverything || !incident.PauseConfirmed)
            await voice.StoppedAsync(incident, campaign, IncidentVoice.WhyNotPaused(incident), cancellationToken);

        return incident;
    }

    private static Incident Acting(Incident open, SafetyVerdict.Breach breach) => open with
    {
        State = IncidentState.Acting,
        PauseConfirmed = false,
        PauseRound = open.PauseRound + (open.PauseConfirmed ? 1 : 0),
        Remedy = breach.Remedy,
        Severity = Severity.Critical,
        Evidence = breach.Evidence,
    };

    /// <summary>Also under an incident of another cause, whose pause is tried at once.</summary>
    public async Task NowAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        var incident = await CarryOutAsync(campaign, why, [], cancellationToken);
        if (!incident.PauseConfirmed && incident.Cause != why.Rule)
            await pause.TryAsync(incident, campaign, cancellationToken);
    }

    /// <summary>What its network shows as running, whatever stands here.</summary>
    public async Task SeenAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        var held = (await book.OpenOfAsync(campaign.Id, cancellationToken)).FirstOrDefault(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true });
        if (held is null)
        {
            await NowAsync(campaign, why, cancellationToken);
            return;
        }

        const string Says = "the network shows it as active";
        await voice.StillRunningAsync(await pause.AgainAsync(held, campaign, Says, cancellationToken), Says, cancellationToken);
    }
}
