using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>The reduction that takes a raise back. Reductions need none.</summary>
internal static class Reversal
{
    public static NetworkCommand? Of(NetworkCommand command) => command switch
    {
        { Direction: not Direction.Raises } => null,
        NetworkCommand.Activate activate => new NetworkCommand.Pause(activate.Account, activate.Campaign, activate.Target),
        NetworkCommand.ResumeAd ad => new NetworkCommand.PauseAd(ad.Account, ad.Campaign, ad.Target),
        NetworkCommand.SetDailyBudget budget => budget with { From = budget.To, To = budget.From },
        NetworkCommand.SetBid bid => bid with { From = bid.To, To = bid.From },
        _ => throw new InvalidOperationException($"{command.GetType().Name} raises what is at risk, and nobody knows how to take it back."),
    };
}
