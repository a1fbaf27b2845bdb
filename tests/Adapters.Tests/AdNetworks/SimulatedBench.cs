using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks;

/// <summary>Simulated networks over a file of their own and a clock that a test moves.</summary>
internal sealed class SimulatedBench : IDisposable
{
    private readonly string _path;
    private readonly bool _ownsFile;
    private readonly SimulatedFile _file;
    private int _keys;

    public SimulatedBench(string network = "Meta", string zone = "America/New_York", DateTimeOffset? start = null, string? path = null, SimulatorOptions? options = null)
    {
        _ownsFile = path is null;
        _path = path ?? Path.Combine(Path.GetTempPath(), $"networks-{Guid.NewGuid():N}.db");
        Machine = new FakeTimeProvider(start ?? A.Noon);
        Clock = new CampaignClock(Machine);
        _file = new SimulatedFile(_path);
        var behaves = options ?? new SimulatorOptions { Latency = TimeSpan.Zero, ReviewTime = TimeSpan.Zero };
        World = new SimulatedWorld(_file, AdNetworkCatalog.Profiles, behaves, Clock, new EvenLine(behaves, Machine));
        Directory = new AdNetworkDirectory(AdNetworkCatalog.Profiles, World);
        Desk = new MarketDesk(World);
        Account = A.Account(network) with { TimeZone = zone };
        Network = Directory.For(Account, NetworkMode.Simulated);
    }

    public string FilePath => _path;

    public FakeTimeProvider Machine { get; }

    public CampaignClock Clock { get; }

    public SimulatedWorld World { get; }

    public AdNetworkDirectory Directory { get; }

    public MarketDesk Desk { get; }

    public AdAccount Account { get; }

    public IAdNetwork Network { get; }

    public NetworkProfile Profile => Network.Profile;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public CommandKey Key() => new($"key-{++_keys}");

    public CampaignOrder Order(string name = "Spring sale", decimal daily = 500, decimal? bid = null, ObjectiveMapping? objective = null) => new(
        name, new CommandKey("k"), (objective ?? Profile.Objectives[0]).NativeName, A.Usd(daily),
        bid is { } cap
            ? new Bidding { Strategy = BidStrategy.CostCap, TargetCpa = A.Usd(cap) }
            : new Bidding { Strategy = BidStrategy.LowestCost },
        new Targeting { Countries = ["US"] }, new Destination { StoreUrl = "https://apps.apple.com/app/id1" }, Schedule.Now);

    public Task<ExternalId> SendAsync(NetworkCommand command, CommandKey? key = null) => Network.ExecuteAsync(Account, command, key ?? Key(), Cancel);

    /// <summary>Creates a campaign with one ad, paused.</summary>
    public async Task<ExternalId> CreateAsync(CampaignOrder? order = null, string campaign = "c-1", string? headline = null)
    {
        var id = new CampaignId(campaign);
        var created = await SendAsync(new NetworkCommand.CreateCampaign(Account.Id, id, order ?? Order()));
        var adSet = await SendAsync(new NetworkCommand.CreateAdSet(Account.Id, id, created, order ?? Order()));
        if (!Profile.TakesCreatives)
            return created;

        var file = await SendAsync(new NetworkCommand.UploadCreative(Account.Id, id, 0, Digest.Of("a"), CreativeKind.Image, "a.png"));
        await SendAsync(new NetworkCommand.CreateAd(Account.Id, id, adSet, 0, file, "Ad 1", headline, null, null, null));
        return created;
    }

    public async Task<ExternalId> LaunchAsync(CampaignOrder? order = null, string campaign = "c-1", DateTimeOffset? startsAt = null)
    {
        var created = await CreateAsync(order, campaign);
        await ActivateAsync(created, startsAt);
        return created;
    }

    public Task<ExternalId> ActivateAsync(ExternalId campaign, DateTimeOffset? startsAt = null) =>
        SendAsync(new NetworkCommand.Activate(Account.Id, new CampaignId("c-1"), campaign, startsAt));

    public Task<ExternalId> PauseAsync(ExternalId campaign) => SendAsync(new NetworkCommand.Pause(Account.Id, new CampaignId("c-1"), campaign));

    public async Task<NetworkCampaign> ShownAsync(ExternalId campaign) => (await Network.FindCampaignAsync(Account, campaign, Cancel)).ShouldNotBeNull();

    public async Task<PerformanceReading> ReadAsync(ExternalId campaign) => (await Network.ReadAccountAsync(Account, Cancel)).Campaigns[campaign];

    public void Dispose()
    {
        _file.Dispose();
        if (_ownsFile)
            File.Delete(_path);
    }
}
