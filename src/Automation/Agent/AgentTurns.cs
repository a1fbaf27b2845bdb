using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>What one round of turns came to. The newest is kept as the setting <c>last-turns</c>: the agent's heartbeat.</summary>
/// <param name="Failed">Accounts or campaigns whose turn failed.</param>
public sealed record TurnsReport(DateTimeOffset At, int Campaigns, int Moves, int Failed);

/// <summary>
/// One round over every agent-managed campaign that is running, an account at a time. One account's trouble never keeps
/// another's turns from happening; an account that fails again and again is asked more rarely and people are told.
/// </summary>
public sealed partial class AgentTurns(
    CampaignAgent agent, ISafetyWatch safety, ActionExecutor executor, AgentMemories memories, AgentReporter reporter, ICampaignStore campaigns,
    IAdAccounts accounts, ISettingsStore settings, CampaignClock clock, ILogger<AgentTurns> logger)
{
    public const string HeartbeatName = "last-turns";

    /// <summary>So many failed rounds in a row, and people are told that the agent is blind.</summary>
    private const int BlindAfter = 3;

    private const int AccountsAtOnce = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<AdAccountId, (int Failures, DateTimeOffset NotBefore)> _trouble = [];
    private readonly Turnstile _one = new();

    public async Task<TurnsReport> RunAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync("turns", cancellationToken);
        await SettleAsync(cancellationToken);
        var managed = (await campaigns.MaySpendAsync(cancellationToken))
            .Where(campaign => campaign is { Status: CampaignStatus.Active, AgentManaged: true })
            .GroupBy(campaign => campaign.Account)
            .ToList();

        var rounds = new ConcurrentBag<(int Turns, int Moves, int Failed)>();
        await Parallel.ForEachAsync(
            managed,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (group, token) => rounds.Add(await AccountAsync(group.Key, [.. group], token)));

        var report = new TurnsReport(
            clock.GetUtcNow(), rounds.Sum(round => round.Turns), rounds.Sum(round => round.Moves), rounds.Sum(round => round.Failed));
        await settings.SetAsync(WorkspaceId.Local, HeartbeatName, report, cancellationToken);
        return report;
    }

    private async Task<(int Turns, int Moves, int Failed)> AccountAsync(
        AdAccountId id, IReadOnlyList<Campaign> managed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_trouble.TryGetValue(id, out var trouble) && now < trouble.NotBefore && trouble.NotBefore - now <= LongestPause)
            return (0, 0, managed.Count);

        var (turns, moves, failed) = (0, 0, 0);
        Exception? fault = null;
        try
        {
            var account = await accounts.GetAsync(id, cancellationToken);
            var observations = await safety.ObserveAsync(account, managed, cancellationToken);
            if (observations.Count == 0 || observations.All(observation => observation.FailuresInARow > 0))
                throw new AdNetworkException(FaultKind.Unavailable, $"{account.Network} does not answer for {id}");

            foreach (var observation in observations)
            {
                try
                {
                    var decision = await agent.TurnAsync(observation, cancellationToken);
                    turns++;
                    moves += decision?.Done.Count(act => act.Confirmed) ?? 0;
                }
                catch (Exception thrown) when (thrown is not OperationCanceledException)
                {
                    TurnFailed(observation.Campaign.Handle, thrown);
                    (failed, fault) = (failed + 1, thrown);
                }
            }
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            (failed, fault) = (managed.Count, thrown);
        }

        await NoteTroubleAsync(managed[0], now, fault is not null && turns == 0 ? fault : null, cancellationToken);
        return (turns, moves, failed);
    }

    /// <param name="one">One of the account's campaigns: they share its trouble.</param>
    private async Task NoteTroubleAsync(Campaign one, DateTimeOffset now, Exception? fault, CancellationToken cancellationToken)
    {
        if (fault is null)
        {
            _trouble.TryRemove(one.Account, out _);
            return;
        }

        var failures = _trouble.GetValueOrDefault(one.Account).Failures + 1;
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 10)));
        _trouble[one.Account] = (failures, now + pause);
        if (failures == BlindAfter)
            await reporter.TellBlindAsync(one, now, failures, fault.Message, cancellationToken);
    }

    /// <summary>Moves whose answer was lost are settled first, and those that took effect are remembered as moves.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var command in await executor.SettleAsync(cancellationToken))
        {
            if (await campaigns.FindAsync(command.Campaign, cancellationToken) is not { } campaign)
                continue;

            var account = await accounts.GetAsync(campaign.Account, cancellationToken);
            var now = clock.GetUtcNow();
            var move = command switch
            {
                NetworkCommand.SetBid bid => new PastMove(Lever.Bid, now, account.DayAt(now), bid.From, bid.To, null),
                NetworkCommand.SetDailyBudget budget => new PastMove(Lever.DailyBudget, now, account.DayAt(now), budget.From, budget.To, null),
                _ => throw new InvalidOperationException("Only levers are settled here."),
            };
            await memories.KeepAsync(campaign, (await memories.OfAsync(campaign, cancellationToken)).With(move), cancellationToken);
        }
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "The turn over {Campaign} failed.")]
    private partial void TurnFailed(string campaign, Exception fault);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Account {Account} could not be observed for its turns.")]
    private partial void RoundFailed(AdAccountId account, Exception fault);
}
