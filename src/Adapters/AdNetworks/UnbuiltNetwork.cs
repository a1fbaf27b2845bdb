using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks;

/// <summary>A live network that has no client yet: every call says so, and nothing reaches the simulator in its place.</summary>
internal sealed class UnbuiltNetwork(NetworkProfile profile) : IAdNetwork
{
    public NetworkProfile Profile => profile;

    public string Says => $"Live {profile.Title} is not built yet; set AdNetworks:{profile.Name}:Mode to Simulated.";

    public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) => throw NotBuilt();

    public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) => throw NotBuilt();

    public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) => throw NotBuilt();

    public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) => throw NotBuilt();

    public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) =>
        throw NotBuilt();

    private AdNetworkException NotBuilt() => new(FaultKind.Rejected, Says);
}
