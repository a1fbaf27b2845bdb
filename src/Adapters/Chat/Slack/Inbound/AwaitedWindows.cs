using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// Presses that open a window, from before Slack is told that they arrived until the window is open or the person was told that it is not. What opens it lasts
/// three seconds, so that after a restart it cannot be opened any more: whoever pressed is told then.
/// </summary>
internal sealed class AwaitedWindows(ISettingsStore settings, TimeProvider machine)
{
    private const string Setting = "slack-windows";
    private const int MostKept = 100;

    /// <summary>Nobody wonders any more about a press of yesterday.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(1);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly Turnstile _one = new();
    private readonly ConcurrentDictionary<string, bool> _ours = new();

    /// <param name="Conversation">Where it was pressed.</param>
    /// <param name="Button">What stands on the button.</param>
    public sealed record Press(string Id, string Conversation, SlackPerson Person, string Button, DateTimeOffset At);

    private sealed record Kept(ImmutableArray<Press> All);

    public Task KeepAsync(SlackNews.Pressed pressed, string button, CancellationToken cancellationToken)
    {
        _ours[pressed.Id] = true;
        return ChangeAsync(all => [.. all.Where(one => one.Id != pressed.Id), new Press(pressed.Id, pressed.Place.Conversation.Value, pressed.Person, button, machine.GetUtcNow())], cancellationToken);
    }

    /// <summary>Again until it is written: whoever has their window would be told after the next start that it did not open.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var end = machine.GetUtcNow() + LongestKept;
        while (!await TryRemoveAsync(id, cancellationToken) && machine.GetUtcNow() < end)
            await Task.Delay(Again, machine, cancellationToken);

        _ours.TryRemove(id, out _);
    }

    private async Task<bool> TryRemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(all => [.. all.Where(one => one.Id != id)], cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Those of an earlier life.</summary>
    public async Task<IReadOnlyList<Press>> LostAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        return [.. (await AllAsync(cancellationToken)).Where(one => !_ours.ContainsKey(one.Id))];
    }

    private async Task ChangeAsync(Func<ImmutableArray<Press>, ImmutableArray<Press>> change, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        var changed = change(await AllAsync(cancellationToken)).TakeLast(MostKept);
        await settings.SetAsync(WorkspaceId.Local, Setting, new Kept([.. changed]), cancellationToken);
    }

    private async Task<ImmutableArray<Press>> AllAsync(CancellationToken cancellationToken)
    {
        var tooOld = machine.GetUtcNow() - LongestKept;
        return [.. ((await settings.FindAsync<Kept>(WorkspaceId.Local, Setting, cancellationToken))?.All ?? []).Where(one => one.At >= tooOld)];
    }
}
