using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>Any network, simulated from its profile: takes what that network takes, refuses what it refuses, and delivers into a market.</summary>
internal sealed class SimulatedNetwork(NetworkProfile profile, SimulatedWorld world) : IAdNetwork
{
    /// <summary>What every simulated account has, where the network knows custom audiences at all.</summary>
    private static readonly ImmutableArray<string> Audiences = ["vip", "newsletter", "app users 30 days", "purchasers 180 days"];

    private readonly SimulatedOrders _orders = new(profile, world);

    public NetworkProfile Profile => profile;

    public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) => world.AskAsync(
        new NetworkCall(account.Id),
        (known, now) =>
        {
            if (known.Campaigns.Values.Any(campaign => campaign.Suffers(MarketFault.Api, now)))
                throw new AdNetworkException(FaultKind.Unavailable, $"The reports of {profile.Title} do not answer (demonstration fault).");

            var readings = known.Campaigns
                .Where(one => !one.Value.Is(NetworkStatus.Archived, now))
                .ToImmutableDictionary(one => one.Key, one => one.Value.Read(account, Latest(one.Value, now)));
            return new AccountReading(account.Id, now, readings);
        },
        cancellationToken);

    public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) => world.AskAsync(
        new NetworkCall(account.Id) { Looked = campaign },
        (known, now) => known.Campaigns.TryGetValue(campaign, out var found) ? found.Shown(Latest(found, now)) : null,
        cancellationToken);

    public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) => world.AskAsync(
        new NetworkCall(account.Id),
        (known, _) => known.Answers.TryGetValue(key, out var answer) ? answer : (ExternalId?)null,
        cancellationToken);

    public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) => world.AskAsync(
        new NetworkCall(account.Id), (_, _) => profile.Capabilities.CustomAudiences ? Audiences : (ImmutableArray<string>?)[], cancellationToken);

    public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) => world.AskAsync(
        new NetworkCall(account.Id) { Command = command },
        (known, now) => known.Answers.TryGetValue(key, out var first) ? first : _orders.CarryOut(account, known, command, key, now),
        cancellationToken);

    /// <summary>After a crash the clock may stand a little before the last event; the network never goes back.</summary>
    private static DateTimeOffset Latest(SimulatedCampaign campaign, DateTimeOffset now) => campaign.LastEventAt > now ? campaign.LastEventAt : now;
}
