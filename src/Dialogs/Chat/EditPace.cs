namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>
/// Edits of one message that follow each other closely become the last of them: the first goes at once, what comes within the pause after it waits, and
/// a newer one takes its place. Whoever waits is done when what they had to show, or what is newer, is shown, and hears of its fault. What calls
/// somebody never waits.
/// </summary>
internal sealed class EditPace(TimeProvider machine)
{
    /// <summary>From then on times that are past are forgotten.</summary>
    private const int MostRemembered = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _edited = [];
    private readonly Dictionary<string, Later> _later = [];

    private sealed class Later(ChatMessage message)
    {
        /// <summary>Null once there is nothing to show any more.</summary>
        public ChatMessage? Message { get; set; } = message;

        public TaskCompletionSource Now { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Shown { get; set; } = Task.CompletedTask;
    }

    /// <param name="pause">Between two edits of a message; zero where the chat takes them as they come.</param>
    /// <param name="show">Posts or edits the message; what waited is shown for everybody who waits, whoever of them gives up.</param>
    public Task ShowAsync(string key, TimeSpan pause, ChatMessage message, Func<ChatMessage, CancellationToken, Task> show, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_later.TryGetValue(key, out var waiting))
            {
                waiting.Message = message;
                if (message.Urgent)
                    waiting.Now.TrySetResult();

                return waiting.Shown.WaitAsync(cancellationToken);
            }

            var wait = message.Urgent || !_edited.TryGetValue(key, out var last) ? TimeSpan.Zero : last + pause - machine.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                var later = _later[key] = new Later(message);
                later.Shown = ShowLaterAsync(key, later, wait, show);
                return later.Shown.WaitAsync(cancellationToken);
            }
        }

        return show(message, cancellationToken);
    }

    /// <summary>A message of its own takes the place of the one that was edited: what waits is from before, and the next edit waits for none of the old one.</summary>
    public void Anew(string key)
    {
        lock (_gate)
        {
            _edited.Remove(key);
            if (!_later.TryGetValue(key, out var waiting))
                return;

            waiting.Message = null;
            waiting.Now.TrySetResult();
        }
    }

    /// <summary>The message was edited just now.</summary>
    public void Edited(string key, TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero)
            return;

        lock (_gate)
        {
            var now = machine.GetUtcNow();
            if (_edited.Count >= MostRemembered)
            {
                foreach (var past in _edited.Where(one => now - one.Value >= pause).Select(one => one.Key).ToList())
                    _edited.Remove(past);
            }

            _edited[key] = now;
        }
    }

    private async Task ShowLaterAsync(string key, Later later, TimeSpan wait, Func<ChatMessage, CancellationToken, Task> show)
    {
        await Task.WhenAny(Task.Delay(wait, machine), later.Now.Task);
        ChatMessage? message;
        lock (_gate)
        {
            _later.Remove(key);
            message = later.Message;
        }

        if (message is not null)
            await show(message, CancellationToken.None);
    }
}
