using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns;

public enum CampaignStatus
{
    /// <summary>Being created at the network, step by journaled step.</summary>
    Launching,

    /// <summary>At the network, waiting for its start.</summary>
    Scheduled,
    InReview,
    Rejected,
    Active,

    /// <summary>Paused by a person, a schedule or the agent.</summary>
    Paused,

    /// <summary>Outside its hours: paused by our own schedule, which lets it run again.</summary>
    Resting,

    /// <summary>Stopped by the emergency monitor; only an authorised resume brings it back.</summary>
    Stopped,
    Ended,

    /// <summary>The launch was refused and undone.</summary>
    Failed,
}

/// <summary>What was asked for, complete and checked.</summary>
public sealed record CampaignSpec(
    string Name, NetworkName Network, AdAccountId Account, CampaignType Type, Objective Objective, Destination Destination,
    Targeting Targeting, Budget Budget, Bidding Bidding, AutomationSettings Automation, Schedule Schedule,
    ImmutableArray<SourceCreative> Creatives)
{
    /// <summary>What it costs beside the ads; null where nobody said.</summary>
    public OtherCosts? Costs { get; init; }
}

/// <summary>Ids of what exists at the network, in the order in which it was created.</summary>
public sealed record NetworkIds(ExternalId? Campaign, ExternalId? AdSet, ImmutableArray<ExternalId> Ads)
{
    public static readonly NetworkIds None = new(null, null, []);
}

/// <summary>A higher limit that holds for one account day.</summary>
public sealed record DayCap(AccountDay Day, Money Cap);

/// <summary>Why a campaign had been stopped when it was resumed.</summary>
/// <param name="At">Campaign time of the resume.</param>
public sealed record ResumedFrom(DateTimeOffset At, ImmutableArray<Safety.RuleId> Causes);

/// <summary>An ad that the network would not take.</summary>
/// <param name="Position">The creative's place in the campaign, from 0.</param>
public sealed record RefusedAd(int Position, string FileName, string Why);

/// <summary>One campaign as we know it: what was asked, where it is, and how its levers stand as last confirmed.</summary>
/// <param name="Handle">Short name for typing, unique in the workspace: <c>c7</c>.</param>
/// <param name="DailyBudget">The budget last confirmed at the network.</param>
/// <param name="Bid">The bid last confirmed at the network; null where there is none of ours.</param>
/// <param name="Version">Raised with every save; a save that finds another one fails.</param>
public sealed record Campaign(
    CampaignId Id, WorkspaceId Workspace, string Handle, CampaignSpec Spec, NetworkMode Mode, CampaignStatus Status,
    NetworkIds Network, Money DailyBudget, Money? Bid, DateTimeOffset CreatedAt, PersonId CreatedBy)
{
    public int Version { get; init; }

    public PreLaunchPredictions? Predictions { get; init; }

    /// <summary>The chat conversation it was launched from, where its own posts go.</summary>
    public string? Conversation { get; init; }

    /// <summary>When it was activated at its network, which may review it first or let it wait for its start.</summary>
    public DateTimeOffset? LaunchedAt { get; init; }

    /// <summary>When it ran for the first time: what its network learns begins there.</summary>
    public DateTimeOffset? FirstRanAt { get; init; }

    /// <summary>Since when it runs without a break; of one that does not run, when it last began to.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Windowed rules look only at what came after this.</summary>
    public DateTimeOffset? LastResumedAt { get; init; }

    /// <summary>What the last resume of an incident ended.</summary>
    public ResumedFrom? ResumedFrom { get; init; }

    /// <summary>A higher limit for one account day, confirmed by a second person.</summary>
    public DayCap? CapForToday { get; init; }

    /// <summary>A higher budget for the whole time, confirmed by a second person.</summary>
    public Money? HigherLifetimeBudget { get; init; }

    /// <summary>Why it is not running, in words.</summary>
    public string? Because { get; init; }

    /// <summary>Taken over by a person: the agent leaves it alone.</summary>
    public bool TakenOver { get; init; }

    /// <summary>When somebody last handed it to the agent: a yes to a question from before that no longer counts.</summary>
    public DateTimeOffset? HandedBackAt { get; init; }

    /// <summary>Levers that a person moved last and that the agent leaves alone for a while.</summary>
    public ImmutableArray<LeverHold> Holds { get; init; } = [];

    /// <summary>Values kept against advice at launch, to be scored later.</summary>
    public ImmutableArray<Override> Overrides { get; init; } = [];

    /// <summary>What was told next to what had been expected: of the launch and of overrides, by name.</summary>
    public ImmutableArray<string> Scored { get; init; } = [];

    /// <summary>Settings that were changed since the launch, the last ones, oldest first.</summary>
    public ImmutableArray<SettingChanged> SettingChanges { get; init; } = [];

    /// <summary>Ads that the network refused while others stand: a person chooses between going on without them and undoing.</summary>
    public ImmutableArray<RefusedAd> RefusedAds { get; init; } = [];

    /// <summary>A launch that is being undone: nothing more is created.</summary>
    public bool Undoing { get; init; }

    /// <summary>How often undoing was begun anew because the campaign was not seen at rest. Part of its keys.</summary>
    public int UndoRound { get; init; }

    /// <summary>The person chose to go on without <see cref="RefusedAds"/>.</summary>
    public bool GoesOnWithoutRefused { get; init; }

    /// <summary>Its launch stands still until a person says whether to go on without the refused ads.</summary>
    [JsonIgnore]
    public bool WaitsForChoice => Status == CampaignStatus.Launching && !RefusedAds.IsEmpty && !GoesOnWithoutRefused && !Undoing;

    /// <summary>Its network keeps no hours: we pause it outside them and let it run again.</summary>
    public bool HoursByUs { get; init; }

    /// <summary>Made by the demonstration, clearly marked wherever it is shown.</summary>
    public bool Demo { get; init; }

    [JsonIgnore]
    public string Name => Spec.Name;

    [JsonIgnore]
    public AdAccountId Account => Spec.Account;

    /// <summary>The most that may be spent from launch to end; null where the budget is for each day.</summary>
    [JsonIgnore]
    public Money? LifetimeBudget => Spec.Budget.Type == BudgetType.Lifetime ? HigherLifetimeBudget ?? Spec.Budget.Amount : null;

    [JsonIgnore]
    public bool IsSimulated => Mode == NetworkMode.Simulated;

    [JsonIgnore]
    public bool AgentManaged => Spec.Automation.Enabled && !TakenOver;

    /// <summary>Notes the moment in which it began to run, when it did not before.</summary>
    public Campaign RunningFrom(CampaignStatus before, DateTimeOffset at) => Status != CampaignStatus.Active || before == CampaignStatus.Active
        ? this
        : this with
        {
            RunningSince = at,
            FirstRanAt = FirstRanAt ?? (before is CampaignStatus.Launching or CampaignStatus.InReview or CampaignStatus.Scheduled ? at : LaunchedAt ?? at),
        };

    /// <summary>Paused by a person or the agent; what was stopped meanwhile stays stopped.</summary>
    public Campaign Paused(PersonId by, string because) =>
        MaySpend ? this with { Status = CampaignStatus.Paused, Because = by == PersonId.Agent ? $"the agent paused it: {because}" : because } : this;

    /// <summary>In a person's hands until they hand it back.</summary>
    public Campaign TakenFromAgent() => this with { TakenOver = true };

    /// <summary>In the agent's hands, with everything that people held it off.</summary>
    public Campaign HandedBack(DateTimeOffset at) => this with { TakenOver = false, Holds = [], HandedBackAt = at };

    /// <summary>It is at its network and not over: it can still be changed.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is not (CampaignStatus.Launching or CampaignStatus.Rejected or CampaignStatus.Ended or CampaignStatus.Failed);

    /// <summary>Money may be flowing at the network, or will be without anybody's doing: what the monitor sweeps. Also what we stopped but could not yet confirm.</summary>
    [JsonIgnore]
    public bool MaySpend => Status is CampaignStatus.Active or CampaignStatus.Scheduled or CampaignStatus.InReview or CampaignStatus.Resting;
}

/// <summary>Campaigns, the newest first unless said otherwise.</summary>
public interface ICampaignStore
{
    Task<Campaign?> FindAsync(CampaignId campaign, CancellationToken cancellationToken);

    Task<IReadOnlyList<Campaign>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <summary>What the workspace's campaigns are called, but for one.</summary>
    Task<IReadOnlyList<string>> NamesAsync(WorkspaceId workspace, CampaignId except, CancellationToken cancellationToken);

    /// <summary>Every campaign of one ad account, running or not.</summary>
    Task<IReadOnlyList<Campaign>> OfAccountAsync(AdAccountId account, CancellationToken cancellationToken);

    /// <summary>Everything in any workspace that may be spending: what a sweep walks over.</summary>
    Task<IReadOnlyList<Campaign>> MaySpendAsync(CancellationToken cancellationToken);

    /// <summary>The same of one ad account.</summary>
    Task<IReadOnlyList<Campaign>> MaySpendOfAsync(AdAccountId account, CancellationToken cancellationToken);

    /// <summary>Every account in which a campaign of ours stands, running or not.</summary>
    Task<IReadOnlyList<AdAccountId>> AccountsAsync(CancellationToken cancellationToken);

    /// <summary>Campaigns whose launch was begun and not ended, for going on after a restart.</summary>
    Task<IReadOnlyList<Campaign>> LaunchingAsync(CancellationToken cancellationToken);

    /// <summary>Everything in any workspace that was stopped in an emergency.</summary>
    Task<IReadOnlyList<Campaign>> StoppedAsync(CancellationToken cancellationToken);

    /// <summary>Adds one with a fresh handle and a name made unique; the campaign as it was stored. One that stands already stays as it is.</summary>
    Task<Campaign> AddAsync(Campaign campaign, CancellationToken cancellationToken);

    /// <summary>The same in one commit with its entry in the audit trail.</summary>
    /// <param name="entry">Of the campaign as it is stored.</param>
    Task<Campaign> AddAsync(Campaign campaign, Func<Campaign, AuditEntry> entry, CancellationToken cancellationToken);

    /// <summary>Reads, changes and saves under the version; retried when somebody else saved in between. The saved campaign.</summary>
    Task<Campaign> ChangeAsync(CampaignId campaign, Func<Campaign, Campaign> change, CancellationToken cancellationToken);
}
