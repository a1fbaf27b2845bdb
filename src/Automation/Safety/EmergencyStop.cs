using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>
/// Carries out what the rules demand: incident first, then the network, then people, in every case. One incident for a
/// campaign and cause, whoever saw it; a pause that is not confirmed is tried again with every sweep.
/// </summary>
public sealed partial class EmergencyStop(
    IncidentBook book, StopPause pause, BidCut bidCut, IncidentVoice voice, IncidentReminders reminders, ICampaignStore campaigns, CampaignClock clock,
    ILogger<EmergencyStop> logger) : IDisposable
{
    /// <summary>Money that moves this much after a confirmed pause did not come from late reports. 2 % of the cap.</summary>
    private const decimal SpendAfterPause = 0.02m;

    /// <summary>Incidents that are looked after at a time: one network that hangs keeps the others waiting for no longer than one pause takes.</summary>
    private const int TendedAtOnce = 16;

    private readonly SemaphoreSlim _tending = new(1, 1);

    /// <summary>Acts on the breaches among <paramref name="verdicts"/>. True when the campaign must not be touched further in this turn.</summary>
    public async Task<bool> CarryOutAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        var breaches = verdicts.OfType<SafetyVerdict.Breach>().ToList();
        using var turn = await book.EnterAsync(now.Campaign.Id, cancellationToken);
        if (await PresentAsync(now.Campaign, cancellationToken) is { } present
            && (present.Status != now.Campaign.Status || present.LastResumedAt != now.Campaign.LastResumedAt || present.CapForToday != now.Campaign.CapForToday))
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

    /// <summary>Stops a campaign because a person said <c>stop everything</c>. Whether the pause is confirmed.</summary>
    public async Task<bool> StopForPersonAsync(Campaign campaign, SafetyVerdict.Breach why, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterAsync(campaign.Id, cancellationToken);
        if (await PresentAsync(campaign, cancellationToken) is { MaySpend: false })
            return true;

        var incident = await StopAsync(campaign, why, [], cancellationToken);
        if (!incident.PauseConfirmed && incident.Cause != why.Rule)
            incident = await pause.TryAsync(incident, campaign, cancellationToken);

        return incident.PauseConfirmed;
    }

    /// <summary>Writes what was held back while the database was away.</summary>
    public Task BeginSweepAsync(CancellationToken cancellationToken) => book.CatchUpAsync(cancellationToken);

    /// <summary>Campaigns that stand still because of an open incident.</summary>
    public async Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new List<Campaign>();
        foreach (var incident in (await book.OpenAsync(cancellationToken)).Where(open => open.Remedy == Remedy.PauseCampaign))
        {
            if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is { Status: CampaignStatus.Stopped } campaign)
                stopped.Add(campaign);
        }

        return stopped;
    }

    /// <summary>Sees to it that what was paused stays so: its status, and money that still moves.</summary>
    public async Task WatchStoppedAsync(Observation now, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterAsync(now.Campaign.Id, cancellationToken);
        var holding = (await book.OpenAsync(cancellationToken))
            .FirstOrDefault(open => open.Campaign == now.Campaign.Id && open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true, ConfirmedAt: not null });
        if (holding is null || now.Reading is not { } reading || now.FailuresInARow > 0 || await IsResumedAsync(now.Campaign, cancellationToken))
            return;

        var says = reading.Settings.Status == NetworkStatus.Active
            ? "the network shows it as active"
            : GrownSince(now, holding.ConfirmedAt!.Value) is { } grown ? $"{grown} was spent after the pause was confirmed" : null;
        if (says is null)
            return;

        var acting = await book.ChangeAsync(
            holding,
            open => open with
            {
                State = IncidentState.Acting, PauseConfirmed = false, PauseRound = open.PauseRound + 1,
                Notes = open.Notes.Add(new IncidentNote(now.Now, PersonId.Monitor, says)),
            },
            cancellationToken);
        await voice.StillRunningAsync(await pause.TryAsync(acting, now.Campaign, cancellationToken), says, cancellationToken);
    }

    /// <summary>
    /// Unconfirmed pauses again, also one that a crash kept from being tried, and whoever has to be reminded. Side by side; a round that is
    /// under way is not waited for.
    /// </summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        if (!await _tending.WaitAsync(TimeSpan.Zero, cancellationToken))
            return;

        try
        {
            await Parallel.ForEachAsync(
                await book.OpenAsync(cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = TendedAtOnce, CancellationToken = cancellationToken },
                async (incident, token) => await TendAsync(incident, token));
        }
        finally
        {
            _tending.Release();
        }
    }

    public void Dispose() => _tending.Dispose();

    private async Task TendAsync(Incident incident, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await book.EnterAsync(incident.Campaign, cancellationToken);
            if (await book.FindAsync(incident.Id, cancellationToken) is not { } open || open.State == IncidentState.Closed)
                return;

            if (open is { State: IncidentState.Acting, Remedy: Remedy.PauseCampaign }
                && await campaigns.FindAsync(open.Campaign, cancellationToken) is { } campaign)
            {
                var first = open.PauseAttempts == 0;
                open = await pause.TryAsync(open, campaign, cancellationToken);
                if (first)
                    await voice.StoppedAsync(open, campaign, WhyNotPaused(open), cancellationToken);
                else if (open.PauseConfirmed)
                    await voice.PausedAtLastAsync(open, cancellationToken);
            }

            await reminders.RemindAsync(open, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTended(incident.Handle, fault);
        }
    }

    private async Task<Incident> StopAsync(
        Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others, CancellationToken cancellationToken)
    {
        var holding = (await book.OpenAsync(cancellationToken))
            .FirstOrDefault(open => open.Campaign == campaign.Id && open.Remedy == Remedy.PauseCampaign && open.Cause != breach.Rule);
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
            await voice.StoppedAsync(incident, campaign, WhyNotPaused(incident), cancellationToken);

        return incident;
    }

    private static string? WhyNotPaused(Incident incident) => incident.PauseConfirmed ? null : incident.Notes.LastOrDefault()?.Says;

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

        foreach (var open in (await book.OpenAsync(cancellationToken)).Where(open => open.Campaign == now.Campaign.Id && open.Remedy != Remedy.PauseCampaign))
        {
            if (!verdicts.Any(verdict => verdict is SafetyVerdict.Clear && verdict.Rule == open.Cause))
                continue;

            var closed = await book.ChangeAsync(
                open, found => found with { State = IncidentState.Closed, ClosedAt = now.Now, Resolution = "clear again by itself" }, cancellationToken);
            await voice.NoteAsync(closed, FeedKind.Incident, Severity.Low, "clear again, incident closed", closed.Cause.Value, PersonId.Monitor, cancellationToken);
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

    private async Task<bool> IsResumedAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(campaign.Id, cancellationToken) is { Status: not CampaignStatus.Stopped };

    private static Money? GrownSince(Observation now, DateTimeOffset confirmed)
    {
        // What a network reports late was spent before: only figures that count beyond the pause by the usual age tell.
        var from = confirmed + (now.Profile.UsualReportAge.Value * SafetyLimits.StaleAges);
        var seen = Timeline.Of(now, sinceResume: false);
        if (seen.IsEmpty || seen.Last.At <= from || seen.First.At >= from)
            return null;

        var grown = now.Account.Currency.Of((decimal)(seen.Last.Spend - seen.SpendAt(from)));
        return grown > now.Cap * SpendAfterPause ? grown : null;
    }

    private Incident Opened(Campaign campaign, SafetyVerdict.Breach breach, IReadOnlyList<SafetyVerdict.Breach> others)
    {
        var now = clock.GetUtcNow();
        return reminders.Begun(new Incident(
            IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, breach.Rule, breach.Remedy,
            breach.Remedy == Remedy.PauseCampaign ? Severity.Critical : Severity.High, breach.Evidence, now, IncidentState.Acting)
        {
            Notify = campaign.Spec.Automation.Notify,
            Notes = [.. others.Select(other => new IncidentNote(now, PersonId.Monitor, $"also {other.Rule}: {other.Evidence.Measure} {other.Evidence.Measured}, limit {other.Evidence.Limit}"))],
        });
    }

    [LoggerMessage(EventId = 233, Level = LogLevel.Error, Message = "Incident {Incident} could not be looked after in this round.")]
    private partial void NotTended(string incident, Exception fault);
}
