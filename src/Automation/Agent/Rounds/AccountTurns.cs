using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Agent.Rounds;

/// <summary>What one account's round came to.</summary>
/// <param name="Failed">Campaigns whose turn failed or was left for the next round.</param>
public sealed record AccountRound(int Turns, int Moves, int Failed);

/// <summary>
/// The turns of one account's campaigns, on one reading. An account that fails again and again is asked more rarely and people are told; one
/// that leaves a move unanswered is left alone until the next round.
/// </summary>
public sealed partial class AccountTurns(
    CampaignAgent agent, ISafetyWatch safety, IntentSettler settler, AgentSight sight, IAdAccounts accounts, CampaignClock clock,
    ILogger<AccountTurns> logger)
{
    /// <summary>So many failed rounds in a row, and people are told that the agent is blind.</summary>
    private const int BlindAfter = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<AdAccountId, (int Failures, DateTimeOffset Since, DateTimeOffset NotBefore)> _trouble = [];
    private readonly ConcurrentDictionary<AdAccountId, CampaignId> _unanswered = [];

    /// <summary>Accounts that have moves whose outcome nobody knows yet, and those of which people were told that the agent does not see them.</summary>
    public async Task<IReadOnlyList<AdAccountId>> UnsettledAsync(CancellationToken cancellationToken) =>
        [.. (await settler.AccountsAsync(PersonId.Agent, cancellationToken)).Union(await sight.LostAsync(cancellationToken))];

    public async Task<AccountRound> RunAsync(AdAccountId id, IReadOnlyList<Campaign> managed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (managed.Count == 0)
            await sight.RegainedAsync(id, "the agent has nothing to do there any more", cancellationToken);

        try
        {
            await settler.SettleAsync(id, cancellationToken);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            await NoteTroubleAsync(id, managed, now, thrown, TimeSpan.Zero, cancellationToken);
            return new AccountRound(0, 0, managed.Count);
        }

        if (managed.Count == 0 || _trouble.TryGetValue(id, out var trouble) && now < trouble.NotBefore && trouble.NotBefore - now <= LongestPause)
            return new AccountRound(0, 0, managed.Count);

        var round = new AccountRound(0, 0, 0);
        Exception? fault = null;
        try
        {
            foreach (var observation in (await ObserveAsync(id, managed, cancellationToken)).Where(seen => seen.Campaign.MaySpend))
            {
                try
                {
                    var decision = await agent.TurnAsync(observation, cancellationToken);
                    round = round with { Turns = round.Turns + 1, Moves = round.Moves + (decision?.Done.Count(act => act.Confirmed) ?? 0) };
                    if (decision is not null && decision.Done.Any(act => act.Unanswered))
                    {
                        _unanswered[id] = observation.Campaign.Id;
                        round = round with { Failed = managed.Count - round.Turns };
                        break;
                    }
                }
                catch (Exception thrown) when (thrown is not OperationCanceledException)
                {
                    TurnFailed(observation.Campaign.Handle, thrown);
                    (round, fault) = (round with { Failed = round.Failed + 1 }, thrown);
                }
            }
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            (round, fault) = (round with { Failed = managed.Count }, thrown);
        }

        await NoteTroubleAsync(id, managed, now, fault, round.Turns == 0 ? LongestPause : TimeSpan.Zero, cancellationToken);
        return round;
    }

    /// <summary>The campaign whose move was not answered comes last, so that it does not keep the others from their turns again.</summary>
    private async Task<IEnumerable<Observation>> ObserveAsync(AdAccountId id, IReadOnlyList<Campaign> managed, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(id, cancellationToken);
        var observations = await safety.ObserveAsync(account, managed, cancellationToken);
        if (observations.Count == 0 || observations.All(observation => observation.FailuresInARow > 0))
            throw new AdNetworkException(FaultKind.Unavailable, $"the {AdAccount.Named(account.Network.Value, id)} does not answer");

        return _unanswered.TryRemove(id, out var last) ? observations.OrderBy(observation => observation.Campaign.Id == last) : observations;
    }

    /// <param name="longest">How long the account may be left alone; none where some of its campaigns had their turns.</param>
    private async Task NoteTroubleAsync(
        AdAccountId id, IReadOnlyList<Campaign> managed, DateTimeOffset now, Exception? fault, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (fault is null || managed.Count == 0)
        {
            _trouble.TryRemove(id, out _);
            if (fault is null)
                await sight.RegainedAsync(id, "the agent sees the account again", cancellationToken);

            return;
        }

        var (failures, since) = _trouble.TryGetValue(id, out var before) ? (before.Failures + 1, before.Since) : (1, now);
        var pause = TimeSpan.FromTicks(Math.Min(longest.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 10)));
        _trouble[id] = (failures, since, now + pause);
        if (failures >= BlindAfter)
            await sight.LostAsync(managed, failures, since, fault, cancellationToken);
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "The turn over {Campaign} failed.")]
    private partial void TurnFailed(string campaign, Exception fault);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Account {Account} could not be observed for its turns.")]
    private partial void RoundFailed(AdAccountId account, Exception fault);
}
