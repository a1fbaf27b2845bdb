using ChatOpsCampaigns.Adapters.AdNetworks;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Demo;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.AdNetworks.Simulator;

public sealed class DemoAccountTests : IDisposable
{
    private readonly SimulatedBench _bench = new();
    private readonly MemoryCampaigns _campaigns = new();
    private readonly MemoryReadings _readings = new();
    private readonly MemoryDecisions _decisions = new();
    private readonly MemoryIncidents _incidents = new();
    private readonly MemoryFeed _feed = new();
    private readonly AdAccounts _accounts = AccountSettings.Read(new ConfigurationBuilder().Build(), AdNetworkCatalog.Profiles, "America/New_York", ["local"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Proves(86)]
    [Fact]
    public async Task Twelve_campaigns_eight_with_the_agent_have_run_for_up_to_sixty_days()
    {
        (await Demo().CreateAsync(Cancel)).ShouldBe(12);
        var campaigns = await _campaigns.AllAsync(WorkspaceId.Local, Cancel);

        campaigns.Count.ShouldBe(12);
        campaigns.Count(campaign => campaign.AgentManaged).ShouldBe(8);
        campaigns.ShouldAllBe(campaign => campaign.Demo && campaign.Predictions != null && campaign.Handle.Length > 0);
        campaigns.Select(campaign => campaign.Status).Distinct().ShouldBe(
            [CampaignStatus.Active, CampaignStatus.Paused, CampaignStatus.Stopped], ignoreOrder: true);

        var oldest = campaigns.MinBy(campaign => campaign.LaunchedAt)!;
        (await _readings.DaysAsync(oldest.Id, new AccountDay(new DateOnly(2025, 1, 1)), Cancel)).Count.ShouldBe(60);
        (await _decisions.LatestAsync(oldest.Id, 100, Cancel)).Count.ShouldBeGreaterThan(5);
        (await _incidents.LatestAsync(WorkspaceId.Local, 10, Cancel)).ShouldAllBe(incident => incident.State == IncidentState.Closed);
        (await _incidents.LatestAsync(WorkspaceId.Local, 10, Cancel)).Count.ShouldBe(2);

        var feed = await _feed.LatestAsync(WorkspaceId.Local, null, 1000, Cancel);
        feed.Count.ShouldBeGreaterThan(40);
        feed.ShouldAllBe(happened => happened.Demo && happened.At < _bench.Clock.GetUtcNow());
        feed.ShouldContain(happened => happened.Kind == FeedKind.EmergencyStop);
        campaigns.ShouldAllBe(campaign => campaign.Because == null || PlainWords.Problem(campaign.Because) == null);
    }

    [Fact]
    public async Task It_is_written_once_and_never_beside_a_persons_campaign()
    {
        await Demo().CreateAsync(Cancel);
        (await Demo().CreateAsync(Cancel)).ShouldBe(0);

        var own = new MemoryCampaigns();
        await own.AddAsync(A.Campaign(), Cancel);
        (await Demo(own).CreateAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_crash_halfway_is_gone_on_from()
    {
        var stopping = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => Demo(new StopsAfter(_campaigns, 5, stopping)).CreateAsync(stopping.Token));
        (await Demo().CreateAsync(Cancel)).ShouldBe(7);
        (await _campaigns.AllAsync(WorkspaceId.Local, Cancel)).Select(campaign => campaign.Name).ShouldBeUnique();
    }

    [Fact]
    public async Task The_campaigns_run_on_and_the_monitor_finds_nothing_to_stop_for_two_days()
    {
        await Demo().CreateAsync(Cancel);
        var observer = new Observer(
            _accounts, _bench.Directory, new ReadingWindows(_readings, _bench.Clock, NullLogger<ReadingWindows>.Instance),
            new StatusReconciler(_campaigns, new MemoryIntents(), _feed, _bench.Clock, NullLogger<StatusReconciler>.Instance), _bench.Clock,
            new AccountReader(new MemorySettings(), _bench.Clock, _bench.Machine, NullLogger<AccountReader>.Instance), NullLogger<Observer>.Instance);
        var panel = new SafetyPanel();
        var breaches = new List<string>();
        for (var step = 0; step < 2 * 24 * 6; step++)
        {
            _bench.Machine.Advance(TimeSpan.FromMinutes(10));
            foreach (var account in await _accounts.AllAsync(Cancel))
            {
                var campaigns = (await _campaigns.MaySpendAsync(Cancel)).Where(campaign => campaign.Account == account.Id).ToList();
                foreach (var seen in await observer.ObserveAsync(account, campaigns, Cancel))
                    breaches.AddRange(panel.Judge(seen).OfType<SafetyVerdict.Breach>().Select(breach => $"{step} {seen.Campaign.Name}: {breach.Rule} {breach.Evidence}"));
            }
        }

        breaches.ShouldBeEmpty();
        (await _campaigns.MaySpendAsync(Cancel)).Count.ShouldBe(9);
    }

    private DemoAccount Demo(ICampaignStore? campaigns = null) => new(
        _bench.World, new DemoStores(campaigns ?? _campaigns, _readings, _decisions, _incidents, _feed), _bench.Directory, _accounts, _bench.Clock);

    /// <summary>A store under which the process is stopped after some campaigns.</summary>
    private sealed class StopsAfter(ICampaignStore inner, int count, CancellationTokenSource stopping) : ICampaignStore
    {
        private int _added;

        public Task<Campaign?> FindAsync(CampaignId campaign, CancellationToken cancellationToken) => inner.FindAsync(campaign, cancellationToken);

        public Task<IReadOnlyList<Campaign>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken) => inner.AllAsync(workspace, cancellationToken);

        public Task<IReadOnlyList<string>> NamesAsync(WorkspaceId workspace, CampaignId except, CancellationToken cancellationToken) => inner.NamesAsync(workspace, except, cancellationToken);

        public Task<IReadOnlyList<Campaign>> OfAccountAsync(AdAccountId account, CancellationToken cancellationToken) => inner.OfAccountAsync(account, cancellationToken);

        public Task<IReadOnlyList<Campaign>> MaySpendAsync(CancellationToken cancellationToken) => inner.MaySpendAsync(cancellationToken);

        public Task<IReadOnlyList<AdAccountId>> AccountsAsync(CancellationToken cancellationToken) => inner.AccountsAsync(cancellationToken);

        public Task<IReadOnlyList<Campaign>> MaySpendOfAsync(AdAccountId account, CancellationToken cancellationToken) => inner.MaySpendOfAsync(account, cancellationToken);

        public Task<IReadOnlyList<Campaign>> LaunchingAsync(CancellationToken cancellationToken) => inner.LaunchingAsync(cancellationToken);

        public Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken) => inner.StoppedAsync(cancellationToken);

        public Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, AuditEntry> entry, CancellationToken cancellationToken) => inner.AddAsync(campaign, entry, cancellationToken);

        public async Task<Campaign> AddAsync(Campaign campaign, CancellationToken cancellationToken)
        {
            if (_added++ == count)
                await stopping.CancelAsync();

            cancellationToken.ThrowIfCancellationRequested();
            return await inner.AddAsync(campaign, cancellationToken);
        }

        public Task<Campaign> ChangeAsync(CampaignId campaign, Func<Campaign, Campaign> change, CancellationToken cancellationToken) =>
            inner.ChangeAsync(campaign, change, cancellationToken);
    }
}
