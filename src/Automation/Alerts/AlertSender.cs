using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// Hands waiting alerts to their channels: each channel at its own pace, a failure again after growing pauses of machine time, and
/// whatever one channel does, the others go on. What is not set up waits untouched and is shown as such; what is older than a day
/// is left to the chat.
/// </summary>
public sealed partial class AlertSender(IAlertStore alerts, IEnumerable<IAlertChannel> channels, TimeProvider machine, ILogger<AlertSender> logger)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)];
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    /// <summary>The channel that shows the receipts of the others: it comes after them, and again when an answer came later.</summary>
    private const string Chat = "chat";

    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly ConcurrentDictionary<(string Key, string Channel), (int Failures, DateTimeOffset NextAt)> _failed = new();
    private readonly ConcurrentDictionary<(string Key, string Channel), AlertReceipt> _unkept = new();
    private readonly ConcurrentDictionary<string, bool> _busy = new();

    /// <summary>Ends when the channels that were free have had their turn; one that is still busy from an earlier call is not waited for.</summary>
    public async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        foreach (var receipt in _unkept.Values)
            await KeepAsync(receipt, cancellationToken);

        var waiting = (await alerts.WaitingAsync(cancellationToken)).Select(one => one.Channel).Distinct().Where(IsSetUp).ToList();
        var answered = await Task.WhenAll(waiting.Where(channel => channel != Chat).Select(channel => TurnAsync(channel, cancellationToken)));
        var shown = await TurnAsync(Chat, cancellationToken);
        await ShowAgainAsync(answered.SelectMany(alert => alert).DistinctBy(alert => alert.Key).ExceptBy(shown.Select(alert => alert.Key), alert => alert.Key), cancellationToken);
    }

    /// <summary>The alerts that the channel had a word on.</summary>
    private async Task<IReadOnlyList<Alert>> TurnAsync(string channel, CancellationToken cancellationToken)
    {
        if (!IsSetUp(channel) || !_busy.TryAdd(channel, true))
            return [];

        try
        {
            var now = machine.GetUtcNow();
            var due = (await alerts.WaitingAsync(cancellationToken))
                .Where(waiting => waiting.Channel == channel && waiting.Alert.At > now - Oldest && IsDue(waiting.Alert, channel, now))
                .Select(waiting => waiting.Alert)
                .ToList();
            foreach (var alert in due)
                await SendAsync(channel, alert, cancellationToken);

            return due;
        }
        finally
        {
            _busy.TryRemove(channel, out _);
        }
    }

    private bool IsSetUp(string channel) => _channels.TryGetValue(channel, out var known) && known.IsSetUp;

    private bool IsDue(Alert alert, string channel, DateTimeOffset now) =>
        !_unkept.ContainsKey((alert.Key, channel)) && (!_failed.TryGetValue((alert.Key, channel), out var failed) || failed.NextAt <= now);

    private async Task SendAsync(string channel, Alert alert, CancellationToken cancellationToken)
    {
        var receipt = await ReceiptAsync(channel, alert, cancellationToken);
        await KeepAsync(receipt, cancellationToken);
        if (receipt.Accepted)
        {
            _failed.TryRemove((alert.Key, channel), out _);
            return;
        }

        var failures = _failed.GetValueOrDefault((alert.Key, channel)).Failures + 1;
        _failed[(alert.Key, channel)] = (failures, machine.GetUtcNow() + Pauses[Math.Min(failures, Pauses.Length) - 1]);
        NotAccepted(channel, alert.Key, receipt.Says);
    }

    private async Task<AlertReceipt> ReceiptAsync(string channel, Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            return await _channels[channel].SendAsync(alert, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new AlertReceipt(alert.Key, channel, false, $"{channel} failed: {fault.Message}", null, machine.GetUtcNow());
        }
    }

    /// <summary>A receipt that cannot be kept now is kept later; meanwhile what was accepted does not leave again.</summary>
    private async Task KeepAsync(AlertReceipt receipt, CancellationToken cancellationToken)
    {
        try
        {
            await alerts.KeepAsync(receipt, cancellationToken);
            _unkept.TryRemove((receipt.Key, receipt.Channel), out _);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            if (receipt.Accepted)
                _unkept[(receipt.Key, receipt.Channel)] = receipt;

            NotKept(receipt.Channel, receipt.Key, fault.Message);
        }
    }

    /// <summary>An answer that came after the chat had shown the alert is shown there too.</summary>
    private async Task ShowAgainAsync(IEnumerable<Alert> late, CancellationToken cancellationToken)
    {
        foreach (var alert in late.Where(_ => IsSetUp(Chat)))
            await ReceiptAsync(Chat, alert, cancellationToken);
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Error, Message = "{Channel} did not take alert {Key}: {Says}")]
    private partial void NotAccepted(string channel, string key, string says);

    [LoggerMessage(EventId = 152, Level = LogLevel.Error, Message = "The receipt of {Channel} for {Key} could not be kept yet: {Says}")]
    private partial void NotKept(string channel, string key, string says);
}
