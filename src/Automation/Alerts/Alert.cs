using System.Text.Json.Serialization;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>What an alert is about, from the worst: in a message that names several it comes in this order.</summary>
public enum AlertAbout
{
    /// <summary>It should stand still and nobody can say that it does.</summary>
    StillSpending,
    Stopped,
    Notice,
}

/// <summary>Something urgent for people who are not looking at the chat.</summary>
/// <param name="Key">The same alert handed over twice leaves once.</param>
public sealed record Alert(
    string Key, WorkspaceId Workspace, AdAccountId? Account, Severity Severity, string Title, string Text, IncidentId? Incident, DateTimeOffset At)
{
    /// <summary>The campaign with the word that answers to it, for a message that names many: <c>Spring sale (i3)</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The incident's short name, as people type it: <c>i3</c>.</summary>
    public string? Handle { get; init; }

    public AlertAbout About { get; init; } = AlertAbout.Notice;

    /// <summary>People were told of this incident before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>No real money is concerned; said before everything else.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Where people stop or look at it by hand; null where we did it, or no page shows it.</summary>
    public Uri? OwnPages { get; init; }

    [JsonIgnore]
    public string Who => Name ?? Title;
}

/// <summary>What one channel says to one message: accepted is not delivered.</summary>
/// <param name="Reference">The channel's own id for it, when it gave one.</param>
public sealed record AlertAnswer(bool Accepted, string Says, string? Reference = null);

/// <summary>One channel's word on one alert, also when it left together with others.</summary>
/// <param name="Channel">email, sms, push or chat.</param>
/// <param name="Reference">The channel's own id for it, when it gave one.</param>
public sealed record AlertReceipt(string Key, string Channel, bool Accepted, string Says, string? Reference, DateTimeOffset At)
{
    /// <summary>It is not tried again although nobody took it.</summary>
    public bool IsLast { get; init; }
}

/// <summary>One way out: email, SMS, push, chat. Never throws for a refused message; says so in the answer.</summary>
public interface IAlertChannel
{
    string Name { get; }

    /// <summary>False: there is no address or key for it, and it shows as "not set up".</summary>
    bool IsSetUp { get; }

    Task<AlertAnswer> SendAsync(AlertMessage message, CancellationToken cancellationToken);
}

/// <summary>Where people see what the channels said about an incident.</summary>
public interface IReceiptBoard
{
    Task ShowAsync(IncidentId id, CancellationToken cancellationToken);
}

/// <summary>Alerts on their way out and their receipts: written before they leave, so that a crash loses none.</summary>
public interface IAlertStore
{
    /// <summary>Adds the alert for each channel name; the same key and channel again changes nothing.</summary>
    Task AddAsync(Alert alert, IReadOnlyList<string> channels, CancellationToken cancellationToken);

    /// <summary>Raised after <paramref name="since"/>, not accepted by that channel yet, and not given up.</summary>
    Task<IReadOnlyList<(Alert Alert, string Channel)>> WaitingAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Raised after <paramref name="since"/> and accepted, with the channel's word.</summary>
    Task<IReadOnlyList<(Alert Alert, AlertReceipt Receipt)>> AcceptedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    Task KeepAsync(AlertReceipt receipt, CancellationToken cancellationToken);

    Task<IReadOnlyList<AlertReceipt>> ReceiptsAsync(IncidentId incident, CancellationToken cancellationToken);

    /// <summary>The keys of every alert that was raised about an incident.</summary>
    Task<IReadOnlyList<string>> KeysAsync(IncidentId incident, CancellationToken cancellationToken);
}
