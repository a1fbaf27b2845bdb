using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Commands.Settlement;

/// <summary>
/// Finds out, with every sweep and before the agent's turns, what became of commands whose answer was lost: by reading, never by sending
/// again. What a launch sent is settled by the launch.
/// </summary>
public sealed partial class IntentSettler(
    IIntentStore intents, ICampaignStore campaigns, NetworkGate gate, SettledRecord record, CampaignClock clock, TimeProvider machine,
    ILogger<IntentSettler> logger)
{
    private const int AccountsAtOnce = 16;

    private readonly AccountLanes _lanes = new(SafetyLimits.PauseTimeout, machine);

    /// <summary>Side by side; an account that hangs is left behind until it answers.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                (await UnsettledAsync(cancellationToken)).GroupBy(intent => intent.Command.Account),
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
                async (account, token) => await _lanes.TryAsync(account.Key, () => SettleAsync([.. account], token)));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotLookedUp(fault);
        }
    }

    /// <summary>The same for one account.</summary>
    public async Task SettleAsync(AdAccountId account, CancellationToken cancellationToken) =>
        await SettleAsync([.. (await UnsettledAsync(cancellationToken)).Where(intent => intent.Command.Account == account)], cancellationToken);

    /// <summary>Accounts in which somebody has moves that a crash or a lost answer left open.</summary>
    public async Task<IReadOnlyList<AdAccountId>> AccountsAsync(PersonId by, CancellationToken cancellationToken) =>
        [.. (await intents.OpenAsync(cancellationToken)).Where(intent => intent.By == by).Select(intent => intent.Command.Account).Distinct()];

    private async Task<IReadOnlyList<CommandIntent>> UnsettledAsync(CancellationToken cancellationToken)
    {
        var late = (await intents.FailedAsync(clock.GetUtcNow() - SafetyLimits.LateEffect, cancellationToken))
            .Where(intent => intent.Command is NetworkCommand.SetDailyBudget or NetworkCommand.SetBid && intent.Command.Direction == Direction.Raises);
        var open = await intents.OpenAsync(cancellationToken);
        var unsettled = new List<CommandIntent>();
        foreach (var intent in open.Concat(late))
        {
            var campaign = await campaigns.FindAsync(intent.Command.Campaign, cancellationToken);
            if (campaign?.Status != CampaignStatus.Launching && (intent.IsOpen || !(IsKept(intent.Command, campaign) || await IsWantedSinceAsync(intent, open, cancellationToken))))
                unsettled.Add(intent);
        }

        return unsettled;
    }

    /// <summary>
    /// The last command to the lever that was confirmed, or whose answer is still out, wanted the same, whether or not our record could be written
    /// then: what the network shows is no late effect.
    /// </summary>
    private async Task<bool> IsWantedSinceAsync(CommandIntent failed, IEnumerable<CommandIntent> open, CancellationToken cancellationToken)
    {
        var confirmed = await intents.ConfirmedAsync(failed.Command.Campaign, failed.PlannedAt, cancellationToken);
        return open.Where(one => one.Command.Campaign == failed.Command.Campaign && one.PlannedAt >= failed.PlannedAt).OrderByDescending(one => one.PlannedAt).Concat(confirmed)
            .FirstOrDefault(since => since.Command.GetType() == failed.Command.GetType())?.Command is { } last && IsSame(last, failed.Command);
    }

    private static bool IsSame(NetworkCommand one, NetworkCommand other) => (one, other) switch
    {
        (NetworkCommand.SetDailyBudget budget, NetworkCommand.SetDailyBudget wanted) => budget.To == wanted.To,
        (NetworkCommand.SetBid bid, NetworkCommand.SetBid wanted) => bid.To == wanted.To,
        _ => false,
    };

    /// <summary>Our record has what a failed raise wanted: another command brought it there.</summary>
    private static bool IsKept(NetworkCommand command, Campaign? campaign) => command switch
    {
        NetworkCommand.SetDailyBudget budget => campaign?.DailyBudget == budget.To,
        NetworkCommand.SetBid bid => campaign?.Bid == bid.To,
        _ => true,
    };

    private async Task<object> SettleAsync(IReadOnlyList<CommandIntent> unsettled, CancellationToken cancellationToken)
    {
        foreach (var intent in unsettled)
        {
            try
            {
                if (await gate.SettleAsync(intent, record.KeepAsync, cancellationToken) is { } settled)
                    await record.TellAsync(intent, settled, cancellationToken);
            }
            catch (AdNetworkException)
            {
                // The network does not answer; the next round asks again.
                break;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                NotSettled(intent.Key, fault.Message);
            }
        }

        return unsettled;
    }

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "What became of {Key} is not settled yet: {Says}")]
    private partial void NotSettled(CommandKey key, string says);

    [LoggerMessage(EventId = 112, Level = LogLevel.Error, Message = "Commands whose answer was lost could not be looked up; tried again with the next sweep.")]
    private partial void NotLookedUp(Exception fault);
}
