using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands;

/// <summary>Finds the account and the client that speaks for it in one mode.</summary>
public sealed class NetworkDoor(IAdAccounts accounts, IAdNetworkDirectory networks)
{
    public async Task<(IAdNetwork Network, AdAccount Account)> OpenAsync(AdAccountId account, NetworkMode mode, CancellationToken cancellationToken)
    {
        var found = await accounts.GetAsync(account, cancellationToken);
        return (networks.For(found, mode), found);
    }

    /// <summary>The same for one command and its reading back: what reduces goes through the door of the safety net.</summary>
    public async Task<(IAdNetwork Network, AdAccount Account)> OpenAsync(NetworkCommand command, NetworkMode mode, CancellationToken cancellationToken)
    {
        var found = await accounts.GetAsync(command.Account, cancellationToken);
        return (command.Direction == Direction.Reduces ? networks.ForSafety(found, mode) : networks.For(found, mode), found);
    }
}
