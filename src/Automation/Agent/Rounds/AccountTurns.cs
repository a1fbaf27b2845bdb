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
    CampaignAgent agent, ISafetyWatch safety, IntentSettler settler, AccountTroubles troubles, IAdAccounts accounts, ILogger<AccountTurns> logger)
{
    /// <summary>Accounts that failed altogether and whose pause is over.</summary>
    public IReadOnlyList<AdAccountId> DueAgain() => troubles.Due();

    /// <summary>Accounts that have moves whose outcome nobody knows yet, and those of which people were told that the agent does not see them.</summary>
    public async Task<IReadOnlyList<AdAccountId>> UnsettledAsync(CancellationToken cancellationToken) =>
        [.. (await settler.AccountsAsync(PersonId.Agent, cancellationToken)).Union(await troubles.LostAsync(cancellationToken))];

    public async Task<AccountRound> RunAsync(AdAccountId id, IReadOnlyList<Campaign> managed, CancellationToken cancellationToken)
    {
        if (managed.Count == 0)
            await troubles.EmptyAsync(id, cancellationToken);

        try
        {
            await settler.SettleAsync(id, cancellationToken);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            await troubles.FailedAsync(id, managed, thrown, altogether: false, cancellationToken);
            return new AccountRound(0, 0, managed.Count);
        }

        if (managed.Count == 0 || await troubles.IsLeftAloneAsync(id, cancellationToken))
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
                    round = round with { Turns = round.Turns + 1, Moves = round.Moves + decision.Done.Count(act => act.Confirmed) };
                    if (decision.Done.Any(act => act.Unanswered))
                    {
                        await troubles.UnansweredAsync(id, observation.Campaign.Id, cancellationToken);
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

        if (fault is null)
            await troubles.EndedAsync(id, cancellationToken);
        else
            await troubles.FailedAsync(id, managed, fault, altogether: round.Turns == 0, cancellationToken);

        return round;
    }

    private async Task<IEnumerable<Observation>> ObserveAsync(AdAccountId id, IReadOnlyList<Campaign> managed, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(id, cancellationToken);
        var observations = await safety.ObserveAsync(account, managed, cancellationToken);
        if (observations.Count == 0 || observations.All(observation => observation.FailuresInARow > 0))
            throw new AdNetworkException(FaultKind.Unavailable, $"the {AdAccount.Named(account.Network.Value, id)} does not answer");

        return await troubles.TakeLastAsync(id, cancellationToken) is { } last ? observations.OrderBy(observation => observation.Campaign.Id == last) : observations;
    }

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "The turn over {Campaign} failed.")]
    private partial void TurnFailed(string campaign, Exception fault);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Account {Account} could not be observed for its turns.")]
    private partial void RoundFailed(AdAccountId account, Exception fault);
}
