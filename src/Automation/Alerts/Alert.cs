using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>Something urgent for people who are not looking at the chat.</summary>
/// <param name="Key">The same alert handed over twice leaves once.</param>
public sealed record Alert(
    string Key, WorkspaceId Workspace, AdAccountId? Account, Severity Severity, string Title, string Text, IncidentId? Incident, DateTimeOffset At);

/// <summary>One channel's word on one alert: accepted is not delivered, and "not set up" is said.</summary>
/// <param name="Channel">email, sms, push or chat.</param>
/// <param name="Reference">The channel's own id for it, when it gave one.</param>
public sealed record AlertReceipt(string Key, string Channel, bool Accepted, string Says, string? Reference, DateTimeOffset At);

/// <summary>One way out: email, SMS, push. Never throws for a refused message; says so in the receipt.</summary>
public interface IAlertChannel
{
    string Name { get; }

    /// <summary>False: there is no address or key for it, and it shows as "not set up".</summary>
    bool IsSetUp { get; }

    Task<AlertReceipt> SendAsync(Alert alert, CancellationToken cancellationToken);
}

/// <summary>Alerts on their way out and their receipts: written before they leave, so that a crash loses none.</summary>
public interface IAlertStore
{
    /// <summary>Adds the alert for each channel name; the same key and channel again changes nothing.</summary>
    Task AddAsync(Alert alert, IReadOnlyList<string> channels, CancellationToken cancellationToken);

    /// <summary>Handed over to no channel yet, with the channel that still waits.</summary>
    Task<IReadOnlyList<(Alert Alert, string Channel)>> WaitingAsync(CancellationToken cancellationToken);

    Task KeepAsync(AlertReceipt receipt, CancellationToken cancellationToken);

    Task<IReadOnlyList<AlertReceipt>> ReceiptsAsync(IncidentId incident, CancellationToken cancellationToken);
}
