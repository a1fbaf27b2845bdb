// Long because every way in is taken while each part that it needs is away.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>What stops everything gets in while the database or Slack does not answer, and before what was said earlier; nothing else waits longer than Slack does.</summary>
public sealed class SlackIntakeTests : IDisposable
{
    private readonly SlackWire _wire = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly Turns _turns = new();
    private readonly Store _store = new();
    private readonly Cards _cards = new();
    private readonly SlackIntake _intake;

    public SlackIntakeTests()
    {
        var settings = new SlackSettings { BotToken = "xoxb-stand-in", AppToken = "xapp-stand-in" };
        var pace = new SlackPace(_machine);
        var api = new SlackApi(new HttpClient(_wire), settings, pace, _machine);
        var people = new SlackPeople(api, new SlackWorkspaces(api, settings), _store, NullLogger<SlackPeople>.Instance);
        var windows = new SlackWindows(
            api, new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance, new SlackResponses(new HttpClient(_wire), settings, _machine, NullLogger<SlackResponses>.Instance)), null!, new AwaitedWindows(new Bench().Settings, _machine), NullLogger<SlackWindows>.Instance);
        _intake = new SlackIntake(people, new PostedCards(_cards, null!, _machine, NullLogger<PostedCards>.Instance), windows, _store, _turns);
    }

    /// <summary>What is away: it says so, or says nothing at all.</summary>
    public enum Away
    {
        Refuses,
        Hangs,
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _wire.Dispose();

    public static TheoryData<Away, string> Stops()
    {
        var stops = new TheoryData<Away, string>();
        foreach (var away in Enum.GetValues<Away>())
        {
            foreach (var stop in new[]
            {
                Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop everything","ts":"1.2"}"""),
                Said("""{"type":"app_mention","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> stop everything","ts":"1.2"}"""),
                Said("""{"type":"app_mention","channel":"C0ADS","user":"U0ANA","text":"hey <@U0BOT> stop everything","ts":"1.2"}"""),
                Said("""{"type":"app_mention","channel":"C0ADS","user":"U0ANA","text":"<@U0BOT> *stop everything*","ts":"1.2"}"""),
                Said("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"stop everything!!","ts":"1.3","thread_ts":"1.2"}"""),
                Commanded("stop everything"),
                Pressed("C0ADS", "kept-nowhere.0 stop everything"),
                Pressed(null, "kept-nowhere.0 stop everything"),
            })
                stops.Add(away, stop.ToJsonString());
        }

        return stops;
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Stops))]
    public async Task A_stop_is_taken_in_three_seconds_while_neither_the_database_nor_slack_answers(Away away, string sent)
    {
        _store.Away = away;
        _cards.Away = away;
        _wire.Answer = _ => away == Away.Hangs ? new TaskCompletionSource<JsonObject>().Task : Task.FromResult(SlackWire.Refusal("internal_error"));

        await WithinAsync(TimeSpan.FromSeconds(3), _intake.TakeAsync(JsonNode.Parse(sent)!.AsObject(), TestContext.Current.CancellationToken));

        var taken = _turns.Taken.ShouldHaveSingleItem();
        UrgentOrder.Of(taken).ShouldBe("stop everything");
        taken.Conversation.Value.ShouldStartWith("slack/");
        taken.Person.ShouldBe(new PersonId("slack:U0ANA"));
    }

    [Fact]
    public async Task A_stop_in_a_thread_in_which_we_take_no_part_is_somebody_elses()
    {
        await _intake.TakeAsync(Said("""{"type":"message","channel":"C0ADS","user":"U0ANA","text":"stop everything","ts":"1.3","thread_ts":"1.2"}"""), Now);

        _turns.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_of_somebody_of_another_organisation_is_passed_over()
    {
        await _intake.TakeAsync(Said("""{"type":"app_mention","channel":"C0ADS","user":"U0EVE","user_team":"T9","text":"<@U0BOT> stop everything","ts":"1.2"}"""), Now);

        _turns.Taken.ShouldBeEmpty();
    }

    public static TheoryData<string> OfOnePlace() =>
    [
        Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop everything","ts":"1.2"}""").ToJsonString(),
        Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop everthng","ts":"1.2"}""").ToJsonString(),
        Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"pause all campaigns","ts":"1.2"}""").ToJsonString(),
        Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"stop the ads","ts":"1.2"}""").ToJsonString(),
        Commanded("emergency stop", "D0ANA").ToJsonString(),
        Commanded("stop everything", "D0ANA").ToJsonString(),
        Pressed("D0ANA", "kept-nowhere.0 stop everything").ToJsonString(),
    ];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(OfOnePlace))]
    public async Task A_stop_or_what_is_nearly_one_waits_for_nothing_that_was_said_before_in_its_channel(string sent)
    {
        _turns.Written = new TaskCompletionSource();
        var before = _intake.TakeAsync(Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"status","ts":"1.1"}"""), TestContext.Current.CancellationToken);
        while (_turns.Taken.IsEmpty)
            await Task.Yield();

        var stop = _intake.TakeAsync(JsonNode.Parse(sent)!.AsObject(), TestContext.Current.CancellationToken);

        while (_turns.Taken.Count < 2 && !stop.IsCompleted)
            await Task.Yield();

        _turns.Taken.Select(TurnDispatcher.WaitsForNobody).ShouldBe([false, true]);
        before.IsCompleted.ShouldBeFalse();
        _turns.Written.SetResult();
        await Task.WhenAll(before, stop);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_comes_while_slack_does_not_say_who_we_are_is_given_back_before_slack_gives_up_and_kept_when_it_comes_again()
    {
        var answer = new TaskCompletionSource<JsonObject>();
        _wire.Answer = _ => answer.Task;
        var said = Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"status","ts":"1.1"}""");

        await Should.ThrowAsync<TimeoutException>(() => WithinAsync(TimeSpan.FromSeconds(3), _intake.TakeAsync(said, TestContext.Current.CancellationToken)));
        answer.SetResult(SlackWire.Usual(_wire.Calls.First()));
        await _intake.TakeAsync(said, TestContext.Current.CancellationToken);

        _turns.Taken.ShouldHaveSingleItem().Text.ShouldBe("status");
        _wire.Calls.Count(call => call.Method == "auth.test").ShouldBe(1);
    }

    [Fact]
    public async Task A_press_on_the_home_tab_is_kept_before_a_conversation_is_opened_for_its_answer()
    {
        _cards.Card = """{ "actions": [ { "type": "Action.Execute", "title": "Status", "verb": "say", "data": { "_target": "status" }, "associatedInputs": "none" } ] }""";

        await _intake.TakeAsync(Pressed(null, "k1.0"), Now);

        _turns.Taken.ShouldHaveSingleItem().Conversation.Value.ShouldBe("slack/@U0ANA");
        _wire.Calls.Select(call => call.Method).ShouldBe(["auth.test"]);
    }

    private const string Next = """{ "type": "Action.Execute", "title": "Next", "verb": "wizard.answer", "data": {} }""";

    [Theory]
    [InlineData("slack:U0ANA", Next, true)]
    [InlineData("slack:U0MAX", Next, false)]
    [InlineData("slack:U0MAX", $$"""{ "type": "Action.ShowCard", "title": "Fill in", "card": { "body": [ { "type": "Input.Text", "id": "name" } ], "actions": [ {{Next}} ] } }""", false)]
    [InlineData("slack:U0MAX", """{ "type": "Action.Execute", "title": "Tell", "verb": "say.line", "data": { "verb": "wizard.done" } }""", true)]
    public async Task A_window_of_a_campaign_that_somebody_else_makes_is_not_opened_and_is_known_by_the_verbs_of_its_actions(string owner, string action, bool opens)
    {
        _cards.Card = $$"""{ "body": [ { "type": "Input.Text", "id": "name", "label": "Name" }, { "type": "Input.Text", "id": "budget", "label": "Budget" } ], "actions": [ {{action}} ] }""";
        await _store.SaveAsync(new ConversationState(new ConversationId("slack/C0ADS/1.5"), new PersonId(owner)) { OpenDraft = DraftId.New() }, Now);

        await _intake.TakeAsync(Pressed("C0ADS", "k1.0"), Now);
        for (var turn = 0; turn < 1000 && _wire.Calls.Count < 2; turn++)
            await Task.Yield();

        _wire.Calls.Select(call => call.Method).ShouldContain(opens ? "views.open" : "chat.postEphemeral");
        _wire.Calls.Select(call => call.Method).ShouldNotContain(opens ? "chat.postEphemeral" : "views.open");
        _turns.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stop everythng")]
    [InlineData("stop evrything")]
    [InlineData("&gt; stop everything")]
    [InlineData("/campaign stop everything")]
    [InlineData("stop everthng")]
    [InlineData("pause all campaigns")]
    [InlineData("stop the ads")]
    [InlineData("emergency stop")]
    [InlineData("shut it all down")]
    [InlineData("~stop everything~")]
    public async Task What_is_nearly_a_stop_or_was_copied_waits_for_nothing_either(string text)
    {
        _store.Away = Away.Hangs;

        await WithinAsync(TimeSpan.FromSeconds(3), _intake.TakeAsync(Said($$"""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"{{text}}","ts":"1.2"}"""), Now));

        TurnDispatcher.WaitsForNobody(_turns.Taken.ShouldHaveSingleItem()).ShouldBeTrue();
    }

    public static TheoryData<string> SentOnce() => [Commanded("status").ToJsonString(), Pressed("C0ADS", "k1.0").ToJsonString()];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(SentOnce))]
    public async Task Whoever_pressed_or_commanded_what_cannot_be_kept_is_told_to_do_it_once_more(string sent)
    {
        _store.Away = _cards.Away = Away.Refuses;

        await Should.ThrowAsync<IOException>(() => _intake.TakeAsync(Answerable(sent), TestContext.Current.CancellationToken));

        (await AnswersAsync(1)).ShouldBe(["I could not keep that, so most likely nothing was done. In a minute look at \"status\", and then do it once more."]);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(SentOnce))]
    public async Task Whoever_pressed_or_commanded_what_is_not_kept_in_time_is_told_before_slack_gives_up(string sent)
    {
        _store.Away = _cards.Away = Away.Hangs;

        _ = _intake.TakeAsync(Answerable(sent), TestContext.Current.CancellationToken);
        await PassAsync(TimeSpan.FromSeconds(2.9));

        (await AnswersAsync(1)).ShouldBe(["I have not kept that yet. If nothing answers it within a minute, look at \"status\", and then do it once more."]);
    }

    [Fact]
    public async Task Of_what_was_said_nobody_is_told_since_it_comes_again()
    {
        _store.Away = _cards.Away = Away.Refuses;
        _turns.Written = new TaskCompletionSource();
        _turns.Written.SetException(new IOException("The database is away."));

        await Should.ThrowAsync<IOException>(() => _intake.TakeAsync(Said("""{"type":"message","channel":"D0ANA","user":"U0ANA","text":"status","ts":"1.1"}"""), Now));

        _wire.Calls.Select(call => call.Method).ShouldBe(["auth.test"]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(Away.Refuses, "I could not keep that")]
    [InlineData(Away.Hangs, "I have not kept that yet")]
    public async Task A_window_that_cannot_be_kept_stays_open_and_says_so_beside_its_first_input(Away away, string says)
    {
        _store.Away = _cards.Away = away;

        var taking = _intake.TakeAsync(Submitted(), TestContext.Current.CancellationToken);
        await WithinAsync(TimeSpan.FromSeconds(3), taking);

        ((string?)(await taking)!["errors"]!["k1.Name"]).ShouldNotBeNull().ShouldStartWith(says);
    }

    /// <summary>What was said by the way that Slack gave along.</summary>
    private async Task<IEnumerable<string?>> AnswersAsync(int many)
    {
        while (_wire.Calls.Count(call => call.Method == "x") < many)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);

        return _wire.Calls.Where(call => call.Method == "x").Select(call => (string?)call.Arguments["text"]);
    }

    private static JsonObject Answerable(string sent)
    {
        var payload = JsonNode.Parse(sent)!.AsObject();
        payload["response_url"] = "https://hooks.slack.com/actions/T0CAMP001/1/x";
        return payload;
    }

    private static JsonObject Submitted() => new()
    {
        ["type"] = "view_submission", ["team"] = new JsonObject { ["id"] = "T0CAMP001" }, ["user"] = new JsonObject { ["id"] = "U0ANA", ["team_id"] = "T0CAMP001" },
        ["view"] = new JsonObject
        {
            ["id"] = "V1", ["hash"] = "1.1", ["private_metadata"] = new WindowCallback("k1.0", "slack/D0ANA", null).Written,
            ["state"] = new JsonObject { ["values"] = new JsonObject { ["k1.Name"] = new JsonObject { ["Name"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = "Spring" } } } },
        },
    };

    private async Task PassAsync(TimeSpan time)
    {
        for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromMilliseconds(100))
        {
            _machine.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Lets the machine's time go on until it is done; a fault when it takes longer.</summary>
    private async Task WithinAsync(TimeSpan most, Task taking)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var gone = TimeSpan.Zero; gone < most && !taking.IsCompleted; gone += step)
        {
            for (var turn = 0; turn < 20 && !taking.IsCompleted; turn++)
                await Task.Yield();

            _machine.Advance(step);
            await Task.WhenAny(taking, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, CancellationToken.None));
        }

        taking.IsCompleted.ShouldBeTrue($"It took longer than {most}.");
        await taking;
    }

    private static JsonObject Said(string happened) => Event(happened);

    private static JsonObject Commanded(string text, string channel = "C0ADS") => new()
    {
        ["command"] = "/campaign", ["team_id"] = "T0CAMP001", ["channel_id"] = channel, ["user_id"] = "U0ANA", ["text"] = text, ["trigger_id"] = "1.2.3",
    };

    /// <param name="channel">Null on the Home tab.</param>
    private static JsonObject Pressed(string? channel, string value)
    {
        var pressed = new JsonObject
        {
            ["type"] = "block_actions", ["team"] = new JsonObject { ["id"] = "T0CAMP001" }, ["user"] = new JsonObject { ["id"] = "U0ANA", ["team_id"] = "T0CAMP001" }, ["trigger_id"] = "1.2.4",
            ["container"] = channel is null ? new JsonObject { ["type"] = "view" } : new JsonObject { ["type"] = "message", ["message_ts"] = "1.5", ["channel_id"] = channel },
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = "say#0", ["value"] = value, ["action_ts"] = "1.6" }),
        };
        if (channel is not null)
            pressed["channel"] = new JsonObject { ["id"] = channel };

        return pressed;
    }

    private static JsonObject Event(string happened) => new()
    {
        ["type"] = "event_callback", ["team_id"] = "T0CAMP001", ["event_id"] = "Ev1", ["event_time"] = 1767225600, ["event"] = JsonNode.Parse(happened),
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = "T0CAMP001", ["user_id"] = "U0BOT" }),
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

        public Away? Away { get; set; }

        public Task<ConversationState?> FindAsync(ConversationId conversation, CancellationToken cancellationToken) => Answer(Away, () => _kept.FindAsync(conversation, cancellationToken));

        public Task SaveAsync(ConversationState state, CancellationToken cancellationToken) => Answer(Away, async () =>
        {
            await _kept.SaveAsync(state, cancellationToken);
            return true;
        });

        public Task<IReadOnlyList<ConversationState>> OfAsync(PersonId person, CancellationToken cancellationToken) => Answer(Away, () => _kept.OfAsync(person, cancellationToken));

        public Task<IReadOnlyList<(ConversationId Conversation, MessageId Message)>> PostsAsync(string subject, CancellationToken cancellationToken) =>
            Answer(Away, () => _kept.PostsAsync(subject, cancellationToken));

        public Task<bool> TakesPartAsync(ConversationId thread, CancellationToken cancellationToken) => Answer(Away, () => _kept.TakesPartAsync(thread, cancellationToken));

        public Task KeepPostAsync(string subject, ConversationId conversation, MessageId message, CancellationToken cancellationToken) =>
            _kept.KeepPostAsync(subject, conversation, message, cancellationToken);

        public Task<bool> TryClaimTurnAsync(string turnId, CancellationToken cancellationToken) => Answer(Away, () => _kept.TryClaimTurnAsync(turnId, cancellationToken));
    }

    private sealed class Cards : ISlackCardStore
    {
        public Away? Away { get; set; }

        public string? Card { get; set; }

        public Task KeepAsync(string id, string card, ConversationId? direct, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Answer(Away, () => Task.FromResult(Card));
    }

    private static Task<T> Answer<T>(Away? away, Func<Task<T>> otherwise) => away switch
    {
        Away.Hangs => new TaskCompletionSource<T>().Task,
        Away.Refuses => Task.FromException<T>(new IOException("The database is away.")),
        _ => otherwise(),
    };
}
