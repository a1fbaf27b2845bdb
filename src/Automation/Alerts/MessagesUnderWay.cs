using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>
/// Which alerts leave together, written before they do. After a kill nobody knows whether the channel took them: they leave once more, the same
/// ones under the same key, so that the channel may recognise them, and what has come since then leaves after them.
/// </summary>
public sealed class MessagesUnderWay(ISettingsStore settings)
{
    private readonly ConcurrentDictionary<string, Message?> _left = new();

    /// <param name="Alerts">Their keys.</param>
    private sealed record Message(string Key, ImmutableArray<string> Alerts);

    /// <summary>What is to leave now: the rest of a message that an earlier life began, else all that waits.</summary>
    public async Task<AlertMessage> NextAsync(string channel, IReadOnlyList<Alert> waiting, bool isRetry, CancellationToken cancellationToken)
    {
        if (await LeftAsync(channel, cancellationToken) is { } left && waiting.Where(alert => left.Alerts.Contains(alert.Key)).ToList() is { Count: > 0 } again)
            return AlertMessage.Of(again, isRetry) with { Key = left.Key };

        return AlertMessage.Of(waiting, isRetry);
    }

    public Task BeginAsync(string channel, AlertMessage message, CancellationToken cancellationToken) =>
        settings.SetAsync(WorkspaceId.Local, Name(channel), new Message(message.Key, message.Waited), cancellationToken);

    /// <summary>The channel has had its word: from here on everything that waits leaves together.</summary>
    public void Answered(string channel) => _left[channel] = null;

    private async Task<Message?> LeftAsync(string channel, CancellationToken cancellationToken)
    {
        if (_left.TryGetValue(channel, out var known))
            return known;

        return _left[channel] = await settings.FindAsync<Message>(WorkspaceId.Local, Name(channel), cancellationToken);
    }

    private static string Name(string channel) => $"alerts-under-way/{channel}";
}
