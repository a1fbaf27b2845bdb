using System.Collections.Concurrent;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>Where a message of ours stands.</summary>
internal readonly record struct SlackPosted(string Workspace, string Channel, string Message);

/// <summary>Pictures that Slack had not made ready when their message was posted follow it, unless it says something newer by then.</summary>
internal sealed class LatePictures(TimeProvider machine)
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60)];

    private readonly ConcurrentDictionary<SlackPosted, Following> _following = new();

    /// <param name="edit">Whether they stand there now, or never will.</param>
    public void Follow(SlackPosted posted, Func<CancellationToken, Task<bool>> edit)
    {
        var following = new Following();
        _following[posted] = following;
        following.Ended = FollowAsync(posted, following, edit);
    }

    /// <summary>Something newer is said there: once this returns, no picture of what was said before overwrites it.</summary>
    public async Task LeaveAsync(SlackPosted posted)
    {
        if (_following.TryRemove(posted, out var following))
            await following.LeaveAsync();
    }

    private async Task FollowAsync(SlackPosted posted, Following following, Func<CancellationToken, Task<bool>> edit)
    {
        try
        {
            foreach (var wait in Waits)
            {
                await Task.Delay(wait, machine, following.Left);
                if (await edit(following.Left))
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // Something newer stands there.
        }
        finally
        {
            _following.TryRemove(KeyValuePair.Create(posted, following));
        }
    }

    private sealed class Following : IDisposable
    {
        private readonly CancellationTokenSource _left = new();

        public CancellationToken Left => _left.Token;

        public Task Ended { get; set; } = Task.CompletedTask;

        public async Task LeaveAsync()
        {
            await _left.CancelAsync();
            await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Dispose();
        }

        public void Dispose() => _left.Dispose();
    }
}
