using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands.Looking;

/// <summary>
/// Compare and set for levers: a raise goes out only from the value that the network shows now, so that a change made there by
/// a person is never overwritten, and a cut computed from an old value never turns into a raise.
/// </summary>
internal static class MovedMeanwhile
{
    /// <summary>Why the command no longer fits, in a sentence; null when it does.</summary>
    public static async Task<string?> FindAsync(IAdNetwork network, AdAccount account, NetworkCommand command, CancellationToken cancellationToken)
    {
        return command switch
        {
            NetworkCommand.SetDailyBudget budget => Compare("budget", (await ShownAsync(budget.Target))?.DailyBudget, budget.From, budget.To),
            NetworkCommand.SetBid bid => Compare("bid", (await ShownAsync(bid.Target))?.Bid, bid.From, bid.To),
            _ => null,
        };

        Task<NetworkCampaign?> ShownAsync(ExternalId target) => network.FindCampaignAsync(account, target, cancellationToken);
    }

    private static string? Compare(string lever, Money? shown, Money from, Money to)
    {
        if (shown is not { } present)
            return $"The network shows no {lever} that could be changed.";

        return present == from || to <= present
            ? null
            : $"The {lever} is {present} at the network, not {from}: somebody changed it there. Nothing was sent.";
    }
}
