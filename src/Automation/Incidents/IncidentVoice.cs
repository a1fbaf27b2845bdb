using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Tells people about incidents: the feed, and in an emergency every alert channel. A voice that fails never fails a stop.</summary>
public sealed partial class IncidentVoice(
    IActivityFeed feed, IAlertStore alerts, IAdNetworkDirectory networks, CampaignClock clock, TimeProvider machine, ILogger<IncidentVoice> logger)
{
    /// <summary>Emergencies leave on all of them, whatever was chosen for the campaign.</summary>
    private static readonly string[] AllChannels = ["email", "sms", "push", "chat"];
    private static readonly string[] ChatAlone = ["chat"];

    /// <summary>Of a campaign's feed, when it is looked up whether it tells of an incident.</summary>
    private const int MostLookedAt = 50;

    private const string StopKey = "stop";
    private const string OpenKey = "open";
    private const string EscalatedKey = "escalated";

    public static bool IsEscalation(string alertKey) => alertKey.EndsWith($"/{EscalatedKey}", StringComparison.Ordinal);

    /// <summary>What is no emergency leaves as the campaign's people chose.</summary>
    private static string[] ChannelsOf(Incident incident) => incident.Severity == Severity.Critical
        ? AllChannels
        : [.. ChosenChannels.Of(incident.Notify), .. ChatAlone];

    /// <summary>What is told, under which key, whether people knew of the incident, and whether the feed tells of it already.</summary>
    private sealed record Telling(FeedKind Kind, string Action, string Reason, string Key, bool IsRepeated = true, bool IsInFeed = false);

    public Task StoppedAsync(Incident incident, Campaign campaign, string? whyNot, CancellationToken cancellationToken)
    {
        var where = networks.Profile(campaign.Spec.Network).Title;
        var action = incident.PauseConfirmed
            ? "stopped; the network confirms the pause"
            : $"COULD NOT PAUSE — pause \"{campaign.Name}\" ({campaign.Network.Campaign}) at {where} yourself{At(incident)}; it is tried again with every check";

        return TellAsync(
            incident, new Telling(FeedKind.EmergencyStop, action, whyNot is null ? Because(incident) : $"{Because(incident)}. {whyNot}", $"{Round(incident)}{StopKey}", IsRepeated: false),
            ChannelsOf(incident), cancellationToken);
    }

    public Task PausedAtLastAsync(Incident incident, CancellationToken cancellationToken) => TellAsync(
        incident,
        new Telling(FeedKind.EmergencyStop, $"paused now, after {incident.PauseAttempts} attempts, and the network confirms it", Because(incident), $"paused-{incident.PauseAttempts}"),
        ChannelsOf(incident), cancellationToken);

    public Task StillRunningAsync(Incident incident, string says, CancellationToken cancellationToken)
    {
        var action = incident.PauseConfirmed
            ? "STILL RUNNING after it was paused; paused again, and the network confirms it"
            : $"STILL RUNNING after it was paused, and COULD NOT PAUSE AGAIN: pause it in the network's own pages{At(incident)}; it is tried with every check";
        return TellAsync(incident, new Telling(FeedKind.EmergencyStop, action, says, $"running-{incident.PauseAttempts}"), ChannelsOf(incident), cancellationToken);
    }

    public Task OpenedAsync(Incident incident, string action, CancellationToken cancellationToken) => TellAsync(
        incident, new Telling(FeedKind.Incident, $"{action}{LookedAt(incident)}", Because(incident), OpenKey, IsRepeated: false), ChannelsOf(incident), cancellationToken);

    /// <summary>The first word on an incident that nobody was told of when it was opened.</summary>
    public async Task BelatedAsync(Incident incident, CancellationToken cancellationToken)
    {
        var (kind, action, key) = (incident.Remedy, incident.PauseConfirmed) switch
        {
            (Remedy.PauseCampaign, true) => (FeedKind.EmergencyStop, "stopped; the network confirms the pause", StopKey),
            (Remedy.PauseCampaign, false) => (FeedKind.EmergencyStop, $"COULD NOT PAUSE yet — pause it in the network's own pages{At(incident)}; it is tried again with every check", StopKey),
            _ => (FeedKind.Incident, $"has to be looked at{LookedAt(incident)}", OpenKey),
        };
        var latest = await feed.LatestAsync(incident.Workspace, incident.IsShared ? null : incident.Campaign, MostLookedAt, cancellationToken);
        var isInFeed = latest.Any(told => told.Incident == incident.Id && told.Kind == kind);
        await TellAsync(
            incident, new Telling(kind, action, Because(incident), key, IsRepeated: false, isInFeed), ChannelsOf(incident), cancellationToken);
    }

    /// <param name="waited">How long people have had, in their own time.</param>
    public Task EscalatedAsync(Incident incident, TimeSpan waited, CancellationToken cancellationToken)
    {
        var action = incident is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false }
            ? $"COULD NOT PAUSE for {Ages.Of(waited)}: pause it in the network's own pages{At(incident)}; every Admin is told"
            : $"nobody has answered for {Ages.Of(waited)}; every Admin is told";
        return TellAsync(
            incident, new Telling(FeedKind.Incident, action, Because(incident), $"{Round(incident)}{EscalatedKey}"), ChannelsOf(incident), cancellationToken);
    }

    /// <summary>Money may be flowing: told again on every channel, until the pause is confirmed.</summary>
    public Task StillNotPausedAsync(Incident incident, TimeSpan since, CancellationToken cancellationToken)
    {
        var action = $"COULD NOT PAUSE yet, open for {Ages.Of(since)} and {incident.PauseAttempts} attempts; pause it in the network's own pages{At(incident)}";
        return TellAsync(incident, new Telling(FeedKind.EmergencyStop, action, Because(incident), $"{Round(incident)}again-{since.TotalMinutes:0}"), ChannelsOf(incident), cancellationToken);
    }

    /// <summary>Nobody looks at the campaigns: told again on every channel, until somebody does.</summary>
    public Task StillLateAsync(Incident incident, TimeSpan since, CancellationToken cancellationToken) => TellAsync(
        incident,
        new Telling(FeedKind.Incident, $"the emergency monitor is still late, for {Ages.Of(since)} since you were told; nothing is stopped meanwhile", Because(incident), $"again-{since.TotalMinutes:0}"),
        ChannelsOf(incident), cancellationToken);

    /// <summary>Nothing is being lost and nobody has answered: told again in the chat alone.</summary>
    public Task RemindedAsync(Incident incident, TimeSpan waited, CancellationToken cancellationToken) => TellAsync(
        incident, new Telling(FeedKind.Incident, $"open for {Ages.Of(waited)}", Because(incident), $"again-{waited.TotalMinutes:0}"), ChatAlone, cancellationToken);

    /// <summary>For the message that is edited in place; leaves on no other channel.</summary>
    public Task NoteAsync(Incident incident, FeedKind kind, Severity severity, string action, string reason, PersonId by, CancellationToken cancellationToken) =>
        PublishAsync(incident, kind, severity, action, reason, by, cancellationToken);

    /// <summary>A pause that is wanted anew is told anew: an alert of the same key leaves only once.</summary>
    private static string Round(Incident incident) => incident.PauseRound == 0 ? "" : $"{incident.PauseRound}/";

    private static string At(Incident incident) => incident.OwnPages is { } pages ? $" ({pages})" : "";

    /// <summary>Where people see for themselves what a silent network does not tell us.</summary>
    private static string LookedAt(Incident incident) => IsSilent(incident) && incident.OwnPages is { } pages ? $"; look at it in the network's own pages ({pages})" : "";

    private static bool IsSilent(Incident incident) => incident.Cause == SafetyRules.NetworkErrors || incident.Cause == SafetyRules.AgentBlind;

    public static string Because(Incident incident) =>
        $"{incident.CauseWords}: {incident.Evidence.Words}";

    public static string? WhyNotPaused(Incident incident) => incident.PauseConfirmed ? null : incident.Notes.LastOrDefault()?.Says;

    private async Task TellAsync(Incident incident, Telling telling, IReadOnlyList<string> channels, CancellationToken cancellationToken)
    {
        if (!telling.IsInFeed)
            await PublishAsync(incident, telling.Kind, incident.Severity, telling.Action, telling.Reason, PersonId.Monitor, cancellationToken);

        var name = $"{incident.CampaignName} ({incident.Handle})";
        try
        {
            await alerts.AddAsync(
                new Alert(
                    $"{incident.Id}/{telling.Key}", incident.Workspace, incident.Account, incident.Severity, $"{name}: {telling.Action}", telling.Reason,
                    incident.Id, machine.GetUtcNow())
                {
                    Name = name,
                    Handle = incident.Handle,
                    About = AboutOf(incident),
                    IsRepeated = telling.IsRepeated,
                    IsSimulated = incident.Simulated,
                    OwnPages = AboutOf(incident) == AlertAbout.StillSpending || IsSilent(incident) ? incident.OwnPages : null,
                },
                channels, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(incident.CampaignName, fault.Message);
        }
    }

    private static AlertAbout AboutOf(Incident incident) => (incident.Remedy, incident.PauseConfirmed) switch
    {
        (Remedy.PauseCampaign, true) => AlertAbout.Stopped,
        (Remedy.PauseCampaign, false) => AlertAbout.StillSpending,
        _ => AlertAbout.Notice,
    };

    private async Task PublishAsync(
        Incident incident, FeedKind kind, Severity severity, string action, string reason, PersonId by, CancellationToken cancellationToken)
    {
        try
        {
            await feed.PublishAsync(
                new FeedEvent(
                    0, clock.GetUtcNow(), incident.Workspace, incident.Account, incident.IsShared ? null : incident.Campaign, incident.CampaignName, kind, severity, action,
                    reason, by, Incident: incident.Id, Simulated: incident.Simulated),
                cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(incident.CampaignName, fault.Message);
        }
    }

    [LoggerMessage(EventId = 231, Level = LogLevel.Critical, Message = "Nobody could be told about {Campaign}: {Says}")]
    private partial void NotTold(string campaign, string says);
}
