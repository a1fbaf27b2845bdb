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
    private bool _recalled;

    public async Task<TurnsReport> RunAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync("turns", cancellationToken);
        var managed = await ManagedAsync(cancellationToken);
        var rounds = await RoundsAsync(managed.Select(group => group.Key).Union(await accounts.UnsettledAsync(cancellationToken)), account => TurnRoll.Of([.. managed[account]]), cancellationToken);
        var report = new TurnsReport(
            clock.GetUtcNow(), rounds.Sum(round => round.Turns), rounds.Sum(round => round.Moves), rounds.Sum(round => round.Failed));
        await settings.SetAsync(WorkspaceId.Local, HeartbeatName, report, cancellationToken);
        return report;
    }

    /// <summary>Between two rounds: the accounts, or the campaigns in them, that failed and whose pause is over; after a restart too.</summary>
    public async Task RetryAsync(CancellationToken cancellationToken)
    {
        if (!_recalled)
            _recalled = await accounts.RecallAsync((await ManagedAsync(cancellationToken)).Select(group => group.Key), cancellationToken);

        if (accounts.DueAgain().Count == 0)
            return;

        using var turn = await _one.EnterAsync("turns", cancellationToken);
        var managed = await ManagedAsync(cancellationToken);
        await RoundsAsync(accounts.DueAgain(), account => accounts.RollAgain(account, [.. managed[account]]), cancellationToken);
    }

    private async Task<ILookup<AdAccountId, Campaign>> ManagedAsync(CancellationToken cancellationToken) => (await campaigns.MaySpendAsync(cancellationToken))
        .Where(campaign => campaign is { Status: CampaignStatus.Active, AgentManaged: true })
        .ToLookup(campaign => campaign.Account);

    private async Task<IReadOnlyCollection<AccountRound>> RoundsAsync(
        IEnumerable<AdAccountId> due, Func<AdAccountId, TurnRoll> rollOf, CancellationToken cancellationToken)
    {
        var rounds = new ConcurrentBag<AccountRound>();
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (account, _) =>
            {
                var roll = rollOf(account);
                var began = false;
                var round = await _lanes.TryAsync(account, () =>
                {
                    began = true;
                    return accounts.RunAsync(account, roll, cancellationToken);
                });
                if (round is null)
                    roll.MissRest("the account's round was not done within a minute");

                rounds.Add(round ?? new AccountRound(0, 0, roll.Due.Count));
                if (began || !roll.IsAgain)
                    await accounts.LeaveMissedAsync(roll, clock.GetUtcNow(), cancellationToken);
            });
        return rounds;
    }
}
