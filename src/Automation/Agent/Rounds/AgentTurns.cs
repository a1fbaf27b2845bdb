using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Rounds;

/// <summary>What one round of turns came to. The newest is kept as the setting <c>last-turns</c>: the agent's heartbeat.</summary>
/// <param name="Failed">Accounts or campaigns whose turn failed.</param>
public sealed record TurnsReport(DateTimeOffset At, int Campaigns, int Moves, int Failed);

/// <summary>
/// One round over every agent-managed campaign that is running, an account at a time. One account's trouble never keeps another's turns
/// from happening: one that takes long goes on by itself and counts as failed until it is done.
/// </summary>
public sealed class AgentTurns(AccountTurns accounts, ICampaignStore campaigns, ISettingsStore settings, CampaignClock clock, TimeProvider machine)
{
    public const string HeartbeatName = "last-turns";

    private const int AccountsAtOnce = 64;

    /// <summary>How long a round waits for one account. A minute of machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly AccountLanes _lanes = new(Patience, machine);
    private readonly Turnstile _one = new();

    public async Task<TurnsReport> RunAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync("turns", cancellationToken);
        var managed = await ManagedAsync(cancellationToken);
        var rounds = await RoundsAsync(managed.Select(group => group.Key).Union(await accounts.UnsettledAsync(cancellationToken)), managed, cancellationToken);
        var report = new TurnsReport(
            clock.GetUtcNow(), rounds.Sum(round => round.Turns), rounds.Sum(round => round.Moves), rounds.Sum(round => round.Failed));
        await settings.SetAsync(WorkspaceId.Local, HeartbeatName, report, cancellationToken);
        return report;
    }

    /// <summary>The accounts that failed altogether and whose pause is over, between two rounds.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        if (accounts.DueAgain().Count == 0)
            return;

        using var turn = await _one.EnterAsync("turns", cancellationToken);
        await RoundsAsync(accounts.DueAgain(), await ManagedAsync(cancellationToken), cancellationToken);
    }

    private async Task<ILookup<AdAccountId, Campaign>> ManagedAsync(CancellationToken cancellationToken) => (await campaigns.MaySpendAsync(cancellationToken))
        .Where(campaign => campaign is { Status: CampaignStatus.Active, AgentManaged: true })
        .ToLookup(campaign => campaign.Account);

    private async Task<IReadOnlyCollection<AccountRound>> RoundsAsync(
        IEnumerable<AdAccountId> due, ILookup<AdAccountId, Campaign> managed, CancellationToken cancellationToken)
    {
        var rounds = new ConcurrentBag<AccountRound>();
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (account, _) => rounds.Add(
                await _lanes.TryAsync(account, () => accounts.RunAsync(account, [.. managed[account]], cancellationToken))
                ?? new AccountRound(0, 0, managed[account].Count())));
        return rounds;
    }
}
