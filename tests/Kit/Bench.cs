// Long because it is where everything that acts is put together once, for all tests.
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Checks;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Ads;
using ChatOpsCampaigns.Automation.Campaigns.Checks.Running;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Commands.Settlement;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Kit;

/// <summary>The core with everything outside it in memory: one fake network, one account, stores that a test looks into.</summary>
public sealed class Bench
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private Task? _hangs;

    /// <param name="speed">How many times as fast campaign time runs as the machine's.</param>
    public Bench(double speed = 1, NetworkProfile? profile = null, FakePeople? people = null, ApprovalLimits? limits = null, params IReadOnlyList<AdAccount> accounts)
        : this(null, speed, profile, people, limits, accounts)
    {
    }

    /// <summary>A new life over the same stores and networks, as after kill -9.</summary>
    public Bench(Bench before) : this(before, 1, null, before.People, before.Limits, [])
    {
    }

    private Bench(Bench? before, double speed, NetworkProfile? profile, FakePeople? people, ApprovalLimits? limits, IReadOnlyList<AdAccount> accounts)
    {
        People = people ?? new FakePeople();
        Limits = limits ?? ApprovalLimits.Default;
        Market = before?.Market ?? new FakeMarket();
        Machine = before?.Machine ?? new FakeTimeProvider(A.Noon);
        Hands = before?.Hands ?? new JumpingClock(Machine);
        Ticking = before?.Ticking ?? new ForwardClock(Hands);
        Clock = before?.Clock ?? new CampaignClock(Ticking, speed);
        Network = before?.Network ?? new FakeNetwork(profile ?? A.Profile(), Clock);
        Other = before?.Other ?? new FakeNetwork(A.Profile("TikTok"), Clock);
        Networks = before?.Networks ?? new FakeNetworks(Network, Other);
        Accounts = before?.Accounts ?? new FakeAccounts([.. accounts.Count > 0 ? accounts : [A.Account()], A.Account("TikTok")]);
        Audit = before?.Audit ?? new MemoryAudit(Clock);
        (Campaigns, Drafts) = (before?.Campaigns ?? new(Audit), before?.Drafts ?? new());
        (Intents, Incidents, ApprovalStore) = (before?.Intents ?? new(Audit), before?.Incidents ?? new(Audit), before?.ApprovalStore ?? new(Audit));
        (Readings, Decisions, Settings) = (before?.Readings ?? new(), before?.Decisions ?? new(), before?.Settings ?? new(Audit));
        Forecasts = before?.Forecasts ?? new();
        Foresees = new ForecastBook(Forecasts, NullLogger<ForecastBook>.Instance);
        (Alerts, Stops) = (before?.Alerts ?? new(), before?.Stops ?? new());
        Journal = new JournalStanding(Ticking);
        Acts = new ActRecorder(Audit, Journal, NullLogger<ActRecorder>.Instance);
        Feed = before?.Feed ?? new MemoryFeed(Acts, Audit);
        Switch = new GlobalSwitch(Settings, Stops);
        Rests = new AccountRests(Ticking);
        Asked = new ObedientNetworks(new TimedNetworks(Networks, Ticking), Rests);
        Door = new NetworkDoor(Accounts, Asked);
        Memory = new AccountMemory(Settings);
        Hours = new CampaignHours(Accounts, Clock);
        Room = new AccountRoom(Campaigns, Incidents, Intents, Accounts, Ticking);
        Checks = new DraftChecks([.. StandardChecks.All, new CreativesCouldBePrepared(Faults), new AlertChannelsAreSetUp(AlertChannels)], Networks, Accounts, Campaigns, Room, new OutsideLook(Landing, Asked), Clock);
        Registrar = new LaunchRegistrar(new PlannedCampaign(Checks, Networks, Forecast, Clock), Drafts, Campaigns, Memory, Queue);
        People.Roster = new RosterBook(Settings);
        Said = new SetupBook(Settings);
        SaidAccounts = new SaidAccounts(Accounts, Said, ["local", "slack"]);
        Second = new SecondPeople(People);
        Unusual = new UnusualAmounts(Campaigns, Networks);
        Observer = new Observer(
            Accounts, Asked, new ReadingWindows(Readings, Clock, NullLogger<ReadingWindows>.Instance),
            new StatusReconciler(Campaigns, Intents, Feed, Clock, NullLogger<StatusReconciler>.Instance), Clock,
            new AccountReader(Settings, Clock, Ticking, NullLogger<AccountReader>.Instance), NullLogger<Observer>.Instance);
        Risk = new RiskGate(Switch, Campaigns, Incidents, Observer, Room);
        Gate = new NetworkGate(Intents, new IntentJournal(Intents, Stops, Journal, Clock, NullLogger<IntentJournal>.Instance), Risk, Door, Clock);
        Approvals = new ApprovalDesk(
            ApprovalStore,
            [
                new LaunchApproval(Checks, Drafts, Registrar, Risk, Clock), new LiftCapApproval(Incidents, Campaigns, Accounts, Clock),
                new RaiseApproval(Campaigns, Gate, Door, Turns, Feed, Clock), new CapApproval(Campaigns, Risk, Feed, Clock), new ResumeAgainApproval(Incidents, Market, Clock),
                new SettingApproval(Campaigns, Risk, Feed, Clock), new LimitApproval(SaidAccounts, Said),
            ],
            new ApprovalVoice(Feed, Accounts, Clock), People, new ApprovalClock(Ticking, ApprovalTimes.Default));
        Launches = new LaunchDesk(Checks, Registrar, Approvals, Unusual, Second, Limits, Risk, Clock);
        Raises = new RaiseDesk(Gate, Intents, Approvals, Unusual, Second, Limits, Ticking, Clock);
        Caps = new CapRaises(Risk, Approvals, Second, Limits, Ticking);
        Memories = new AgentMemories(Settings, Intents, Accounts, Clock);
        Settled.Add(new SettledMoves(Memories));
        Settler = new IntentSettler(
            Intents, Campaigns, Gate, new SettledRecord(Campaigns, Settled, Feed, Clock), Clock, Ticking, NullLogger<IntentSettler>.Instance);
        var steps = new LaunchSteps(new ReadyCreatives(), Gate, Door);
        Engine = new CampaignCreationEngine(Campaigns, Networks, steps, new LaunchReporter(Feed, Watcher, new LaunchNotice(Alerts, Ticking, NullLogger<LaunchNotice>.Instance), Accounts, Clock), Hours);
        Brake = new LaunchBrake(Campaigns, Intents, steps, Queue, Ticking, NullLogger<LaunchBrake>.Instance);
        HoursSwitch = new HoursSwitch(Campaigns, Hours, Turns, Gate, Feed, Clock, Ticking, NullLogger<HoursSwitch>.Instance);
    }

    public FakeTimeProvider Machine { get; }

    /// <summary>The machine's clock as people set it.</summary>
    public JumpingClock Hands { get; }

    /// <summary>The same as the program sees it: it never goes back.</summary>
    public ForwardClock Ticking { get; }

    public FakeMarket Market { get; }

    /// <summary>Its network shows figures of this very moment from now on, and they are read once.</summary>
    public async Task SeenAsync(Campaign campaign, decimal spend = 100)
    {
        var account = await Accounts.GetAsync(campaign.Account, CancellationToken.None);
        Network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, Clock.GetUtcNow(), Clock.GetUtcNow(), new DayFigures(account.DayAt(Clock.GetUtcNow()), A.Usd(spend), 10_000, 500, 5, null), null, []);
        await Observer.ObserveAsync(account, [campaign], CancellationToken.None);
    }

    public CampaignClock Clock { get; }

    public FakeNetwork Network { get; }

    /// <summary>A second network with an account of its own.</summary>
    public FakeNetwork Other { get; }

    public FakeNetworks Networks { get; }

    /// <summary>The same with their time-outs and rests, as everybody asks them.</summary>
    public AccountRests Rests { get; }

    public IAdNetworkDirectory Asked { get; }

    public FakeAccounts Accounts { get; }

    public FakePeople People { get; }

    public MemoryCampaigns Campaigns { get; }

    public MemoryDrafts Drafts { get; }

    public MemoryIntents Intents { get; }

    public MemoryIncidents Incidents { get; }

    public MemoryApprovals ApprovalStore { get; }

    public MemoryReadings Readings { get; }

    public MemoryDecisions Decisions { get; }

    public MemoryForecasts Forecasts { get; }

    /// <summary>What the agent of this bench expects of its campaigns.</summary>
    public ForecastBook Foresees { get; }

    public MemorySettings Settings { get; }

    public MemoryAlerts Alerts { get; }

    /// <summary>The ways out that the installation knows; empty: nothing is said about them.</summary>
    public List<IAlertChannel> AlertChannels { get; } = [];

    public ActRecorder Acts { get; }

    public MemoryFeed Feed { get; }

    public MemoryStopJournal Stops { get; }

    public JournalStanding Journal { get; }

    public MemoryAudit Audit { get; }

    public GlobalSwitch Switch { get; }

    public Observer Observer { get; }

    public AccountRoom Room { get; }

    public RiskGate Risk { get; }

    public NetworkDoor Door { get; }

    public NetworkGate Gate { get; }

    public PreparationFaults Faults { get; } = new();

    /// <summary>Says of every landing page that it answers, unless a test says otherwise.</summary>
    public FakeLanding Landing { get; } = new();

    public AccountMemory Memory { get; }

    public CampaignHours Hours { get; }

    public CampaignTurns Turns { get; } = new();

    public HoursSwitch HoursSwitch { get; }

    public DraftChecks Checks { get; }

    public LaunchQueue Queue { get; } = new();

    public LaunchRegistrar Registrar { get; }

    /// <summary>Above what a second person is needed.</summary>
    public ApprovalLimits Limits { get; }

    public SecondPeople Second { get; }

    public SetupBook Said { get; }

    /// <summary>The accounts with what is said in the chat.</summary>
    public SaidAccounts SaidAccounts { get; }

    public UnusualAmounts Unusual { get; }

    public RaiseDesk Raises { get; }

    public CapRaises Caps { get; }

    public ApprovalDesk Approvals { get; }

    public LaunchDesk Launches { get; }

    public NoForecast Forecast { get; } = new();

    public SeenSteps Watcher { get; } = new();

    public CampaignCreationEngine Engine { get; }

    public LaunchBrake Brake { get; }

    public AgentMemories Memories { get; }

    public ShareBook Shares => field ??= new ShareBook(Campaigns, Readings, Memories);

    public IntentSettler Settler { get; }

    /// <summary>Who hears of commands whose answer was lost and that happened.</summary>
    public List<ISettledMoves> Settled { get; } = [];

    /// <summary>The result of some work; the machine's time passes with every call to the network that hangs.</summary>
    public async Task<TResult> UntilDoneAsync<TResult>(Task<TResult> work)
    {
        while (!work.IsCompleted)
        {
            // Kept from one work to the next, so that no forgotten look takes the word of a hanging call.
            _hangs ??= Network.HangsAsync();
            var first = await Task.WhenAny(work, _hangs, Task.Delay(Look, TimeProvider.System));
            if (first == work)
                break;

            if (first == _hangs)
                _hangs = null;

            // Also without another hanging call: whoever waits may have begun to count after the last leap.
            if (Network.Hangs.Count > 0)
                Machine.Advance(TimedNetworks.Longest);
        }

        return await work;
    }

    public sealed class SeenSteps : ILaunchWatcher
    {
        public List<LaunchStep> Steps { get; } = [];

        /// <summary>Who shows them in a chat; null in a core without one.</summary>
        public ILaunchWatcher? Shown { get; set; }

        public Task SeeAsync(LaunchStanding standing, CancellationToken cancellationToken)
        {
            Steps.Add(standing.Step);
            return Shown?.SeeAsync(standing, cancellationToken) ?? Task.CompletedTask;
        }
    }

    public sealed class FakeLanding : ILandingCheck
    {
        public string? Problem { get; set; }

        public List<string> Asked { get; } = [];

        public Task<string?> FindProblemAsync(string address, CancellationToken cancellationToken)
        {
            Asked.Add(address);
            return Task.FromResult(Problem);
        }
    }

    private sealed class ReadyCreatives : ICreativePreparation
    {
        public Task<IReadOnlyList<PreparedCreative>> PrepareAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PreparedCreative>>(
                [new PreparedCreative(creative.File, creative.File, creative.File, creative.Kind, creative.Format, "Square", creative.Size, creative.Bytes, null, [])]);
    }

    public sealed class NoForecast : IPredictor
    {
        /// <summary>What is suggested at every step.</summary>
        public List<Recommendation> Suggested { get; } = [];

        /// <summary>What is forecast for every draft.</summary>
        public PreLaunchPredictions? Predicted { get; set; }

        /// <summary>What goes wrong with every forecast; null when nothing does.</summary>
        public Exception? Fault { get; set; }

        public Task<PreLaunchPredictions?> PredictAsync(CampaignDraft draft, CancellationToken cancellationToken) =>
            Fault is { } fault ? Task.FromException<PreLaunchPredictions?>(fault) : Task.FromResult(Predicted);

        public Task<IReadOnlyList<Recommendation>> SuggestAsync(CampaignDraft draft, string step, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Recommendation>>([.. Suggested]);
    }
}
