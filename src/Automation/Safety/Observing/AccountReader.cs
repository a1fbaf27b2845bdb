using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Observing;

/// <summary>How the reads of one account go.</summary>
/// <param name="FailuresInARow">Failed reads since the last good one; 0 for none.</param>
/// <param name="UnseenSince">The first of them.</param>
public sealed record ReadStanding(int FailuresInARow, DateTimeOffset? UnseenSince)
{
    public static readonly ReadStanding Good = new(0, null);

    public ReadStanding FailedAt(DateTimeOffset now) => new(FailuresInARow + 1, UnseenSince ?? now);
}

/// <summary>
/// Reads an account within the time that a read may take, and counts the reads that failed in a row. The count is kept, so that a restart neither
/// begins it anew nor forgets since when nothing was heard; a store that fails changes nothing about the read, the count goes on in memory.
/// </summary>
public sealed partial class AccountReader(ISettingsStore settings, CampaignClock clock, TimeProvider machine, ILogger<AccountReader> logger)
{
    private readonly ConcurrentDictionary<(AdAccountId, NetworkMode), ReadStanding> _standings = new();

    /// <param name="isSecondLook">A second failure in the same sweep counts as one with the first.</param>
    public async Task<(AccountReading? Reading, bool MayAnswerSoon)> ReadAsync(
        AdAccount account, NetworkMode mode, Func<AdAccount, NetworkMode, IAdNetwork> door, bool isSecondLook, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(SafetyLimits.ReadTimeout, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        AccountReading reading;
        try
        {
            reading = await door(account, mode).ReadAccountAsync(account, linked.Token).WaitAsync(linked.Token);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault of any kind is a reading too: unknown since then.
            var asked = !isSecondLook && fault is not AdNetworkException { WasAsked: false };
            var before = await StandingAsync(account.Id, mode, cancellationToken);
            var standing = asked || before.FailuresInARow == 0 ? before.FailedAt(clock.GetUtcNow()) : before;
            NotRead(account.Id, standing.FailuresInARow, fault.Message);
            await KeepAsync(account.Id, mode, standing, cancellationToken);
            return (null, MayAnswerSoon(fault));
        }

        await KeepAsync(account.Id, mode, ReadStanding.Good, cancellationToken);
        return (reading, false);
    }

    public async Task<ReadStanding> StandingAsync(AdAccountId account, NetworkMode mode, CancellationToken cancellationToken)
    {
        if (_standings.TryGetValue((account, mode), out var known))
            return known;

        try
        {
            var kept = await settings.FindAsync<ReadStanding>(WorkspaceId.Local, Name(account, mode), cancellationToken);
            return _standings.GetOrAdd((account, mode), kept ?? ReadStanding.Good);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotKept(account, fault.Message);
            return ReadStanding.Good;
        }
    }

    /// <summary>Written only when it changes: one good read after another writes nothing.</summary>
    private async Task KeepAsync(AdAccountId account, NetworkMode mode, ReadStanding standing, CancellationToken cancellationToken)
    {
        if (await StandingAsync(account, mode, cancellationToken) == standing)
            return;

        _standings[(account, mode)] = standing;
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Name(account, mode), standing, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotKept(account, fault.Message);
        }
    }

    /// <summary>Not one that named a time, that refused, or that was left alone.</summary>
    private static bool MayAnswerSoon(Exception fault) => fault
        is OperationCanceledException or AdNetworkException { Kind: FaultKind.Unavailable or FaultKind.TimedOut or FaultKind.Malformed, RetryAfter: null, WasAsked: true };

    private static string Name(AdAccountId account, NetworkMode mode) => $"read-standing/{account}/{mode}";

    [LoggerMessage(EventId = 210, Level = LogLevel.Warning, Message = "Account {Account} could not be read ({Failures} in a row): {Says}")]
    private partial void NotRead(AdAccountId account, int failures, string says);

    [LoggerMessage(EventId = 215, Level = LogLevel.Warning, Message = "How the reads of {Account} go is known in memory only: {Says}")]
    private partial void NotKept(AdAccountId account, string says);
}
