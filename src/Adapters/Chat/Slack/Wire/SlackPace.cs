using System.Collections.Concurrent;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

/// <summary>
/// Slack's manners: about one message a second in a channel, urgent ones first, the others in their order; and a method that was limited in
/// a workspace rests for as long as Slack said, while the others go on. What is urgent goes first there too, whatever channel it is for.
/// </summary>
internal sealed class SlackPace(TimeProvider machine)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lane> _channels = new();
    private readonly ConcurrentDictionary<(string Workspace, string Method), DateTimeOffset> _resting = new();
    private readonly ConcurrentDictionary<(string Workspace, string Method), ConcurrentDictionary<Guid, TaskCompletionSource>> _urgent = new();

    /// <summary>
    /// Waits until a message may be posted to <paramref name="channel"/>. The next one waits a second from when this one is let through, and until what
    /// is returned is disposed; an urgent one waits for the second alone, and so passes one that hangs or is tried again and again.
    /// </summary>
    public Task<IDisposable> EnterAsync(string channel, bool urgent, CancellationToken cancellationToken) =>
        _channels.GetOrAdd(channel, _ => new Lane(machine)).EnterAsync(urgent, cancellationToken);

    public void Rest(string workspace, string method, TimeSpan time) => _resting[(workspace, method)] = machine.GetUtcNow() + time;

    /// <summary>How long a method rests yet; no more than zero when it does not.</summary>
    public TimeSpan Left(string workspace, string method) => _resting.TryGetValue((workspace, method), out var until) ? until - machine.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Waits until <paramref name="method"/> may be called in a workspace again, and nothing urgent is called by it.</summary>
    public async Task RestedAsync(string workspace, string method, bool urgent, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Left(workspace, method) is var left && left > TimeSpan.Zero)
                await Task.Delay(left, machine, cancellationToken);
            else if (!urgent && _urgent.TryGetValue((workspace, method), out var first) && !first.IsEmpty)
                await Task.WhenAll(first.Values.Select(one => one.Task)).WaitAsync(cancellationToken);
            else
                return;
        }
    }

    public Task RestedAsync(string workspace, string method, CancellationToken cancellationToken) => RestedAsync(workspace, method, urgent: false, cancellationToken);

    /// <summary>Something urgent is called by a method, however often it has to be tried: until what is returned is disposed the others wait.</summary>
    public IDisposable First(string workspace, string method) => new Urgent(_urgent.GetOrAdd((workspace, method), _ => new ConcurrentDictionary<Guid, TaskCompletionSource>()));

    private sealed class Urgent : IDisposable
    {
        private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _all;
        private readonly Guid _id = Guid.NewGuid();
        private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Urgent(ConcurrentDictionary<Guid, TaskCompletionSource> all)
        {
            _all = all;
            _all[_id] = _called;
        }

        public void Dispose()
        {
            _all.TryRemove(_id, out _);
            _called.TrySetResult();
        }
    }

    private sealed class Lane(TimeProvider machine)
    {
        private readonly Lock _gate = new();
        private readonly PriorityQueue<TaskCompletionSource<IDisposable>, (bool Later, long Order)> _waiting = new();
        private TaskCompletionSource _changed = NewSignal();
        private long _order;
        private int _underWay;
        private bool _letting;
        private DateTimeOffset _next = DateTimeOffset.MinValue;

        public async Task<IDisposable> EnterAsync(bool urgent, CancellationToken cancellationToken)
        {
            var turn = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _waiting.Enqueue(turn, (!urgent, _order++));
                if (_letting)
                {
                    Changed();
                }
                else
                {
                    _letting = true;
                    _ = LetThroughAsync();
                }
            }

            // One who gave up keeps a place that is passed over.
            await using var giving = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            return await turn.Task;
        }

        private async Task LetThroughAsync()
        {
            while (true)
            {
                TimeSpan wait;
                Task changed;
                lock (_gate)
                {
                    while (_waiting.TryPeek(out var given, out _) && given.Task.IsCompleted)
                        _waiting.Dequeue();

                    if (!_waiting.TryPeek(out var turn, out var place))
                    {
                        _letting = false;
                        return;
                    }

                    wait = _next - machine.GetUtcNow();
                    if (wait <= TimeSpan.Zero && (!place.Later || _underWay == 0))
                    {
                        _waiting.Dequeue();
                        if (turn.TrySetResult(new Pass(Left)))
                        {
                            _next = machine.GetUtcNow() + Between;
                            _underWay++;
                        }

                        continue;
                    }

                    changed = _changed.Task;
                }

                await (wait > TimeSpan.Zero ? Task.Delay(wait, machine, CancellationToken.None) : changed);
            }
        }

        private void Left()
        {
            lock (_gate)
            {
                _underWay--;
                Changed();
            }
        }

        private void Changed()
        {
            _changed.TrySetResult();
            _changed = NewSignal();
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private sealed class Pass(Action left) : IDisposable
        {
            private int _isLeft;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isLeft, 1) == 0)
                    left();
            }
        }
    }
}
