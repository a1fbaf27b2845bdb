using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Telemetry;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// Hands waiting alerts to their channels: on each at most one message a minute of machine time, which names all that waited. The first
/// leaves at once; a failure is tried again after growing pauses; whatever one channel does, the others go on. For a channel that is not set
/// up it is noted at once that it is not; what is older than a day is left to the chat.
/// </summary>
public sealed partial class AlertSender(
    IAlertStore alerts, IEnumerable<IAlertChannel> channels, MessagesUnderWay underWay, IReceiptBoard board, TimeProvider machine, ILogger<AlertSender> logger)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1)];
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private readonly Dictionary<string, IAlertChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset NextAt)> _failed = new();
    private readonly ConcurrentDictionary<(string Key, string Channel), AlertReceipt> _unkept = new();
    private readonly ConcurrentDictionary<string, bool> _busy = new();
    private readonly MessagePace _pace = new(alerts);

    /// <summary>Ends when the channels that were free have had their turn; one that is still busy from an earlier call is not waited for.</summary>
    public async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        await _pace.RecallAsync(machine.GetUtcNow(), cancellationToken);
        foreach (var receipt in _unkept.Values)
            await KeepAsync(receipt, cancellationToken);

        var all = await alerts.WaitingAsync(machine.GetUtcNow() - Oldest, cancellationToken);
        foreach (var (alert, channel) in all.Where(one => !IsSetUp(one.Channel)))
            await KeepAsync(new AlertReceipt(alert.Key, channel, false, "not set up", null, machine.GetUtcNow()) { IsLast = true }, cancellationToken);

        var answered = await Task.WhenAll(_channels.Keys.Where(IsSetUp).Select(channel => TurnAsync(channel, all, cancellationToken)));
        foreach (var incident in answered.SelectMany(alert => alert).Select(alert => alert.Incident).OfType<IncidentId>().Distinct())
            await ShowAsync(incident, cancellationToken);
    }

    private bool IsSetUp(string channel) => _channels.TryGetValue(channel, out var known) && known.IsSetUp;

    /// <summary>The alerts that the channel had a word on.</summary>
    private async Task<IReadOnlyList<Alert>> TurnAsync(string channel, IReadOnlyList<(Alert Alert, string Channel)> all, CancellationToken cancellationToken)
    {
        if (!_busy.TryAdd(channel, true))
            return [];

        try
        {
            var now = machine.GetUtcNow();
            if (_failed.TryGetValue(channel, out var failed) && failed.NextAt > now)
                return [];

            var waiting = all
                .Where(one => one.Channel == channel && !_unkept.ContainsKey((one.Alert.Key, channel)))
                .Select(one => one.Alert)
                .ToList();
            if (waiting.Count == 0)
                return [];

            var message = await underWay.NextAsync(channel, waiting, _failed.ContainsKey(channel), cancellationToken);
            var leaving = waiting.Where(alert => message.Waited.Contains(alert.Key)).ToList();
            if (!_pace.MayLeave(channel, leaving.Max(alert => alert.Severity), now))
                return [];

            await SendAsync(channel, message, leaving, cancellationToken);
            return leaving;
        }
        finally
        {
            _busy.TryRemove(channel, out _);
        }
    }

    private async Task SendAsync(string channel, AlertMessage message, IReadOnlyList<Alert> waiting, CancellationToken cancellationToken)
    {
        await BeginAsync(channel, message, cancellationToken);
        var answer = await AnswerAsync(channel, message, cancellationToken);
        Signals.Alerts.Add(1, Signals.Tag("channel", channel), Signals.Tag("outcome", answer.Accepted ? "accepted" : "refused"));
        var now = machine.GetUtcNow();
        foreach (var alert in waiting)
            await KeepAsync(new AlertReceipt(alert.Key, channel, answer.Accepted, answer.Says, answer.Reference, now), cancellationToken);

        underWay.Answered(channel);
        if (answer.Accepted)
        {
            _pace.Left(channel, message.Severity, now);
            _failed.TryRemove(channel, out _);
            return;
        }

        var failures = _failed.GetValueOrDefault(channel).Failures + 1;
        _failed[channel] = (failures, now + Pauses[Math.Min(failures, Pauses.Length) - 1]);
        NotAccepted(channel, message.Key, answer.Says);
    }

    /// <summary>A database that cannot be written keeps no alert from leaving.</summary>
    private async Task BeginAsync(string channel, AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await underWay.BeginAsync(channel, message, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotKept(channel, message.Key, fault.Message);
        }
    }

    private async Task<AlertAnswer> AnswerAsync(string channel, AlertMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _channels[channel].SendAsync(message, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new AlertAnswer(false, $"{channel} failed: {fault.Message}");
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

    /// <summary>Each incident shows what the channels said about it, also when they said it later than the others.</summary>
    private async Task ShowAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        try
        {
            await board.ShowAsync(incident, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotShown(incident, fault.Message);
        }
    }

    [LoggerMessage(EventId = 150, Level = LogLevel.Error, Message = "{Channel} did not take alert {Key}: {Says}")]
    private partial void NotAccepted(string channel, string key, string says);

    [LoggerMessage(EventId = 152, Level = LogLevel.Error, Message = "The receipt of {Channel} for {Key} could not be kept yet: {Says}")]
    private partial void NotKept(string channel, string key, string says);

    [LoggerMessage(EventId = 153, Level = LogLevel.Error, Message = "What the channels said about incident {Incident} could not be shown: {Says}")]
    private partial void NotShown(IncidentId incident, string says);
}
