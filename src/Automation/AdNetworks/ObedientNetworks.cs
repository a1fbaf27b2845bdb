using ChatOpsCampaigns.Automation.Accounts;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>Hands out the networks of another directory so that an account is left alone for as long as its network asked.</summary>
public sealed class ObedientNetworks(IAdNetworkDirectory networks, AccountRests rests) : IAdNetworkDirectory
{
    public IReadOnlyList<NetworkProfile> Profiles => networks.Profiles;

    public NetworkProfile Profile(NetworkName network) => networks.Profile(network);

    public string? NotBuilt(NetworkName network, NetworkMode mode) => networks.NotBuilt(network, mode);

    public IAdNetwork For(AdAccount account, NetworkMode mode) => new ObedientNetwork(networks.For(account, mode), mode, rests, false);

    public IAdNetwork ForSafety(AdAccount account, NetworkMode mode) => new ObedientNetwork(networks.For(account, mode), mode, rests, true);
}
