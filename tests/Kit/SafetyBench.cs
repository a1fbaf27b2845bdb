using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent.Rounds;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Safety.Standing;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Safety.Tracking;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Kit;

/// <summary>The safety net over a <see cref="Bench"/>: everything from the reading to the resume, in memory.</summary>
public sealed class SafetyBench
{
    /// <summary>A new life over the same stores, as after kill -9.</summary>
    public SafetyBench(SafetyBench before) : this(null, new Bench(before.Core))
    {
    }

    public SafetyBench(SafetyPanel? panel = null, Bench? core = null, double speed = 1)
    {
        Core = core ?? new Bench(speed);
        Panel = panel ?? new SafetyPanel();
        Observer = Core.Observer;
        Book = new IncidentBook(Core.Incidents, Core.Intents, Core.Stops, Core.Journal, Core.Ticking, NullLogger<IncidentBook>.Instance);
        var voice = Voice = new IncidentVoice(Core.Feed, Core.Alerts, Core.Networks, Core.Clock, Core.Ticking, NullLogger<IncidentVoice>.Instance);
        var pause = new StopPause(Core.Gate, Book, Core.Campaigns, Core.Clock, Core.Ticking, NullLogger<StopPause>.Instance);
        var reminders = new IncidentReminders(Book, voice, Core.Ticking);
        Tracking = new TrackingWatch(Book, voice, reminders, Core.Clock, NullLogger<TrackingWatch>.Instance);
        Sight = new AgentSight(Book, voice, reminders, Core.Networks, Core.Clock, NullLogger<AgentSight>.Instance);
        var opening = new IncidentOpening(Book, reminders, Core.Networks, Core.Clock);
        Stop = new EmergencyStop(
            Book, new PresentStanding(Panel, Core.Campaigns, Core.Journal), new CampaignStop(Book, opening, pause, voice),
            new MilderRemedy(Book, opening, new BidCut(Core.Gate, Core.Intents, Core.Campaigns, Core.Ticking), voice));
        var settled = new SettledResume(Book, new IncidentClosing(Book, voice, Core.Clock), Core.Campaigns, Core.Clock);
        Core.Settled.Add(settled);
        var keeper = new StopKeeper(Book, pause, voice, reminders, new EndedStops(Book, voice, Core.Gate, settled, Core.Clock), Core.Campaigns, NullLogger<StopKeeper>.Instance);
        var watch = new WatchList(Core.Campaigns, Core.Accounts, keeper, Core.Journal, NullLogger<WatchList>.Instance);
        var round = new StopRound(watch, Stop, Core.Brake, Book, NullLogger<StopRound>.Instance);
        Undo = new LaunchUndo(Core.Brake, Stop);
        var strays = new Strays(
            Core.Campaigns, Core.Intents, Core.Networks,
            new StrayActs(new StatusReconciler(Core.Campaigns, Core.Intents, Core.Feed, Core.Clock, NullLogger<StatusReconciler>.Instance), Undo, Stop, Core.Switch),
            new Orphans(Book, voice, reminders, Core.Gate, Core.Switch, Core.Clock, Core.Ticking), Core.Ticking, NullLogger<Strays>.Instance);
        Everything = new StopEverything(
            Core.Switch, round, new StraySearch(watch, Core.Accounts, Observer, strays, Core.Ticking), Book, Core.Feed, Core.Settings, Core.Clock, Core.Ticking, NullLogger<StopEverything>.Instance);
        Judged = new LastJudged(Core.Clock, Core.Ticking);
        var accounts = new AccountSweep(
            Core.Accounts, Observer, new CampaignJudge(Panel, Stop, keeper, Core.Feed, Judged), strays, Tracking, NullLogger<AccountSweep>.Instance);
        Retries = new SweepRetries(watch, accounts, keeper, Core.Rests, Core.Ticking);
        Monitor = new EmergencyMonitor(
            watch, Retries, keeper, Everything, Core.Settler, Core.Settings, Core.Clock, Core.Ticking, NullLogger<EmergencyMonitor>.Instance);
        Reminders = reminders;
        Approvals = Core.Approvals;
        Desk = Desks.Of(Core, Book, voice, Panel, Market);
        Control = new CampaignControl(Core.Campaigns, Core.Gate, Core.Raises, Core.Hours, Core.Turns, Core.Feed, Core.Clock);
    }

    public Bench Core { get; }

    public SafetyPanel Panel { get; }

    public Observer Observer { get; }

    public IncidentBook Book { get; }

    public IncidentVoice Voice { get; }

    public AgentSight Sight { get; }

    public EmergencyStop Stop { get; }

    public TrackingWatch Tracking { get; }

    public SweepRetries Retries { get; }

    public EmergencyMonitor Monitor { get; }

    public LastJudged Judged { get; }

    public IncidentReminders Reminders { get; }

    public ApprovalDesk Approvals { get; }

    public IncidentDesk Desk { get; }

    public FakeMarket Market => Core.Market;

    public StopEverything Everything { get; }

    public LaunchUndo Undo { get; }

    public CampaignControl Control { get; }

    /// <summary>Spend of today by campaign, as the next reads show it.</summary>
    public Dictionary<CampaignId, decimal> Spend { get; } = [];

    /// <summary>Puts a running campaign here and at its network.</summary>
    public Campaign Running(string id = "c-1", decimal spend = 100, bool elsewhere = false)
    {
        var network = elsewhere ? Core.Other : Core.Network;
        var campaign = A.Campaign(id: id) with
        {
            Handle = id, Network = new NetworkIds(new ExternalId($"n-{id}"), new ExternalId($"n-{id}-set"), []), Spec = A.Spec(network: network.Profile.Name.Value),
        };
        Core.Campaigns.With(campaign);
        network.Put(A.AtNetwork(campaign));
        Spend[campaign.Id] = spend;
        network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, Core.Clock.GetUtcNow(), Core.Clock.GetUtcNow(),
            new DayFigures(A.Account().DayAt(Core.Clock.GetUtcNow()), A.Usd(Spend[campaign.Id]), 10_000, 500, 5, null), null, []);
        return campaign;
    }

    public async Task<Campaign> CampaignAsync(Campaign campaign) => (await Core.Campaigns.FindAsync(campaign.Id, CancellationToken.None))!;
}
