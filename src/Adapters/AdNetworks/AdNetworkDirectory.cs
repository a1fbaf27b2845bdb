using System.Collections.Frozen;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>Finds the client of an account in one mode. A simulated campaign never meets a live client, nor the other way round.</summary>
internal sealed class AdNetworkDirectory : IAdNetworkDirectory
{
    private readonly FrozenDictionary<NetworkName, IAdNetwork> _simulated;
    private readonly FrozenDictionary<NetworkName, IAdNetwork> _live;

    /// <summary>Why a live client cannot be used by this version, in a sentence; null where there is one.</summary>
    public static string? NoLiveClient(NetworkProfile profile) => new UnbuiltNetwork(profile).Says;

    public AdNetworkDirectory(IReadOnlyList<NetworkProfile> profiles, SimulatedWorld world)
    {
        Profiles = profiles;
        _simulated = profiles.ToFrozenDictionary(profile => profile.Name, profile => (IAdNetwork)new SimulatedNetwork(profile, world));
        _live = profiles.ToFrozenDictionary(profile => profile.Name, profile => (IAdNetwork)new UnbuiltNetwork(profile));
    }

    public IReadOnlyList<NetworkProfile> Profiles { get; }

    public NetworkProfile Profile(NetworkName network) => Profiles.FirstOrDefault(profile => profile.Name == network)
        ?? throw new AdNetworkException(
            FaultKind.NotFound, $"There is no ad network called {network}; there are {string.Join(", ", Profiles.Select(profile => profile.Name))}.");

    public IAdNetwork For(AdAccount account, NetworkMode mode) =>
        (mode == NetworkMode.Live ? _live : _simulated)[Profile(account.Network).Name];

    public string? NotBuilt(NetworkName network, NetworkMode mode) =>
        mode == NetworkMode.Live && _live[Profile(network).Name] is UnbuiltNetwork unbuilt ? unbuilt.Says : null;
}
