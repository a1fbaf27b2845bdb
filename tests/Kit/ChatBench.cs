// Long because everything that talks is put together here once, for all tests.
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.FollowUps;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Agent.Rails;
using ChatOpsCampaigns.Automation.Agent.Replays;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Agent.Sharing;
using ChatOpsCampaigns.Automation.Agent.Suggestions;
using ChatOpsCampaigns.Automation.Ahead;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Feed.Reports;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Judging;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Announcing.Quiet;
using ChatOpsCampaigns.Dialogs.Announcing.Requests;
using ChatOpsCampaigns.Dialogs.Announcing.Threads;
using ChatOpsCampaigns.Dialogs.Cards.Parts;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Commands.Campaigns;
using ChatOpsCampaigns.Dialogs.Commands.Drafts;
using ChatOpsCampaigns.Dialogs.Commands.Everything;
using ChatOpsCampaigns.Dialogs.Commands.Incidents;
using ChatOpsCampaigns.Dialogs.Commands.Levers;
using ChatOpsCampaigns.Dialogs.Commands.Looking;
using ChatOpsCampaigns.Dialogs.Commands.People;
using ChatOpsCampaigns.Dialogs.Commands.Proposals;
using ChatOpsCampaigns.Dialogs.Commands.Settings;
using ChatOpsCampaigns.Dialogs.Commands.Simulator;
using ChatOpsCampaigns.Dialogs.Commands.Workspace;
using ChatOpsCampaigns.Dialogs.Incidents;
using ChatOpsCampaigns.Dialogs.Setup;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Dialogs.Verbs.Arguments;
using ChatOpsCampaigns.Dialogs.Wizard;
using ChatOpsCampaigns.Dialogs.Wizard.Drafts;
using ChatOpsCampaigns.Dialogs.Wizard.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Kit;

/// <summary>The chat side over the core in memory: people type and press, the channel keeps what they see.</summary>
public sealed class ChatBench
{
    private readonly LaunchUndo _undo;
    private readonly StopJudgement _judgement;
    private int _turns;

    public ChatBench(params IReadOnlyList<ICommand> more)
        : this(new Bench(), more)
    {
    }

    /// <param name="speed">How many times as fast campaign time runs as people's.</param>
    public ChatBench(double speed, params IReadOnlyList<ICommand> more)
        : this(new Bench(speed), more)
    {
    }

    public ChatBench(Bench core, params IReadOnlyList<ICommand> more)
        : this(core, new FakeChannel(), new MemoryConversations(), more)
    {
    }

    /// <summary>After a restart: over the same core and in the same chat.</summary>
    public ChatBench(ChatBench before)
        : this(before.Core, before.Channel, before.Conversations, [])
    {
    }

    private ChatBench(Bench core, FakeChannel channel, MemoryConversations conversations, IReadOnlyList<ICommand> more)
    {
        Core = core;
        (Channel, Conversations) = (channel, conversations);
        Said = Core.Said;
        Accounts = Core.SaidAccounts;
        Shut = new ShutPlaces(Accounts, Core.Campaigns);
        Shared = new SharedRooms(Accounts, Rooms, Core.Settings, NullLogger<SharedRooms>.Instance);
        Chat = new ChatDesk([Channel], Conversations, new Outbox(Core.Settings, Core.Machine), new Elsewhere(Conversations, Accounts, Shut, Shared), Core.Machine);
        Audience = new Audience(Core.People, Accounts, Core.Campaigns, Conversations, Chat);
        Tests = new TestDesk(Core.Settings, Audience, Chat, Core.Machine);
        Board = new IncidentBoard(Core.Incidents, Core.Alerts, [], Core.Accounts, Audience, Conversations, Chat, Core.Clock);
        Facts = new ApprovalFacts(new DraftViews(Core.Networks, Core.Accounts, Core.Checks, Core.Memory, Core.AlertChannels, Core.Clock), Core.Forecast, Core.Accounts, Core.Campaigns);
        Approvals = new ApprovalBoard(Core.ApprovalStore, Core.Approvals, Facts, Audience, Conversations, Chat);
        Launches = NewLaunchMessages();
        var memories = new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock);
        var suggested = new SuggestionBook(Core.Settings, Core.Feed);
        var threads = new CampaignThreads(Chat, Core.Feed, Core.Campaigns, Core.Accounts, Core.Clock);
        Suggestions = new SuggestionBoard(suggested, Core.Campaigns, Audience, threads, Chat);
        Reporter = new AgentReporter(Core.Decisions, Core.Feed);
        var surroundings = new SurroundingsReader(Core.Incidents, Core.Room, Shares);
        var executor = new ActionExecutor(Core.Gate, Core.Campaigns, Core.Clock);
        Agent = new CampaignAgent(Watch, executor, memories, Reporter, surroundings, suggested, Core.Foresees, new AgentPolicy(Autonomy.Suggest));
        SuggestionDesk = new SuggestionDesk(suggested, new SecondLook(Watch, Core.Accounts, surroundings, memories), executor, memories, Reporter, Core.Turns, Core.Clock);
        News = new CampaignNews(Audience, new QuietDigests(Core.Feed, Audience, Core.Accounts, Core.Clock), new CampaignCards(Launches, threads, Suggestions), Chat, new UntoldNews(Core.Settings), Core.Clock, NullLogger<CampaignNews>.Instance);
        Announcer = new FeedAnnouncer(Core.Feed, IncidentNews, Core.Incidents, Approvals, News, Core.Settings, Core.Machine, NullLogger<FeedAnnouncer>.Instance);
        var book = new IncidentBook(Core.Incidents, Core.Intents, Core.Stops, Core.Journal, Core.Machine, NullLogger<IncidentBook>.Instance);
        var voice = new IncidentVoice(Core.Feed, Core.Alerts, Core.Networks, Core.Clock, Core.Machine, NullLogger<IncidentVoice>.Instance);
        _judgement = new StopJudgement(book, voice, Core.Clock);
        var pause = new StopPause(Core.Gate, book, Core.Campaigns, Core.Clock, Core.Machine, NullLogger<StopPause>.Instance);
        var reminders = new IncidentReminders(book, voice, Core.Machine);
        var opening = new IncidentOpening(book, reminders, Core.Networks, Core.Clock);
        var stop = new EmergencyStop(
            book, new PresentStanding(new SafetyPanel(), Core.Campaigns, Core.Journal), new CampaignStop(book, opening, pause, voice),
            new MilderRemedy(book, opening, new BidCut(Core.Gate, Core.Intents, Core.Campaigns, Core.Machine), voice));
        var settled = new SettledResume(book, new IncidentClosing(book, voice, Core.Clock), Core.Campaigns, Core.Clock);
        Core.Settled.Add(settled);
        var keeper = new StopKeeper(book, pause, voice, reminders, new EndedStops(book, voice, Core.Gate, settled, Core.Clock), Core.Campaigns, NullLogger<StopKeeper>.Instance);
        var watch = new WatchList(Core.Campaigns, Core.Accounts, keeper, Core.Journal, NullLogger<WatchList>.Instance);
        _undo = new LaunchUndo(Core.Brake, stop);
        var strays = new Strays(
            Core.Campaigns, Core.Intents, Core.Networks,
            new StrayActs(new StatusReconciler(Core.Campaigns, Core.Intents, Core.Feed, Core.Clock, NullLogger<StatusReconciler>.Instance), _undo, stop, Core.Switch),
            new Orphans(book, voice, reminders, Core.Gate, Core.Switch, Core.Clock, Core.Machine), Core.Machine, NullLogger<Strays>.Instance);
        Everything = new StopEverything(
            Core.Switch, new StopRound(watch, stop, Core.Brake, book, NullLogger<StopRound>.Instance), new StraySearch(watch, Core.Accounts, Core.Observer, strays, Core.Machine),
            book, Core.Feed, Core.Settings, Core.Clock, Core.Machine, NullLogger<StopEverything>.Instance);
        var sweep = new AccountSweep(
            Core.Accounts, Core.Observer, new CampaignJudge(new SafetyPanel(), stop, keeper, Core.Feed, new LastJudged(Core.Clock, Core.Machine)), strays,
            new TrackingWatch(book, voice, reminders, Core.Clock, NullLogger<TrackingWatch>.Instance), NullLogger<AccountSweep>.Instance);
        var monitor = new EmergencyMonitor(
            watch, new SweepRetries(watch, sweep, keeper, Core.Rests, Core.Machine), keeper, Everything, Core.Settler, Core.Settings, Core.Clock, Core.Machine, NullLogger<EmergencyMonitor>.Instance);
        var troubles = new AccountTroubles(Core.Settings, new AgentSight(book, voice, reminders, Core.Networks, Core.Clock, NullLogger<AgentSight>.Instance), Core.Clock, NullLogger<AccountTroubles>.Instance);
        var rounds = new AgentTurns(
            new AccountTurns(Agent, Watch, Core.Settler, troubles, Core.Accounts, NullLogger<AccountTurns>.Instance), Core.Campaigns, Core.Settings, Core.Clock, Core.Machine);
        var journal = new SkipJournal(Core.Settings, Core.Campaigns, Core.Readings, Core.Intents, Core.Incidents, Core.Accounts);
        var ahead = new FastForward(monitor, rounds, Core.HoursSwitch, Core.Campaigns, Core.Accounts, journal, new KeptClock(Core.Settings, Core.Clock), Core.Clock);
        var forward = new FastForwardCommand(ahead, new CutTime(journal, Chat), NullLogger<FastForwardCommand>.Instance);
        Control = new CampaignControl(Core.Campaigns, Core.Gate, Core.Raises, Core.Hours, Core.Turns, Core.Feed, Core.Clock);
        Desk = Desks.Of(Core, book, voice, new SafetyPanel(), Market);
        Editor = new FakeEditor(Media);
        Wizard = NewWizard();
        var answers = new SetupAnswers(new SetupReader(Rooms, Members, Core.People), new SetupCaps(Accounts, Said, new LimitRaises(Core.Approvals, Core.Second)), Accounts, Said, Core.Networks);
        Setup = new SetupDialog(Conversations, new SetupCards(Accounts, Audience, Core.Limits), answers, Tests);
        Commands = [.. Reading(), .. Acting(), .. OfPeople(), forward, new SetupCommand(Setup)];
        Catalogue = new VerbCatalogue([.. Commands, .. ComingCommand.All, .. more]);
        Grammar = new VerbGrammar(Catalogue);
        var readers = new ArgumentReaders(new CampaignFinder(Core.Campaigns), Core.Drafts, Core.Incidents, Core.ApprovalStore, Core.Accounts);
        Runner = new VerbRunner(Catalogue, new VerbReading(Grammar, new ArgumentBinder(readers)), new Rights(Core.People), Conversations, Core.Acts, Core.Machine);
    }

    public Bench Core { get; }

    public FakeChannel Channel { get; }

    public MemoryConversations Conversations { get; }

    public FakeMarket Market => Core.Market;

    /// <summary>What was said in the chat of channels, on-call and limits.</summary>
    public SetupBook Said { get; }

    /// <summary>The accounts, with what was said.</summary>
    public SaidAccounts Accounts { get; }

    public TestDesk Tests { get; }

    /// <summary>Where channels are looked for.</summary>
    public List<IRooms> Rooms { get; } = [new FakeRooms()];

    public SharedRooms Shared { get; }

    /// <summary>Chats that know their people.</summary>
    public List<IMembers> Members { get; } = [];

    /// <summary>The set-up in the chat, as since the last restart.</summary>
    public SetupDialog Setup { get; }

    private ResumeQuestion Question => new(new ResumeOutlook(Core.Campaigns, Core.Observer, new SafetyPanel(), Market), Desk, Control);

    public ShutPlaces Shut { get; }

    public ChatDesk Chat { get; }

    public Sights Sights => new(Core.People, Accounts, Chat, Shared);

    public StopEverything Everything { get; }

    public CampaignControl Control { get; }

    public IncidentDesk Desk { get; }

    public Audience Audience { get; }

    public IncidentBoard Board { get; }

    public ApprovalFacts Facts { get; }

    public ApprovalBoard Approvals { get; }

    /// <summary>Shows launches, as since the last restart.</summary>
    public LaunchMessages Launches { get; private set; }

    public CampaignNews News { get; }

    /// <summary>What the agent of this bench sees and judges; it may only suggest.</summary>
    public FakeWatch Watch { get; } = new();

    public CampaignAgent Agent { get; }

    public AgentReporter Reporter { get; }

    public SuggestionDesk SuggestionDesk { get; }

    public SuggestionBoard Suggestions { get; }

    public FeedAnnouncer Announcer { get; }

    /// <summary>The same as the program's.</summary>
    public IReadOnlyList<ICommand> Commands { get; }

    public VerbCatalogue Catalogue { get; }

    public VerbGrammar Grammar { get; }

    public VerbRunner Runner { get; }

    /// <summary>Files by reference, and what looking into them gives.</summary>
    public FakeEditor Editor { get; }

    public MemoryMedia Media { get; } = new();

    /// <summary>What was made already; it survives a restart.</summary>
    public MemoryPrepared Prepared { get; } = new();

    /// <summary>The preparation in the background, as it is since the last restart.</summary>
    public PreparationBench Preparing { get; private set; }

    public CampaignWizard Wizard { get; }

    public DraftViews Views { get; private set; }

    public WizardCards Cards { get; private set; }

    public WizardLaunch Launch { get; private set; }

    /// <summary>What a chat asks before it lets go of a window.</summary>
    public IInputCheck Inputs { get; private set; }

    /// <summary>The routes, with the wizard of this bench.</summary>
    public TurnRoutes Routes() => Routes(Wizard);

    public TurnRoutes Routes(CampaignWizard wizard) => new(wizard, Runner, new OpenThreads(new IncidentThread(Board, Runner), new RequestThread(Core.ApprovalStore, Conversations, Grammar, Runner), new SetupThread(Setup, Runner)), Grammar, new SmallTalk(Conversations, Core.Drafts, Core.Incidents), Conversations);

    /// <summary>A turn of a local person in their own conversation.</summary>
    public ChatTurn Turn(string person, string? text, ChatAction? action = null)
    {
        var id = new PersonId($"local:{person}");
        return new ChatTurn($"t{++_turns}", ConversationId.Local(id), id, text, [], action, Core.Machine.GetUtcNow());
    }

    public static ChatAction Press(string verb, params (string Name, string Value)[] fields) =>
        new(verb, fields.ToImmutableDictionary(field => field.Name, field => field.Value));

    public async Task<TurnContext> ContextAsync(ChatTurn turn, CancellationToken cancellationToken) =>
        new(turn, await Core.People.GetAsync(turn.Person, cancellationToken), Chat);

    /// <summary>Types a command line past the wizard.</summary>
    public async Task<bool> SayAsync(string person, string line, CancellationToken cancellationToken) =>
        await Runner.TryLineAsync(line, await ContextAsync(Turn(person, line), cancellationToken), cancellationToken);

    public IReadOnlyList<string> SeenBy(string person) =>
        [.. Channel.In(ConversationId.Local(new PersonId($"local:{person}"))).Select(post => post.Message.Text)];

    /// <summary>Over the same stores, as after a restart.</summary>
    [MemberNotNull(nameof(Launches))]
    public LaunchMessages NewLaunchMessages()
    {
        Launches = new LaunchMessages(Chat, Core.Campaigns, Core.Accounts, NullLogger<LaunchMessages>.Instance);
        Core.Watcher.Shown = Launches;
        return Launches;
    }

    /// <summary>A wizard over the same stores, as after a restart.</summary>
    [MemberNotNull(nameof(Preparing), nameof(Views), nameof(Cards), nameof(Launch), nameof(Inputs))]
    public CampaignWizard NewWizard()
    {
        Views = new DraftViews(Core.Networks, Core.Accounts, Core.Checks, Core.Memory, Core.AlertChannels, Core.Clock);
        Cards = new WizardCards(Core.Forecast, new NoCharts(), Core.Checks, ApprovalLimits.Default, Core.Second);
        var desk = WizardDesk;
        Inputs = new WizardInputCheck(desk);
        Launch = new WizardLaunch(desk, Core.Launches, Core.Checks, Core.Forecast, Core.Machine);
        Preparing = new PreparationBench(Core, Editor, Media, Prepared, Chat);
        var files = new WizardFiles(new FileIntake(Preparing.Creatives, NullLogger<FileIntake>.Instance), Preparing.Board, desk);
        return new CampaignWizard(desk, files, Launch, new WizardWords(desk, Launch, new Rights(Core.People)), new WizardEdits(desk, files, Core.Forecast));
    }

    private WizardDesk WizardDesk => new(Core.Drafts, Conversations, Views, Cards, Core.Machine);

    private Traces Traces => new(Core.Observer, new SafetyPanel(), new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock), Core.Decisions, Core.Foresees, Core.Clock);

    /// <summary>What is said of incidents by itself, as since the last restart.</summary>
    public IncidentNews IncidentNews => new(Board, Postmortem, Conversations, Chat, Core.Clock);

    private PostmortemDraft Postmortem => new(Core.Audit, Core.Accounts, Core.Clock);

    private ShareBook Shares => new(Core.Campaigns, Core.Readings, new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock));

    private SettingDesk Settings => new(Core.Campaigns, Core.Caps, Control, Core.Feed, Core.Clock);

    private UndoDesk Undo => Desks.UndoOf(Core);

    public HomePage Home => new(Dashboard, Core.Feed, Sights);

    private DashboardProjection Dashboard => new(
        Core.Campaigns, Core.Readings, new LastActions(Core.Feed, new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock)), Core.Accounts, Core.Observer,
        new Alarms(Core.Incidents, Core.Switch), Core.Settings, Core.Clock);

    private IEnumerable<ICommand> OfPeople()
    {
        var (reader, links) = (new PersonReader(Core.People, Core.People.Configured, Core.People.Chats), new LinkDesk(Core.People.Roster, Core.Ticking));
        var changes = new RoleChanges(new PeopleDesk(Core.People.Roster, Core.People.Configured, Core.People, Core.Ticking), reader, Accounts);
        return
        [
            new PeopleCommand(Core.People, Core.People.Roster, Core.People.Configured), new PeopleGrantCommand(changes), new PeopleRevokeCommand(changes),
            new PeopleLinkCommand(links, Audience), new PeopleUnlinkCommand(links, reader),
        ];
    }

    private IEnumerable<ICommand> Reading() =>
    [
        new DraftsCommand(Core.Drafts, Core.Accounts), new WhyCommand(Traces, Core.Incidents, Core.Feed), new IncidentsCommand(Core.Incidents, Board, Core.Clock),
        new WhyIncidentCommand(Core.Clock), new ViewIncidentCommand(Board), new ApprovalsCommand(Core.ApprovalStore, Facts), new FeedCommand(Core.Feed, Core.Clock),
        new CampaignsCommand(Dashboard), new ExportCommand(new CampaignReport(Dashboard, Core.Campaigns, Core.Accounts, Core.Readings), new CampaignFinder(Core.Campaigns), Media, Core.Clock), new RecommendationsCommand(Dashboard), new StatusCommand(Dashboard, new CampaignPictures(Core.Readings, Core.Accounts, new NoCharts(), Core.Clock, NullLogger<CampaignPictures>.Instance), Core.Foresees),
        new SettingsCommand(new NoSettings()), new AuditVerifyCommand(Core.Audit), new WhyNotCommand(Traces, Shares), new PostmortemCommand(Postmortem), new WhatIfCommand(new ReplayDesk(Core.Readings, new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock), Core.Accounts, Core.Networks), new CampaignFinder(Core.Campaigns), Core.Accounts, Core.Clock), new ScorecardCommand(new ScorecardReader(Core.Campaigns, new AgentMemories(Core.Settings, Core.Intents, Core.Accounts, Core.Clock), Core.Foresees, Core.Incidents)), new ExposureCommand(new ExposureProjection(Core.Campaigns, Core.Incidents, Core.Intents, Core.Accounts, Core.Observer)), new HelpCommand(new Lazy<VerbCatalogue>(() => Catalogue)), new WhoAmICommand(),
    ];

    private IEnumerable<ICommand> Acting() =>
    [
        new NewCampaignCommand(Wizard, Core.ApprovalStore), new CopyCommand(Wizard), new ContinueCommand(Wizard), new DeleteDraftCommand(Core.Drafts, Conversations), new HandOverCommand(WizardDesk, Core.Drafts, Conversations, Core.People, Members), new OverrideCommand(Control, Core.Decisions),
        new GoOnCommand(Core.Campaigns, Core.Queue), new UndoLaunchCommand(_undo), new ApproveCommand(Approvals), new RejectCommand(Approvals),
        new SimulateCommand(Market, Core.Clock), new CalmCommand(Market),
        new PauseCommand(Control), new ResumeCommand(Control, Desk, new IncidentReply(Board), Question), new SetBudgetCommand(Control, Core.Raises, Core.Networks), new SetBidCommand(Control, Core.Raises), new TakeOverCommand(Control), new HandBackCommand(Control),
        new DoItCommand(SuggestionDesk, Suggestions), new NotNowCommand(SuggestionDesk, Suggestions), new DeclineCommand(SuggestionDesk, Suggestions),
        new AckCommand(Desk, new IncidentReply(Board)), new ResumeIncidentCommand(Desk, new IncidentReply(Board), Question),
        new RollBackCommand(Desk, new IncidentReply(Board), Core.Clock), new HigherLimitCommand(Desk, new IncidentReply(Board)),
        new SetCapCommand(Settings), new SetModeCommand(Settings), new SetTargetCommand(Settings), new SetMinRoasCommand(Settings), new SetMaxCpaCommand(Settings), new SetSwitchCommand(Settings), new SetAutonomyCommand(Settings, new AgentPolicy(Autonomy.Suggest)), new SetFeeCommand(Settings), new SetCreativeCostCommand(Settings), new TrueReturnCommand(Core.Readings, Core.Accounts, Core.Clock),
        new JudgeCommand(_judgement), new DrillCommand(Tests, Accounts),
        new UndoCommand(Undo, Settings, Core.Clock), new UndoActCommand(Undo, Core.Clock), new RollBackSinceCommand(Undo, Settings, Core.Accounts, Core.Clock),
        new StopEverythingCommand(Everything), new FreezeEverythingCommand(Everything), new AllowEverythingCommand(Everything),
    ];
}

/// <summary>An installation of which nothing is to be said.</summary>
public sealed class NoSettings : ISettingsView
{
    public Task<IReadOnlyList<(string Name, string Value)>> ListAsync(Person reader, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<(string, string)>>([("Clock", "as fast as people's")]);
}

/// <summary>A market desk that remembers what it was told.</summary>
public sealed class FakeMarket : IMarketDesk
{
    public List<(CampaignId Campaign, MarketFault Fault, decimal Factor, TimeSpan? Lasts)> Faults { get; } = [];

    public Task StartFaultAsync(CampaignId campaign, MarketFault fault, decimal factor, TimeSpan? lasts, CancellationToken cancellationToken)
    {
        Faults.Add((campaign, fault, factor, lasts));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<FaultOn>> FaultsAsync(CampaignId campaign, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<FaultOn>>(
        [.. Faults.Where(known => known.Campaign == campaign).Select(known => new FaultOn(known.Fault, (double)known.Factor, A.Noon, A.Noon + known.Lasts))]);

    public Task<int> CalmAsync(CampaignId campaign, CancellationToken cancellationToken) => Task.FromResult(Faults.RemoveAll(known => known.Campaign == campaign));
}
