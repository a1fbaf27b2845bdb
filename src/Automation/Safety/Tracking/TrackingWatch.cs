using System.Collections.Concurrent;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Tracking;

/// <summary>
/// Tells people once when results are not being counted in an account, and says in every observation of it that they are not, so that
/// nobody moves a bid for what they seem to cost. Ends by itself when one of those campaigns has results again.
/// </summary>
public sealed partial class TrackingWatch(
    IncidentBook book, IncidentVoice voice, IncidentReminders reminders, CampaignClock clock, ILogger<TrackingWatch> logger)
{
    private const int MostNamed = 10;

    /// <summary>How it stands with each account. Absent: not looked up since the start.</summary>
    private readonly ConcurrentDictionary<AdAccountId, Standing> _standing = new();

    /// <param name="Open">Null where none is.</param>
    /// <param name="CountedSince">When the last one ended: what stayed away until then was told. The least instant where none did.</param>
    private sealed record Standing(Incident? Open, DateTimeOffset CountedSince);

    /// <summary>Looks at all campaigns of an account that a sweep has read.</summary>
    public async Task<IReadOnlyList<Observation>> WatchAsync(IReadOnlyList<Observation> account, CancellationToken cancellationToken)
    {
        if (account.Count == 0)
            return account;

        try
        {
            var id = account[0].Account.Id;
            var (open, countedSince) = await StandingAsync(account[0], cancellationToken);
            var found = TrackingOutage.Find(account, countedSince);
            if (open is null && found is not null)
                _standing[id] = new Standing(await TellAsync(account[0], found, cancellationToken), countedSince);

            if (open is not null && found is null && account.Any(one => open.Campaigns.Contains(one.Campaign.Id) && TrackingOutage.CountsSince(one, open.OpenedAt) == true))
            {
                await CloseAsync(open, cancellationToken);
                _standing[id] = new Standing(null, clock.GetUtcNow());
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotWatched(account[0].Account.Id, fault);
        }

        return Marked(account);
    }

    /// <summary>The same observations, which say whether their results are counted.</summary>
    public IReadOnlyList<Observation> Marked(IReadOnlyList<Observation> account) =>
        account.Count > 0 && _standing.GetValueOrDefault(account[0].Account.Id)?.Open is not null
            ? [.. account.Select(one => one with { ResultsUncounted = true })]
            : account;

    /// <summary>A person may have closed it meanwhile.</summary>
    private async Task<Standing> StandingAsync(Observation one, CancellationToken cancellationToken)
    {
        var account = one.Account.Id;
        if (_standing.TryGetValue(account, out var known) && known.Open is null)
            return known;

        var open = (await book.OpenAsync(cancellationToken)).FirstOrDefault(open => open.Account == account && open.Cause == SafetyRules.TrackingOutage);
        if (known is not null && open is not null)
            return _standing[account] = known with { Open = open };

        var ended = await book.FindClosedAtAsync(one.Account.Workspace, account, SafetyRules.TrackingOutage, cancellationToken);
        return _standing[account] = new Standing(open, ended ?? DateTimeOffset.MinValue);
    }

    private async Task<Incident> TellAsync(Observation one, TrackingOutage found, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var since = AccountTime.In(one.Account.Zone(), found.Since);
        var evidence = new Evidence(
            $"results of {found.Quiet.Length} campaigns since {since}", $"0 of {Words(found.Expected)} expected",
            $"{Words(found.Limit)} expected");
        var names = string.Join(", ", found.Quiet.Take(MostNamed).Select(quiet => quiet.Campaign.Name)) + (found.Quiet.Length > MostNamed ? " and more" : "");
        var (incident, isNew) = await book.OpenAsync(
            reminders.Begun(new Incident(
                IncidentId.New(), one.Account.Workspace, one.Account.Id, Incident.OfAccount(one.Account.Id), AdAccount.Named(one.Profile.ShortTitle, one.Account.Id),
                SafetyRules.TrackingOutage, Remedy.Alert, Severity.High, evidence, now, IncidentState.Open)
            {
                Simulated = found.Quiet.All(quiet => quiet.Campaign.IsSimulated),
                Campaigns = [.. found.Quiet.Select(quiet => quiet.Campaign.Id)],
                Notes = [new IncidentNote(now, PersonId.Monitor, $"quiet together: {names}; bids are left alone until results are counted again")],
            }),
            cancellationToken);
        if (isNew)
            await voice.OpenedAsync(incident, $"results are not being counted in this account: look at its pixel, app events or attribution. Quiet together: {names}", cancellationToken);

        return incident;
    }

    private async Task CloseAsync(Incident open, CancellationToken cancellationToken)
    {
        var closed = await book.ChangeAsync(
            open, found => found with { State = IncidentState.Closed, ClosedAt = clock.GetUtcNow(), Resolution = "results are counted again" }, cancellationToken);
        await voice.NoteAsync(closed, FeedKind.Incident, Severity.Low, "results are counted again, incident closed", closed.CauseWords, PersonId.Monitor, cancellationToken);
    }

    private static string Words(double results) => results.ToString("0.0", CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 240, Level = LogLevel.Error, Message = "Whether results are counted in {Account} could not be looked after in this sweep.")]
    private partial void NotWatched(AdAccountId account, Exception fault);
}
