using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Tells people about incidents: the feed, and in an emergency every alert channel. A voice that fails never fails a stop.</summary>
public sealed partial class IncidentVoice(
    IActivityFeed feed, IAlertStore alerts, IAdNetworkDirectory networks, CampaignClock clock, TimeProvider machine, ILogger<IncidentVoice> logger)
{
    /// <summary>Emergencies leave on all of them, whatever was chosen for the campaign.</summary>
    private static readonly string[] AllChannels = ["email", "sms", "push", "chat"];

    /// <summary>What is no emergency leaves as the campaign's people chose; SMS is for emergencies alone.</summary>
    private static string[] ChannelsOf(Incident incident) => incident.Severity == Severity.Critical
        ? AllChannels
        : [.. AllChannels.Where(channel => channel switch
        {
            "email" => incident.Notify.HasFlag(AlertChannels.Email),
            "push" => incident.Notify.HasFlag(AlertChannels.Push),
            "chat" => true,
            _ => false,
        })];

    public Task StoppedAsync(Incident incident, Campaign campaign, string? whyNot, CancellationToken cancellationToken)
    {
        var where = networks.Profile(campaign.Spec.Network).Title;
        var action = incident.PauseConfirmed
            ? "stopped: paused at the network and read back"
            : $"COULD NOT PAUSE — pause \"{campaign.Name}\" ({campaign.Network.Campaign}) at {where} yourself; it is tried again every sweep";

        return TellAsync(incident, FeedKind.EmergencyStop, action, whyNot is null ? Because(incident) : $"{Because(incident)}. {whyNot}", "stop", cancellationToken);
    }

    public Task PausedAtLastAsync(Incident incident, CancellationToken cancellationToken) => TellAsync(
        incident, FeedKind.EmergencyStop, $"paused now, after {incident.PauseAttempts} attempts, and read back", Because(incident),
        $"paused-{incident.PauseAttempts}", cancellationToken);

    public Task StillRunningAsync(Incident incident, string says, CancellationToken cancellationToken) => TellAsync(
        incident, FeedKind.EmergencyStop,
        incident.PauseConfirmed ? "STILL RUNNING after it was paused; paused again and read back" : "STILL RUNNING after it was paused, and COULD NOT PAUSE AGAIN; it is tried with every sweep",
        says, $"running-{incident.PauseAttempts}", cancellationToken);

    public Task OpenedAsync(Incident incident, string action, CancellationToken cancellationToken) =>
        TellAsync(incident, FeedKind.Incident, action, Because(incident), "open", cancellationToken);

    /// <param name="waited">How long people have had, in their own time.</param>
    public Task EscalatedAsync(Incident incident, TimeSpan waited, CancellationToken cancellationToken) => TellAsync(
        incident, FeedKind.Incident, $"nobody has answered for {waited.TotalMinutes:0} min; every Admin is told",
        Because(incident), "escalated", cancellationToken);

    /// <summary>Money may be flowing: told again on every channel, until the pause is confirmed.</summary>
    public Task StillNotPausedAsync(Incident incident, TimeSpan since, CancellationToken cancellationToken) => TellAsync(
        incident, FeedKind.EmergencyStop, $"COULD NOT PAUSE yet, open for {since.TotalMinutes:0} min and {incident.PauseAttempts} attempts; pause it in the network's own pages",
        Because(incident), $"again-{since.TotalMinutes:0}", cancellationToken);

    /// <summary>For the message that is edited in place; leaves on no other channel.</summary>
    public Task NoteAsync(Incident incident, FeedKind kind, Severity severity, string action, string reason, PersonId by, CancellationToken cancellationToken) =>
        PublishAsync(incident, kind, severity, action, reason, by, cancellationToken);

    public static string Because(Incident incident) =>
        $"{incident.Cause}: {incident.Evidence.Measure} {incident.Evidence.Measured}, limit {incident.Evidence.Limit}";

    private async Task TellAsync(Incident incident, FeedKind kind, string action, string reason, string key, CancellationToken cancellationToken)
    {
        await PublishAsync(incident, kind, incident.Severity, action, reason, PersonId.Monitor, cancellationToken);
        try
        {
            await alerts.AddAsync(
                new Alert(
                    $"{incident.Id}/{key}", incident.Workspace, incident.Account, incident.Severity, $"{incident.CampaignName}: {action}", reason,
                    incident.Id, machine.GetUtcNow()),
                ChannelsOf(incident), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTold(incident.CampaignName, fault.Message);
        }
    }

    private async Task PublishAsync(
        Incident incident, FeedKind kind, Severity severity, string action, string reason, PersonId by, CancellationToken cancellationToken)
    {
        try
        {
            await feed.PublishAsync(
                new FeedEvent(
                    0, clock.GetUtcNow(), incident.Workspace, incident.Account, incident.Campaign, incident.CampaignName, kind, severity, action,
                    reason, by, Incident: incident.Id),
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
