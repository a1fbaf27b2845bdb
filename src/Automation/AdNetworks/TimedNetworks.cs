using ChatOpsCampaigns.Automation.Accounts;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>Hands out the networks of another directory so that none of them keeps anybody waiting for ever.</summary>
public sealed class TimedNetworks(IAdNetworkDirectory networks, TimeProvider machine) : IAdNetworkDirectory
{
    /// <summary>
    /// How long one call may take. 10 seconds of machine time: networks answer within two or three, and whoever waits here holds a launch's
    /// place, an account's turn or a person in the chat.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public IReadOnlyList<NetworkProfile> Profiles => networks.Profiles;

    public NetworkProfile Profile(NetworkName network) => networks.Profile(network);

    public IAdNetwork For(AdAccount account, NetworkMode mode) => new TimedNetwork(networks.For(account, mode), mode, machine);

    public string? NotBuilt(NetworkName network, NetworkMode mode) => networks.NotBuilt(network, mode);
}
