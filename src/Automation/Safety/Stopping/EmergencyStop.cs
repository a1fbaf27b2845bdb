using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>
/// Carries out what the rules demand: incident first, then the network, then people, in every case. One incident for a
/// campaign and cause, whoever saw it; a pause that is not confirmed is tried again with every sweep.
/// </summary>
public sealed class EmergencyStop(
    IncidentBook book, StopPause pause, BidCut bidCut, IncidentVoice voice, IncidentReminders reminders, ICampaignStore campaigns, CampaignClock clock)
{
    /// <summary>Those of them that an open incident holds.</summary>
    public async Task<IReadOnlySet<CampaignId>> HeldAsync(IReadOnlyCollection<CampaignId> asked, CancellationToken cancellationToken) =>
        (await book.OpenOfAsync(asked, cancellationToken)).Select(open => open.Campaign).ToHashSet();

    /// <summary>
    /// Acts on the breaches among <paramref name="verdicts"/>; on none of a campaign that is stopped by now, since what was measured was before.
    /// True when the campaign must not be touched further in this turn.
    /// </summary>
    public async Task<bool> CarryOutAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        var breaches = verdicts.OfType<SafetyVerdict.Breach>().ToList();
        using var turn = await book.EnterOrPassAsync(now.Campaign.Id, cancellationToken);
        if (await PresentAsync(now.Campaign, cancellationToken) is { } present
            && (present.Status == CampaignStatus.Stopped || present.Status != now.Campaign.Status || present.LastResumedAt != now.Campaign.LastResumedAt || present.CapForToday != now.Campaign.CapForToday))
            return true;

        await CloseClearedAsync(now, verdicts, cancellationToken);

        if (breaches.Find(breach => breach.Remedy == Remedy.PauseCampaign) is { } stopping)
        {
            await StopAsync(now.Campaign, stopping, [.. breaches.Where(other => other != stopping)], cancellationToken);
            return true;
        }

        foreach (var breach in breaches)
            await SlowAsync(now, breach, cancellationToken);

        return breaches.Count > 0;
    }

    /// <summary>The same for one breach, for the agent's turn.</summary>
    public Task CarryOutAsync(Observation now, SafetyVerdict.Breach breach, CancellationToken cancellationToken) =>
        CarryOutAsync(now, [breach], cancellationToken);

    /// <summary>Stops a campaign because a person said <c>stop everything</c>, unless it is at rest by now.</summary>
    public async Task StopForPersonAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(campaign.Id, cancellationToken);
        if (await PresentAsync(campaign, cancellationToken) is not { MaySpend: false, Status: not CampaignStatus.Launching })
            await StopNowAsync(campaign, why, cancellationToken);
    }

    /// <summary>Stops what its network shows as running, whatever stands here.</summary>
    public async Task StopSeenAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(campaign.Id, cancellationToken);
        var held = (await book.OpenOfAsync(campaign.Id, cancellationToken)).FirstOrDefault(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true });
        if (held is null)
        {
            await StopNowAsync(campaign, why, cancellationToken);
            return;
        }

        const string Says = "the network shows it as active";
        await voice.StillRunningAsync(await pause.AgainAsync(held, campaign, Says, cancellationToken), Says, cancellationToken);
    }

    private async Task StopNowAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        var incident = await StopAsync(campaign, why, [], cancellationToken);
        if (!incident.PauseConfirmed && incident.Cause != why.Rule)
            await pause.TryAsync(incident, campaign, cancellationToken);
    }

    private async Task<Incident> StopAsync(
        Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others, CancellationToken cancellationToken)
    {
        var holding = (await book.OpenOfAsync(campaign.Id, cancellationToken))
            .FirstOrDefault(open => open.Remedy == Remedy.PauseCampaign && open.Cause != breach.Rule);
        if (holding is { PauseConfirmed: false, PauseAttempts: > 0 })
            return holding;

        if (holding is { PauseConfirmed: true } && campaign.Status == CampaignStatus.Stopped)
            return holding;

        var (incident, isNew) = await book.OpenAsync(Opened(campaign, breach, others), cancellationToken);
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

    private async Task SlowAsync(Observation now, SafetyVerdict.Breach breach, CancellationToken cancellationToken)
    {
        var (incident, isNew) = await book.OpenAsync(Opened(now.Campaign, breach, []), cancellationToken);
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
    private async Task CloseClearedAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
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

    /// <summary>The campaign as it is now, or null when it cannot be looked up: then what was handed over counts.</summary>
    private async Task<Campaign?> PresentAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        try
        {
            return await campaigns.FindAsync(campaign.Id, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return null;
        }
    }

    private Incident Opened(Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others)
    {
        var now = clock.GetUtcNow();
        return reminders.Begun(new Incident(
            IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, breach.Rule, breach.Remedy,
            breach.Remedy == Remedy.PauseCampaign ? Severity.Critical : Severity.High, breach.Evidence, now, IncidentState.Acting)
        {
            Notify = campaign.Spec.Automation.Notify,
            Result = ResultWord.Of(campaign),
            AtNetwork = campaign.Network.Campaign is { } there ? $"{campaign.Spec.Network} campaign {there}" : null,
            Simulated = campaign.IsSimulated,
            Notes = [.. others.Select(other => new IncidentNote(now, PersonId.Monitor, $"also {RuleWords.Of(other.Rule, ResultWord.Of(campaign))}: {other.Evidence.Words}"))],
        });
    }

}
