using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// Hands waiting alerts to their channels: each channel at its own pace, a failure again after growing pauses of machine time. What is
/// not set up waits untouched and is shown as such; what is older than a day is left to the chat.
/// </summary>
public sealed partial class AlertSender(IAlertStore alerts, IEnumerable<IAlertChannel> channels, TimeProvider machine, ILogger<AlertSender> logger)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)];
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    /// <summary>The channel that shows the receipts of the others: it comes after them.</summary>
    private const string Chat = "chat";

    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly ConcurrentDictionary<(string Key, string Channel), (int Failures, DateTimeOffset NextAt)> _failed = new();

    public async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        var now = machine.GetUtcNow();
        var due = (await alerts.WaitingAsync(cancellationToken))
            .Where(waiting => waiting.Alert.At > now - Oldest && IsDue(waiting.Alert, waiting.Channel, now))
            .ToLookup(waiting => waiting.Channel, waiting => waiting.Alert);

        await Task.WhenAll(due.Where(group => group.Key != Chat).Select(group => SendAsync(group.Key, group, cancellationToken)));
        await SendAsync(Chat, due[Chat], cancellationToken);
    }

    private bool IsDue(Alert alert, string channel, DateTimeOffset now) =>
        _channels.TryGetValue(channel, out var known) && known.IsSetUp
        && (!_failed.TryGetValue((alert.Key, channel), out var failed) || failed.NextAt <= now);

    private async Task SendAsync(string channel, IEnumerable<Alert> waiting, CancellationToken cancellationToken)
    {
        foreach (var alert in waiting)
        {
            var receipt = await _channels[channel].SendAsync(alert, cancellationToken);
            await alerts.KeepAsync(receipt, cancellationToken);
            if (receipt.Accepted)
            {
                _failed.TryRemove((alert.Key, channel), out _);
                continue;
            }

            var failures = _failed.TryGetValue((alert.Key, channel), out var before) ? before.Failures + 1 : 1;
            _failed[(alert.Key, channel)] = (failures, machine.GetUtcNow() + Pauses[Math.Min(failures, Pauses.Length) - 1]);
            NotAccepted(channel, alert.Key, receipt.Says);
        }
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Error, Message = "{Channel} did not take alert {Key}: {Says}")]
    private partial void NotAccepted(string channel, string key, string says);
}
