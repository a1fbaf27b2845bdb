using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Tests.Months;

/// <summary>Up to when the figures of each campaign count that the program was answered.</summary>
internal sealed class HeardFigures
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CampaignId, Figures> _heard = [];

    private sealed record Figures(DateTimeOffset AsOf, PerformanceReading Reading);

    /// <summary>Null: none were heard.</summary>
    public DateTimeOffset? AsOf(CampaignId campaign)
    {
        lock (_lock)
            return _heard.GetValueOrDefault(campaign)?.AsOf;
    }

    public void Take(AccountReading reading)
    {
        lock (_lock)
        {
            foreach (var shown in reading.Campaigns.Values)
            {
                if (shown.Settings.Ours is { } campaign)
                    _heard[campaign] = After(_heard.GetValueOrDefault(campaign), shown);
            }
        }
    }

    /// <summary>Where a network gives no time of its figures, their last change counts while the campaign delivers; at rest they do not grow old.</summary>
    private static Figures After(Figures? before, PerformanceReading now)
    {
        var asOf = now.DataAsOf ?? (before is null || now.Settings.Status is not (NetworkStatus.Active or NetworkStatus.Unknown) || !IsSame(before.Reading, now) ? now.ReadAt : before.AsOf);
        return before is null || asOf >= before.AsOf ? new Figures(asOf, now) : before;
    }

    private static bool IsSame(PerformanceReading before, PerformanceReading now) => before.Today == now.Today && before.Yesterday == now.Yesterday;
}

/// <summary>Networks whose answers are noted where the program gets them.</summary>
internal sealed class HeardNetworks(IAdNetworkDirectory networks, HeardFigures heard) : IAdNetworkDirectory
{
    public IReadOnlyList<NetworkProfile> Profiles => networks.Profiles;

    public NetworkProfile Profile(NetworkName network) => networks.Profile(network);

    public string? NotBuilt(NetworkName network, NetworkMode mode) => networks.NotBuilt(network, mode);

    public IAdNetwork For(AdAccount account, NetworkMode mode) => new HeardNetwork(networks.For(account, mode), heard);

    private sealed class HeardNetwork(IAdNetwork network, HeardFigures heard) : IAdNetwork
    {
        public NetworkProfile Profile => network.Profile;

        public async Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken)
        {
            var reading = await network.ReadAccountAsync(account, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            heard.Take(reading);
            return reading;
        }

        public Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken) =>
            network.FindCampaignAsync(account, campaign, cancellationToken);

        public Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken) =>
            network.FindByKeyAsync(account, key, cancellationToken);

        public Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken) =>
            network.FindAudiencesAsync(account, cancellationToken);

        public Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken) =>
            network.ExecuteAsync(account, command, key, cancellationToken);
    }
}
