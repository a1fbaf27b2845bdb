using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>
/// A network that answers in time or counts as silent: every call is told to end when its time is up, and left behind when it does not.
/// What became of a command that was left behind is unknown and is settled by reading.
/// </summary>
internal sealed class TimedNetwork(IAdNetwork network, TimeProvider machine) : IAdNetwork
{
    public NetworkProfile Profile => network.Profile;

    public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) =>
        InTimeAsync(token => network.ReadAccountAsync(account, token), cancellationToken);

    public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) =>
        InTimeAsync(token => network.FindCampaignAsync(account, campaign, token), cancellationToken);

    public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) =>
        InTimeAsync(token => network.FindByKeyAsync(account, key, token), cancellationToken);

    public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) =>
        InTimeAsync(token => network.FindAudiencesAsync(account, token), cancellationToken);

    public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) =>
        InTimeAsync(token => network.ExecuteAsync(account, command, key, token), cancellationToken);

    private async Task<TAnswer> InTimeAsync<TAnswer>(Func<CancellationToken, Task<TAnswer>> call, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimedNetworks.Longest, machine);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await call(linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException cut) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdNetworkException(FaultKind.TimedOut, $"{Profile.Title} did not answer within {TimedNetworks.Longest.TotalSeconds:0} seconds.", inner: cut);
        }
    }
}
