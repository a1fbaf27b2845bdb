using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>
/// A campaign in the making: everything may still be missing. A new record with every answer; null means "not said yet".
/// </summary>
/// <param name="Step">The wizard's place, by the step's name, so that a reordering does not lose a draft.</param>
public sealed record CampaignDraft(DraftId Id, WorkspaceId Workspace, PersonId Owner, string Conversation, string Step)
{
    public int Version { get; init; }

    /// <summary>The ad accounts that were shown where it was begun: to its wizard there are no others. Null where all were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<AdAccountId>? Sight { get; init; }

    public bool Sees(AdAccountId account) => Sight is not { } sight || sight.Contains(account);

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Saved for later: no wizard is open on it.</summary>
    public bool Shelved { get; init; }

    public string? Name { get; init; }

    /// <summary>A person gave the name; until then it is suggested anew with every answer.</summary>
    public bool NameSaid { get; init; }

    public NetworkName? Network { get; init; }

    public AdAccountId? Account { get; init; }

    /// <summary>The network has several ad accounts, and nobody has said which.</summary>
    public bool AccountOpen { get; init; }

    public ImmutableArray<SourceCreative> Creatives { get; init; } = [];

    /// <summary>The person said that these are all.</summary>
    public bool CreativesDone { get; init; }

    public CampaignType? Type { get; init; }

    public Objective? Objective { get; init; }

    public Destination Destination { get; init; } = new();

    public ImmutableArray<string> Countries { get; init; } = [];

    public int? AgeMin { get; init; }

    public int? AgeMax { get; init; }

    public Gender? Gender { get; init; }

    public ImmutableArray<string> Interests { get; init; } = [];

    public Lookalike? Lookalike { get; init; }

    public ImmutableArray<string> CustomAudiences { get; init; } = [];

    public DeviceOs? TargetOs { get; init; }

    /// <summary>People younger than this are minors for the account and are shown nothing.</summary>
    public int? MinorsBelow { get; init; }

    public ImmutableArray<string> Genres { get; init; } = [];

    public int? PredictedLtvTop { get; init; }

    public BudgetType? BudgetType { get; init; }

    public Money? BudgetAmount { get; init; }

    public Money? MaxDailySpend { get; init; }

    public BidStrategy? Strategy { get; init; }

    public Money? TargetCpa { get; init; }

    public Money? MaxBid { get; init; }

    public decimal? TargetRoas { get; init; }

    public Money? Worth { get; init; }

    public AutomationSettings? Automation { get; init; }

    /// <summary>A person chose the mode; a limit alone does not.</summary>
    public bool ModeSaid { get; init; }

    public Schedule? Schedule { get; init; }

    /// <summary>An end or hours were said, and nobody has said yet when it starts.</summary>
    public bool StartOpen { get; init; }

    [JsonIgnore]
    public bool HasStart => Schedule is not null && !StartOpen;

    /// <summary>The same with its start; null is now.</summary>
    public CampaignDraft StartingAt(DateTimeOffset? start) => this with { Schedule = (Schedule ?? Schedule.Now) with { Start = start }, StartOpen = false };

    /// <summary>The same with another end or other hours: its start stays as it was said, or open.</summary>
    public CampaignDraft WithSchedule(Func<Schedule, Schedule> change) => this with { Schedule = change(Schedule ?? Schedule.Now), StartOpen = !HasStart };

    /// <summary>No field was read from anywhere.</summary>
    public static readonly ImmutableDictionary<string, string> NothingRead = ImmutableDictionary<string, string>.Empty;

    /// <summary>Field name → the words it was read from ("$300 a day"), or "suggestion", or "default".</summary>
    public ImmutableDictionary<string, string> ReadFrom { get; init; } = NothingRead;

    /// <summary>Values kept against a recommendation or a warning, each with its reason; stored beside the prediction.</summary>
    public ImmutableArray<Override> Overrides { get; init; } = [];
}

/// <summary>A person's own value against what was recommended or warned of, to be scored later.</summary>
/// <param name="Against">The recommendation or warning, in words.</param>
public sealed record Override(string Field, string Against, string Reason, PersonId By, DateTimeOffset At);

/// <summary>Drafts. They survive everything.</summary>
public interface IDraftStore
{
    Task<CampaignDraft?> FindAsync(DraftId draft, CancellationToken cancellationToken);

    /// <summary>A person's drafts, the newest first.</summary>
    Task<IReadOnlyList<CampaignDraft>> OfAsync(PersonId owner, CancellationToken cancellationToken);

    /// <summary>Everybody's drafts that are not put aside: what is gone on with after a restart.</summary>
    Task<IReadOnlyList<CampaignDraft>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Saves a new one or a changed one; the draft with its new version. A stale version is refused with <see cref="StaleException"/>.</summary>
    Task<CampaignDraft> SaveAsync(CampaignDraft draft, CancellationToken cancellationToken);

    Task DeleteAsync(DraftId draft, CancellationToken cancellationToken);
}

/// <summary>Saves that a database answers wrongly.</summary>
public static class KeptDrafts
{
    /// <summary>Saves it; one that is told not to have been kept, and stands there all the same, is kept.</summary>
    public static async Task<CampaignDraft> KeepAsync(this IDraftStore drafts, CampaignDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            return await drafts.SaveAsync(draft, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not StaleException)
        {
            if (await drafts.FindAsync(draft.Id, cancellationToken) is { } stands && Written(stands with { Version = draft.Version }) == Written(draft))
                return stands;

            throw;
        }
    }

    private static string Written(CampaignDraft draft) => JsonSerializer.Serialize(draft);
}

/// <summary>Somebody else saved in between.</summary>
public sealed class StaleException(string what) : Exception($"{what} was changed meanwhile.");
