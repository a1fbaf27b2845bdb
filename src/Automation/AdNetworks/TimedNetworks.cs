using ChatOpsCampaigns.Automation.Accounts;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>Hands out the networks of another directory so that none of them keeps anybody waiting for ever.</summary>
/// <param name="ending">The program's own end.</param>
public sealed class TimedNetworks(IAdNetworkDirectory networks, TimeProvider machine, CancellationToken ending = default) : IAdNetworkDirectory
{
    /// <summary>
    /// How long one call may take at most. 10 seconds of machine time: networks answer within two or three, and whoever waits here holds a launch's
    /// place, an account's turn or a person in the chat. Sweeps and stops wait less.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public IReadOnlyList<NetworkProfile> Profiles => networks.Profiles;

    public NetworkProfile Profile(NetworkName network) => networks.Profile(network);

    public IAdNetwork For(AdAccount account, NetworkMode mode) => new TimedNetwork(networks.For(account, mode), mode, machine, ending);

    public string? NotBuilt(NetworkName network, NetworkMode mode) => networks.NotBuilt(network, mode);
}
