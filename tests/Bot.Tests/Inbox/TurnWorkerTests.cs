using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Bot.Inbox;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Bot.Tests.Inbox;

public sealed class TurnWorkerTests
{
    private readonly ListedInbox _inbox = new();
    private readonly GatedHandler _handler = new();
    private readonly FakeTimeProvider _machine = new();

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_of_one_conversation_are_handled_one_after_another_in_their_order()
    {
        using var worker = await StartedAsync();
        for (var number = 0; number < 20; number++)
            await worker.AcceptAsync(Turn("ana", $"{number}"), Patience);

        _handler.Open("ana");
        await _inbox.DoneAsync(20, Patience);

        _handler.Begun.Select(turn => turn.Text).ShouldBe(Enumerable.Range(0, 20).Select(number => $"{number}"));
        _handler.MostAtOnce.ShouldBe(1);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_conversation_whose_turns_are_finished_is_forgotten()
    {
        using var worker = await StartedAsync();
        await worker.AcceptAsync(Turn("ana", "one"), Patience);
        await worker.AcceptAsync(Turn("ana", GatedHandler.Fails), Patience);
        await worker.AcceptAsync(Turn("slow", "takes long"), Patience);
        await _handler.BeginsAsync("takes long", Patience);
        worker.Busy.ShouldBe(2);

        _handler.Open("ana");

        while (worker.Busy > 1)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_slow_conversation_does_not_hold_up_another()
    {
        using var worker = await StartedAsync();
        await worker.AcceptAsync(Turn("slow", "takes long"), Patience);
        await worker.AcceptAsync(Turn("ana", "quick"), Patience);

        _handler.Open("ana");
        await _inbox.DoneAsync(1, Patience);

        _inbox.Done.ShouldHaveSingleItem().Text.ShouldBe("quick");
    }

    [Theory]
    [InlineData("stop everything")]
    [InlineData("Freeze everything!")]
    public async Task Stopping_everything_does_not_wait_for_what_the_same_person_said_before(string urgent)
    {
        using var worker = await StartedAsync();
        await worker.AcceptAsync(Turn("slow", "takes long"), Patience);

        await worker.AcceptAsync(Turn("slow", urgent), Patience);
        await _handler.BeginsAsync(urgent, Patience);

        _inbox.Done.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stop everything", true)]
    [InlineData("status", false)]
    public async Task What_stops_everything_waits_a_second_to_be_kept_and_everything_else_until_it_is(string says, bool isTaken)
    {
        _inbox.Takes = new TaskCompletionSource().Task;
        using var worker = await StartedAsync();

        var accepting = worker.AcceptAsync(Turn("ana", says), Patience);
        accepting.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));

        if (isTaken)
            await _handler.BeginsAsync(says, Patience);

        accepting.IsCompleted.ShouldBe(isTaken);
    }

    [Fact]
    public async Task What_is_being_kept_when_whoever_brought_it_hangs_up_is_handled_all_the_same()
    {
        var keeping = new TaskCompletionSource();
        _inbox.Takes = keeping.Task;
        using var worker = await StartedAsync();
        using var line = new CancellationTokenSource();

        var accepting = worker.AcceptAsync(Turn("ana", "status"), line.Token);
        await line.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => accepting);
        keeping.SetResult();

        await _handler.BeginsAsync("status", Patience);
    }

    [Fact]
    public async Task What_was_left_unhandled_is_taken_up_at_start_before_what_comes()
    {
        await _inbox.AddAsync(Turn("ana", "left behind"), Patience);
        _handler.Open("ana");
        using var worker = await StartedAsync();
        await _inbox.DoneAsync(1, Patience);

        await worker.AcceptAsync(Turn("ana", "new"), Patience);
        await _inbox.DoneAsync(2, Patience);

        _handler.Begun.Select(turn => turn.Text).ShouldBe(["left behind", "new"]);
    }

    [Fact]
    public async Task The_same_turn_delivered_twice_is_handled_once()
    {
        _handler.Open("ana");
        using var worker = await StartedAsync();
        var turn = Turn("ana", "once");

        (await worker.AcceptAsync(turn, Patience)).ShouldBeTrue();
        (await worker.AcceptAsync(turn, Patience)).ShouldBeFalse();
        await worker.AcceptAsync(Turn("ana", "after"), Patience);
        await _inbox.DoneAsync(2, Patience);

        _handler.Begun.Select(begun => begun.Text).ShouldBe(["once", "after"]);
    }

    [Fact]
    public async Task A_turn_that_fails_does_not_hold_up_the_next()
    {
        _handler.Open("ana");
        using var worker = await StartedAsync();

        await worker.AcceptAsync(Turn("ana", GatedHandler.Fails), Patience);
        await worker.AcceptAsync(Turn("ana", "after"), Patience);
        await _inbox.DoneAsync(1, Patience);

        _inbox.Done.ShouldHaveSingleItem().Text.ShouldBe("after");
    }

    [Fact]
    public async Task A_turn_whose_end_cannot_be_written_is_not_carried_out_again_and_its_end_is_written_when_it_can_be()
    {
        _handler.Open("ana");
        _inbox.Refusals = 2;
        using var worker = await StartedAsync();

        await worker.AcceptAsync(Turn("ana", "stop everything"), Patience);
        for (var second = 0; _inbox.Done.Count == 0; second++)
        {
            second.ShouldBeLessThan(1000);
            _machine.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Patience);
        }

        _handler.Begun.ShouldHaveSingleItem();
        _inbox.Refusals.ShouldBe(0);
    }

    private async Task<TurnWorker> StartedAsync()
    {
        var worker = new TurnWorker(_inbox, _handler, _machine, NullLogger<TurnWorker>.Instance);
        await worker.StartAsync(Patience);
        return worker;
    }

    private static ChatTurn Turn(string person, string text) =>
        new(Guid.NewGuid().ToString("N"), new ConversationId($"local/{person}"), new PersonId($"local:{person}"), text, [], null, DateTimeOffset.UnixEpoch);

    /// <summary>Handles turns of a conversation only once it is opened.</summary>
    private sealed class GatedHandler : ITurnHandler
    {
        public const string Fails = "fails";

        private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _begins = new();
        private int _now;

        public ConcurrentQueue<ChatTurn> Begun { get; } = new();

        public int MostAtOnce { get; private set; }

        public void Open(string person) => Gate(_gates, $"local/{person}").TrySetResult();

        public Task BeginsAsync(string text, CancellationToken cancellationToken) => Gate(_begins, text).Task.WaitAsync(cancellationToken);

        public async Task HandleAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            Begun.Enqueue(turn);
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            Gate(_begins, turn.Text!).TrySetResult();
            await Gate(_gates, turn.Conversation.Value).Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _now);
            if (turn.Text == Fails)
                throw new InvalidOperationException("This turn fails.");
        }

        private static TaskCompletionSource Gate(ConcurrentDictionary<string, TaskCompletionSource> gates, string name) =>
            gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class ListedInbox : IInbox
    {
        /// <summary>Awaited before anything is kept.</summary>
        public Task Takes { get; set; } = Task.CompletedTask;

        private readonly Lock _lock = new();
        private readonly List<ChatTurn> _kept = [];
        private readonly List<ChatTurn> _done = [];
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<ChatTurn> Done
        {
            get
            {
                lock (_lock)
                    return [.. _done];
            }
        }

        public async Task<bool> AddAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            await Takes;
            lock (_lock)
            {
                if (_kept.Any(kept => kept.Id == turn.Id))
                    return false;

                _kept.Add(turn);
                return true;
            }
        }

        public Task<IReadOnlyList<ChatTurn>> WaitingAsync(CancellationToken cancellationToken)
        {
            lock (_lock)
                return Task.FromResult<IReadOnlyList<ChatTurn>>([.. _kept.Except(_done)]);
        }

        /// <summary>How many times more it does not take that something is done.</summary>
        public int Refusals { get; set; }

        public Task DoneAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            TaskCompletionSource changed;
            lock (_lock)
            {
                if (Refusals > 0)
                {
                    Refusals--;
                    throw new IOException("database is locked");
                }

                _done.Add(turn);
                changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
            return Task.CompletedTask;
        }

        /// <summary>Waits until so many are done.</summary>
        public async Task DoneAsync(int count, CancellationToken cancellationToken)
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (_done.Count >= count)
                        return;

                    changed = _changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
    }
}
