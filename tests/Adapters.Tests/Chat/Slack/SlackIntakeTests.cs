using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What stops everything gets in while the database is away, and before what was said earlier.</summary>
public sealed class SlackIntakeTests : IDisposable
{
    private readonly SlackWire _wire = new();
    private readonly Turns _turns = new();
    private readonly Store _store = new();
    private readonly SlackIntake _intake;

    public SlackIntakeTests()
    {
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var api = new SlackApi(new HttpClient(_wire), settings, new SlackPace(machine), machine);
        var people = new SlackPeople(api, new SlackWorkspaces(api, settings), _store, NullLogger<SlackPeople>.Instance);
        _intake = new SlackIntake(people, new PostedCards(null!, null!, machine, NullLogger<PostedCards>.Instance), null!, _store, _turns);
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop everything","ts":"1.2"}""")]
    [InlineData("""{"type":"app_mention","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> stop everything","ts":"1.2"}""")]
    [InlineData("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"stop everything!","ts":"1.3","thread_ts":"1.2"}""")]
    public async Task A_stop_is_taken_while_the_database_does_not_answer(string happened)
    {
        _store.IsAway = true;

        await _intake.TakeAsync(Event(happened), Now);

        _turns.Taken.ShouldHaveSingleItem().Text.ShouldStartWith("stop everything");
    }

    [Fact]
    public async Task A_stop_in_a_thread_in_which_we_take_no_part_is_somebody_elses()
    {
        await _intake.TakeAsync(Event("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"stop everything","ts":"1.3","thread_ts":"1.2"}"""), Now);

        _turns.Taken.ShouldBeEmpty();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stop_waits_for_nothing_that_was_said_before_in_its_channel()
    {
        _turns.Written = new TaskCompletionSource();
        var before = _intake.TakeAsync(Event("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"status","ts":"1.1"}"""), TestContext.Current.CancellationToken);
        while (_turns.Taken.IsEmpty)
            await Task.Yield();

        var stop = _intake.TakeAsync(Event("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop everything","ts":"1.2"}"""), TestContext.Current.CancellationToken);

        while (_turns.Taken.Count < 2 && !stop.IsCompleted)
            await Task.Yield();

        _turns.Taken.Select(turn => turn.Text).ShouldBe(["status", "stop everything"]);
        before.IsCompleted.ShouldBeFalse();
        _turns.Written.SetResult();
        await Task.WhenAll(before, stop);
    }

    [Fact]
    public async Task The_command_stops_everything_while_the_database_does_not_answer()
    {
        _store.IsAway = true;

        await _intake.TakeAsync(
            new JsonObject { ["command"] = "/campaign", ["team_id"] = "T0CAMP001", ["channel_id"] = "C0ADS", ["user_id"] = "U0ANA", ["text"] = "stop everything", ["trigger_id"] = "1.2.3" }, Now);

        _turns.Taken.ShouldHaveSingleItem().Conversation.Value.ShouldStartWith("slack/");
    }

    private static JsonObject Event(string happened) => new()
    {
        ["type"] = "event_callback", ["team_id"] = "T0CAMP001", ["event_id"] = "Ev1", ["event_time"] = 1767225600, ["event"] = JsonNode.Parse(happened),
    };

    private sealed class Turns : ITurnIntake
    {
        public ConcurrentQueue<ChatTurn> Taken { get; } = new();

        public TaskCompletionSource? Written { get; set; }

        public Task TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            Taken.Enqueue(turn);
            return Written?.Task ?? Task.CompletedTask;
        }
    }

    private sealed class Store : IConversationStore
    {
        private readonly MemoryConversations _kept = new();

        public bool IsAway { get; set; }

        private MemoryConversations Kept => IsAway ? throw new IOException("The database is away.") : _kept;

        public Task<ConversationState?> FindAsync(ConversationId conversation, CancellationToken cancellationToken) => Away<ConversationState?>() ?? Kept.FindAsync(conversation, cancellationToken);

        public Task SaveAsync(ConversationState state, CancellationToken cancellationToken) => Kept.SaveAsync(state, cancellationToken);

        public Task<IReadOnlyList<ConversationState>> OfAsync(PersonId person, CancellationToken cancellationToken) =>
            Away<IReadOnlyList<ConversationState>>() ?? Kept.OfAsync(person, cancellationToken);

        public Task<IReadOnlyList<(ConversationId Conversation, MessageId Message)>> PostsAsync(string subject, CancellationToken cancellationToken) => Kept.PostsAsync(subject, cancellationToken);

        public Task<bool> TakesPartAsync(ConversationId thread, CancellationToken cancellationToken) => Away<bool>() ?? Kept.TakesPartAsync(thread, cancellationToken);

        public Task KeepPostAsync(string subject, ConversationId conversation, MessageId message, CancellationToken cancellationToken) =>
            Kept.KeepPostAsync(subject, conversation, message, cancellationToken);

        public Task<bool> TryClaimTurnAsync(string turnId, CancellationToken cancellationToken) => Kept.TryClaimTurnAsync(turnId, cancellationToken);

        private Task<T>? Away<T>() => IsAway ? Task.FromException<T>(new IOException("The database is away.")) : null;
    }
}
