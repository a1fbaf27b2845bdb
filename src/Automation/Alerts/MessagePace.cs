using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// At most one message a minute on each channel, in machine time, also across a restart. An emergency waits only for another
/// emergency, never for what was less urgent.
/// </summary>
internal sealed class MessagePace(IAlertStore alerts)
{
    /// <summary>From one message on a channel to the next. One minute.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>An alert raised longer ago than this did not leave within the last minute, unless its channel was away. Ten minutes.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Channel, bool Urgent), DateTimeOffset> _left = new();
    private bool _recalled;

    public async Task RecallAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_recalled)
            return;

        foreach (var (alert, receipt) in await alerts.AcceptedAsync(now - Recent, cancellationToken))
            Left(receipt.Channel, alert.Severity, receipt.At);

        _recalled = true;
    }

    public bool MayLeave(string channel, Severity severity, DateTimeOffset now) =>
        IsOver(channel, urgent: true, now) && (IsUrgent(severity) || IsOver(channel, urgent: false, now));

    public void Left(string channel, Severity severity, DateTimeOffset at) =>
        _left.AddOrUpdate((channel, IsUrgent(severity)), at, (_, known) => known > at ? known : at);

    /// <summary>What left later than now left before the clock was set back.</summary>
    private bool IsOver(string channel, bool urgent, DateTimeOffset now) => !_left.TryGetValue((channel, urgent), out var left) || left > now || now - left >= Between;

    private static bool IsUrgent(Severity severity) => severity == Severity.Critical;
}
