using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety;

/// <summary>
/// What failed in a sweep and may work in a moment is tried again before the next one: an account whose report ended with an error or came too
/// late, a pause that is not confirmed. Each account for itself, spread in time, a few times; one that named a time is left alone until then.
/// </summary>
public sealed class SweepRetries(WatchList watch, AccountSweep accounts, StopKeeper keeper, AccountRests rests, TimeProvider machine)
{
    /// <summary>After the first try, after the second, after the third: of the machine's time, and up to half as long again. Together less than a sweep.</summary>
    public static readonly ImmutableArray<TimeSpan> Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>How often it has to be looked for what is due. Half a second of the machine's time.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<AdAccountId, Due> _accounts = new();
    private Due? _pauses;

    /// <param name="Tries">How often it was tried since the sweep.</param>
    private sealed record Due(DateTimeOffset At, int Tries);

    /// <summary>An account's part of a sweep.</summary>
    public async Task<AccountSwept> SweepAsync(AdAccountId account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        var swept = await accounts.SweepAsync(account, campaigns, isSecondLook: false, cancellationToken);
        Note(account, swept, 0);
        return swept;
    }

    /// <summary>The end of a sweep: what stands still is looked after, and what does not is tried again in a moment.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        await keeper.TendAsync(null, cancellationToken);
        await NotePausesAsync(0, cancellationToken);
    }

    /// <summary>Tries what is due. Rounds may overlap: one that waits for a network keeps no other account from its turn.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        var due = _accounts.Where(one => one.Value.At <= now && _accounts.TryRemove(one)).ToList();
        await Task.WhenAll(LookAgainAsync(due, cancellationToken), PauseAgainAsync(now, cancellationToken));
    }

    private async Task LookAgainAsync(IReadOnlyList<KeyValuePair<AdAccountId, Due>> due, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
            return;

        var campaigns = (await watch.WatchedAsync(cancellationToken)).ToLookup(campaign => campaign.Account);
        await Task.WhenAll(due.Select(async one =>
        {
            if (!IsResting(one.Key))
                Note(one.Key, await accounts.SweepAsync(one.Key, [.. campaigns[one.Key]], isSecondLook: true, cancellationToken), one.Value.Tries + 1);
        }));
    }

    private async Task PauseAgainAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_pauses is not { } due || due.At > now || Interlocked.CompareExchange(ref _pauses, null, due) != due)
            return;

        await keeper.TendAsync(open => StopKeeper.IsUnconfirmed(open) && !IsResting(open.Account), cancellationToken);
        await NotePausesAsync(due.Tries + 1, cancellationToken);
    }

    private void Note(AdAccountId account, AccountSwept swept, int tries)
    {
        if (swept.AskAgain && tries < Waits.Length)
            _accounts[account] = Later(tries, account.Value);
        else
            _accounts.TryRemove(account, out _);
    }

    private async Task NotePausesAsync(int tries, CancellationToken cancellationToken) =>
        _pauses = tries < Waits.Length && (await keeper.UnconfirmedAsync(cancellationToken)).Count > 0 ? Later(tries, "pauses") : null;

    /// <summary>Accounts that failed together do not come back together.</summary>
    private Due Later(int tries, string who) => new(
        machine.GetUtcNow() + (Waits[tries] * (1 + (uint)HashCode.Combine(who, tries) / (2.0 * uint.MaxValue))), tries);

    private bool IsResting(AdAccountId account) => Enum.GetValues<NetworkMode>().Any(mode => rests.Until(account, mode) is not null);
}
