using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

public enum IncidentState
{
    /// <summary>Opened; what was to be done is not confirmed yet.</summary>
    Acting,

    /// <summary>Done and confirmed, waiting for a person.</summary>
    Open,
    Closed,
}

/// <summary>One line of an incident's history.</summary>
public sealed record IncidentNote(DateTimeOffset At, PersonId By, string Says);

/// <summary>That a stopped campaign may run again as far as the agent can tell.</summary>
/// <param name="Seen">What came after the stop and what holds now, in sentences.</param>
public sealed record ResumeProposal(DateTimeOffset At, ImmutableArray<string> Seen);

/// <summary>
/// Something that a person must close. One open incident for each campaign and cause. Instants are campaign time, as the figures they
/// stand beside; those that say how long people have had are the machine's and end in <c>AtMachineTime</c>.
/// </summary>
/// <param name="Cause">The rule, or <c>stop-everything</c>.</param>
/// <param name="PauseConfirmed">The network was read back and said "paused"; false shows as COULD NOT PAUSE.</param>
public sealed record Incident(
    IncidentId Id, WorkspaceId Workspace, AdAccountId Account, CampaignId Campaign, string CampaignName, RuleId Cause,
    Remedy Remedy, Severity Severity, Evidence Evidence, DateTimeOffset OpenedAt, IncidentState State)
{
    public int Version { get; init; }

    /// <summary>Which campaigns an incident of a whole account is about; empty for an incident of one campaign.</summary>
    public ImmutableArray<CampaignId> Campaigns { get; init; } = [];

    /// <summary>What stands in the place of the campaign where an incident is one of all accounts.</summary>
    public static readonly CampaignId OfEverything = new("everything");

    /// <summary>Whether anything of it is shown to somebody where they ask; what is about everything is shown everywhere.</summary>
    public bool IsShownTo(Person reader) => Workspace == reader.Workspace && (Campaign == OfEverything || reader.Sees(Account));

    /// <summary>It is about more than one campaign.</summary>
    [JsonIgnore]
    public bool IsShared => Campaign == OfEverything || Campaign == OfAccount(Account);

    /// <summary>What stands in the place of the campaign where an incident is one of the whole account.</summary>
    public static CampaignId OfAccount(AdAccountId account) => new($"account {account}");

    /// <summary>Short name for typing: <c>i3</c>.</summary>
    public string Handle { get; init; } = "";

    /// <summary>Where people find it at its network: "Meta campaign 238561"; null where it is about no campaign there.</summary>
    public string? AtNetwork { get; init; }

    /// <summary>Where it is stopped or looked at by hand when we cannot; null where no page shows it, as of a simulated network.</summary>
    public Uri? OwnPages { get; init; }

    /// <summary>What the campaign counts, for words about the cause.</summary>
    public ResultWord? Result { get; init; }

    /// <summary>What a person said of the stop afterwards: it was right, or a false alarm; null while nobody said.</summary>
    public bool? JudgedRight { get; init; }

    /// <summary>The cause as people call it: "daily cap".</summary>
    [JsonIgnore]
    public string CauseWords => RuleWords.Of(Cause, Result ?? ResultWord.Open);

    /// <summary>No real money is concerned.</summary>
    public bool Simulated { get; init; }

    /// <summary>Of the demonstration's made-up past: nothing of it is on record.</summary>
    public bool Demo { get; init; }

    public bool PauseConfirmed { get; init; }

    public int PauseAttempts { get; init; }

    /// <summary>How often the pause was wanted anew: after a network said yes and did nothing, or when the campaign ran again. Part of its key.</summary>
    public int PauseRound { get; init; }

    /// <summary>How the bid was lowered ("bid $12 → $8.40"), read back at the network; null when it was not.</summary>
    public string? BidCut { get; init; }

    /// <summary>Where the campaign's people want to hear of what is no emergency.</summary>
    public AlertChannels Notify { get; init; } = AlertChannels.Email | AlertChannels.Chat;

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>People were first told; from here on they have ten minutes until every Admin is told.</summary>
    public DateTimeOffset? ToldAtMachineTime { get; init; }

    /// <summary>People were told or reminded last; from here on they have five minutes until the next reminder.</summary>
    public DateTimeOffset? LastToldAtMachineTime { get; init; }

    public bool Escalated { get; init; }

    public PersonId? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Who agreed that it is resumed although the same cause had stopped it a moment before.</summary>
    public PersonId? SecondPerson { get; init; }

    /// <summary>The simulated faults that are still on and that the second person agreed to; null where none was shown.</summary>
    public string? AgreedAlthough { get; init; }

    /// <summary>What the agent found when it judged the stop again, and proposed to people; null where it did not.</summary>
    public ResumeProposal? ResumeProposal { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Resolution { get; init; }

    public ImmutableArray<IncidentNote> Notes { get; init; } = [];
}

public interface IIncidentStore
{
    Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken);

    Task<IReadOnlyList<Incident>> OpenAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<Incident>> OpenOfAsync(CampaignId campaign, CancellationToken cancellationToken);

    /// <summary>The open ones of many campaigns: what a sweep asks once for each account.</summary>
    Task<IReadOnlyList<Incident>> OpenOfAsync(IReadOnlyCollection<CampaignId> campaigns, CancellationToken cancellationToken);

    /// <summary>The newest stop of a campaign, open or closed.</summary>
    Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken);

    Task<IReadOnlyList<Incident>> LatestAsync(WorkspaceId workspace, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the incident unless one of the same campaign and cause is open; the open one either way, and whether it is new. A new one and the entries
    /// that <see cref="IncidentEntry"/> makes of it in the audit trail are one commit.
    /// </summary>
    Task<(Incident Incident, bool IsNew)> OpenAsync(Incident incident, CancellationToken cancellationToken);

    Task<Incident> ChangeAsync(IncidentId incident, Func<Incident, Incident> change, CancellationToken cancellationToken);
}

/// <summary>What the audit trail keeps of an incident that is opened.</summary>
public static class IncidentEntry
{
    public static IReadOnlyList<AuditEntry> OfNew(Incident incident) => incident.Demo ? [] : [Of(incident)];

    private static AuditEntry Of(Incident incident) => new(
        incident.Workspace, incident.Account, incident.Campaign, PersonId.Monitor, "incident",
        $"incident {incident.Handle} ({incident.Cause}) opened on {incident.CampaignName}",
        new JsonObject
        {
            ["incident"] = incident.Id.Value,
            ["at"] = incident.OpenedAt,
            ["remedy"] = incident.Remedy.ToString(),
            ["evidence"] = JsonSerializer.SerializeToNode(incident.Evidence),
        });
}
