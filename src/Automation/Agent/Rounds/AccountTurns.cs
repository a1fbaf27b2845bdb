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
    /// <summary>Accounts of which something is to be tried again now.</summary>
    public IReadOnlyList<AdAccountId> DueAgain() => troubles.Due();

    /// <summary>What of an account is to be tried again now: all of it, or only the campaigns whose turns failed.</summary>
    public TurnRoll RollAgain(AdAccountId id, IReadOnlyList<Campaign> managed) =>
        TurnRoll.Again(managed, troubles.Failed(id));

    /// <summary>Remembers what was kept of these accounts' troubles before a restart; false when that could not be read.</summary>
    public Task<bool> RecallAsync(IEnumerable<AdAccountId> managed, CancellationToken cancellationToken) => troubles.RecallAsync(managed, cancellationToken);

    /// <summary>Accounts that have moves whose outcome nobody knows yet, and those of which people were told that the agent does not see them.</summary>
    public async Task<IReadOnlyList<AdAccountId>> UnsettledAsync(CancellationToken cancellationToken) =>
        [.. (await settler.AccountsAsync(PersonId.Agent, cancellationToken)).Union(await troubles.LostAsync(cancellationToken))];

    /// <summary>Writes a decision for each campaign that had no turn. A store that fails is only reported: the round goes on.</summary>
    public async Task LeaveMissedAsync(TurnRoll roll, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (campaign, why) in roll.Missed())
        {
            try
            {
                await agent.MissedAsync(campaign, at, why, cancellationToken);
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                MissedNotWritten(campaign.Account, thrown);
                return;
            }
        }
    }

    /// <param name="roll">Marked while it goes on: who had a turn, and who did not and why.</param>
    public async Task<AccountRound> RunAsync(AdAccountId id, TurnRoll roll, CancellationToken cancellationToken)
    {
        if (roll.Managed.Count == 0)
            await troubles.EmptyAsync(id, cancellationToken);

        try
        {
            await settler.SettleAsync(id, cancellationToken);
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            MissRest(roll, thrown);
            await troubles.FailedAsync(id, roll.Managed, thrown, Ids(roll.Due), cancellationToken);
            return new AccountRound(0, 0, roll.Due.Count);
        }

        if (roll.Managed.Count == 0 || await troubles.IsLeftAloneAsync(id, cancellationToken))
            return new AccountRound(0, 0, roll.Managed.Count);

        var (round, fault) = await TurnsAsync(id, roll, cancellationToken);
        if (fault is null)
            await troubles.EndedAsync(id, cancellationToken);
        else
            await troubles.FailedAsync(id, roll.Managed, fault.Thrown, round.Turns == 0 && !roll.IsPart ? null : fault.Campaigns, cancellationToken);

        return round;
    }

    private async Task<(AccountRound Round, Fault? Fault)> TurnsAsync(AdAccountId id, TurnRoll roll, CancellationToken cancellationToken)
    {
        var round = new AccountRound(0, 0, 0);
        Fault? fault = null;
        try
        {
            foreach (var observation in await ObserveAsync(id, roll, cancellationToken))
            {
                try
                {
                    var decision = await agent.TurnAsync(observation, cancellationToken);
                    roll.Close(observation.Campaign.Id);
                    round = round with { Turns = round.Turns + 1, Moves = round.Moves + decision.Done.Count(act => act.Confirmed) };
                    if (decision.Done.Any(act => act.Unanswered))
                    {
                        roll.MissRest($"{observation.Campaign.Spec.Network} did not answer a move in this account, which waits for the next round");
                        await troubles.UnansweredAsync(id, observation.Campaign.Id, cancellationToken);
                        return (round with { Failed = roll.Due.Count - round.Turns }, fault);
                    }
                }
                catch (Exception thrown) when (thrown is not OperationCanceledException)
                {
                    TurnFailed(observation.Campaign.Handle, thrown);
                    roll.Miss(observation.Campaign.Id, TurnWords.Why(thrown, observation.Campaign));
                    (round, fault) = (round with { Failed = round.Failed + 1 }, new Fault(thrown, [.. fault?.Campaigns ?? [], observation.Campaign.Id]));
                }
            }
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            RoundFailed(id, thrown);
            MissRest(roll, thrown);
            return (round with { Failed = roll.Due.Count }, new Fault(thrown, Ids(roll.Due)));
        }

        var unseen = roll.Missed().Where(missed => missed.Why is null).Select(missed => missed.Campaign.Id).ToList();
        if (unseen.Count == 0)
            return (round, fault);

        const string Unseen = "its figures could not be put together, which the log shows";
        roll.MissRest(Unseen);
        return (round with { Failed = round.Failed + unseen.Count }, new Fault(fault?.Thrown ?? new InvalidOperationException(Unseen), [.. fault?.Campaigns ?? [], .. unseen]));
    }

    private async Task<IEnumerable<Observation>> ObserveAsync(AdAccountId id, TurnRoll roll, CancellationToken cancellationToken)
    {
        if (roll.Due.Count == 0)
            return [];

        var account = await accounts.GetAsync(id, cancellationToken);
        var observations = await safety.ObserveAsync(account, roll.Due, cancellationToken);
        if (observations.Count == 0 || observations.All(observation => observation.FailuresInARow > 0))
            throw new AdNetworkException(FaultKind.Unavailable, $"the {AdAccount.Named(account.Network.Value, id)} does not answer");

        foreach (var resting in observations.Where(observation => !observation.Campaign.MaySpend))
            roll.Close(resting.Campaign.Id);

        var spending = observations.Where(observation => observation.Campaign.MaySpend);
        return !roll.IsPart && await troubles.TakeLastAsync(id, cancellationToken) is { } last ? spending.OrderBy(observation => observation.Campaign.Id == last) : spending;
    }

    private static void MissRest(TurnRoll roll, Exception thrown)
    {
        foreach (var campaign in roll.Due)
            roll.Miss(campaign.Id, TurnWords.Why(thrown, campaign));
    }

    private static IReadOnlyList<CampaignId> Ids(IReadOnlyList<Campaign> campaigns) => [.. campaigns.Select(campaign => campaign.Id)];

    /// <summary>The last fault of a round, and the campaigns whose turns failed.</summary>
    private sealed record Fault(Exception Thrown, IReadOnlyList<CampaignId> Campaigns);

    [LoggerMessage(EventId = 148, Level = LogLevel.Error, Message = "That campaigns of {Account} had no turn could not be written down.")]
    private partial void MissedNotWritten(AdAccountId account, Exception fault);

    [LoggerMessage(EventId = 140, Level = LogLevel.Error, Message = "The turn over {Campaign} failed.")]
    private partial void TurnFailed(string campaign, Exception fault);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Account {Account} could not be observed for its turns.")]
    private partial void RoundFailed(AdAccountId account, Exception fault);
}
