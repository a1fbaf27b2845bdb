using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Stopping;

/// <summary>Sees to it that what was stopped stands still, and that people hear of it until somebody has it.</summary>
public sealed partial class StopKeeper(
    IncidentBook book, StopPause pause, IncidentVoice voice, IncidentReminders reminders, EndedStops ended, ICampaignStore campaigns,
    ILogger<StopKeeper> logger) : IDisposable
{
    /// <summary>Money that moves this much after a confirmed pause did not come from late reports. 2 % of the cap.</summary>
    private const decimal SpendAfterPause = 0.02m;

    /// <summary>Incidents that are looked after at a time: one network that hangs keeps the others waiting for no longer than one pause takes.</summary>
    private const int TendedAtOnce = 16;

    private readonly SemaphoreSlim _tending = new(1, 1);

    /// <summary>Writes what was held back while the database was away.</summary>
    public Task BeginSweepAsync(CancellationToken cancellationToken) => book.CatchUpAsync(cancellationToken);

    /// <summary>Campaigns that stand still because of an open incident.</summary>
    public async Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken)
    {
        var held = (await book.OpenAsync(cancellationToken)).Where(open => open.Remedy == Remedy.PauseCampaign).Select(open => open.Campaign).ToHashSet();
        return held.Count == 0 ? [] : [.. (await campaigns.StoppedAsync(cancellationToken)).Where(campaign => held.Contains(campaign.Id))];
    }

    /// <summary>Sees to it that what was paused stays so: its status, and money that still moves.</summary>
    public async Task WatchStoppedAsync(Observation now, CancellationToken cancellationToken)
    {
        using var turn = await book.EnterOrPassAsync(now.Campaign.Id, cancellationToken);
        var holding = (await book.OpenOfAsync(now.Campaign.Id, cancellationToken))
            .FirstOrDefault(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true, ConfirmedAt: not null });
        if (holding is null || now.Reading is not { } reading || now.FailuresInARow > 0 || await IsResumedAsync(now.Campaign, cancellationToken))
            return;

        var says = reading.Settings.Status == NetworkStatus.Active
            ? "the network shows it as active"
            : GrownSince(now, holding.ConfirmedAt!.Value) is { } grown ? $"{grown} was spent after the pause was confirmed" : null;
        if (says is null || await pause.IsBeingResumedAsync(holding, cancellationToken))
            return;

        await voice.StillRunningAsync(await pause.AgainAsync(holding, now.Campaign, says, cancellationToken), says, cancellationToken);
    }

    /// <summary>
    /// Unconfirmed pauses again, also one that a crash kept from being tried, and whoever has to be reminded. Side by side; a round that is
    /// under way is not waited for.
    /// </summary>
    /// <param name="which">Null for all that are open.</param>
    public async Task TendAsync(Func<Incident, bool>? which, CancellationToken cancellationToken)
    {
        if (!await _tending.WaitAsync(TimeSpan.Zero, cancellationToken))
            return;

        try
        {
            await Parallel.ForEachAsync(
                (await book.OpenAsync(cancellationToken)).Where(open => which?.Invoke(open) ?? true),
                new ParallelOptions { MaxDegreeOfParallelism = TendedAtOnce, CancellationToken = cancellationToken },
                async (incident, token) => await TendAsync(incident, token));
        }
        finally
        {
            _tending.Release();
        }
    }

    /// <summary>Pauses that are not confirmed.</summary>
    public async Task<IReadOnlyList<Incident>> UnconfirmedAsync(CancellationToken cancellationToken) =>
        [.. (await book.OpenAsync(cancellationToken)).Where(IsUnconfirmed)];

    public static bool IsUnconfirmed(Incident open) => open is { Remedy: Remedy.PauseCampaign, State: IncidentState.Acting, PauseConfirmed: false };

    public void Dispose() => _tending.Dispose();

    private async Task TendAsync(Incident incident, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await book.EnterOrPassAsync(incident.Campaign, cancellationToken);
            if (await book.FindAsync(incident.Id, cancellationToken) is not { } open || open.State == IncidentState.Closed)
                return;

            var stopping = open.Remedy == Remedy.PauseCampaign ? await campaigns.FindAsync(open.Campaign, cancellationToken) : null;
            if (stopping is not null && await ended.CloseAsync(open, stopping, isAlone: turn is not null, cancellationToken))
                return;

            if (open.State == IncidentState.Acting && stopping is { } campaign)
            {
                var first = open.PauseAttempts == 0;
                open = await pause.TryAsync(open, campaign, cancellationToken);
                if (first)
                    await voice.StoppedAsync(open, campaign, IncidentVoice.WhyNotPaused(open), cancellationToken);
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

    [LoggerMessage(EventId = 233, Level = LogLevel.Error, Message = "Incident {Incident} could not be looked after in this round.")]
    private partial void NotTended(string incident, Exception fault);
}
