using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit.Faults;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>What arrived at a network and was answered there.</summary>
/// <param name="FiguresAsOf">Up to when the newest figures of the campaign counted that the program had.</param>
/// <param name="Standing">How the campaign stood here then.</param>
internal sealed record Mutation(NetworkCommand Command, CommandKey Key, DateTimeOffset At, DateTimeOffset? FiguresAsOf, CampaignStatus? Standing);

/// <summary>Faults on the way to the networks, and a note of everything that arrives there.</summary>
internal sealed class WatchedNetworks(IAdNetworkDirectory networks, WholeBot bot) : IAdNetworkDirectory
{
    public IReadOnlyList<NetworkProfile> Profiles => networks.Profiles;

    public NetworkProfile Profile(NetworkName network) => networks.Profile(network);

    public string? NotBuilt(NetworkName network, NetworkMode mode) => networks.NotBuilt(network, mode);

    public IAdNetwork For(AdAccount account, NetworkMode mode) =>
        Faulty.Around<IAdNetwork>(new WatchedNetwork(networks.For(account, mode), bot), bot.Faults, Manners.Network, bot.Machine);

    private sealed class WatchedNetwork(IAdNetwork network, WholeBot bot) : IAdNetwork
    {
        public NetworkProfile Profile => network.Profile;

        public Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken) => network.ReadAccountAsync(account, cancellationToken);

        public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) =>
            network.FindCampaignAsync(account, campaign, cancellationToken);

        public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) => network.FindByKeyAsync(account, key, cancellationToken);

        public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) => network.FindAudiencesAsync(account, cancellationToken);

        public async Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken)
        {
            var standing = (await bot.CalmlyAsync(() => bot.Get<ICampaignStore>().FindAsync(command.Campaign, cancellationToken)))?.Status;
            var answer = await network.ExecuteAsync(account, command, key, cancellationToken);
            lock (bot.Mutations)
                bot.Mutations.Add(new Mutation(command, key, bot.Clock.GetUtcNow(), bot.Heard.AsOf(command.Campaign), standing));

            return answer;
        }
    }
}
