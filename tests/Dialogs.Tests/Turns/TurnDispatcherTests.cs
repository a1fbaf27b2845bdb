using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Commands;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

public sealed class TurnDispatcherTests
{
    private readonly Slow _slow = new();
    private readonly ChatBench _bench;

    public TurnDispatcherTests() => _bench = new ChatBench(_slow, new Broken());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_turn_four_times_is_handled_once()
    {
        var dispatcher = Dispatcher();
        var turn = _bench.Turn("ana", null, ChatBench.Press("do.who am i"));

        for (var time = 0; time < 4; time++)
            await dispatcher.HandleAsync(turn, Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task How_long_people_wait_is_measured_from_the_arrival_by_channel_and_end()
    {
        using var heard = new Heard();
        var turn = _bench.Turn("ana", "my password is hunter2");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(3));

        await Dispatcher().HandleAsync(turn, Now);
        await Dispatcher().HandleAsync(_bench.Turn("ana", null, ChatBench.Press("do.break")), Now);

        heard.Of("chatops.chat.latency").ShouldBe(["chatops.chat.latency{channel=local,outcome=answered} 3", "chatops.chat.latency{channel=local,outcome=failed} 0"]);
        heard.Traced.Count(trace => trace.StartsWith("turn{channel=local,outcome=", StringComparison.Ordinal)).ShouldBe(2);
        heard.Traced.ShouldNotContain(trace => trace.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public async Task What_was_said_more_than_an_hour_before_the_program_came_back_is_not_done_unasked(int minutes, bool isTooLate)
    {
        var turn = _bench.Turn("ana", "pause c99");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(minutes));

        await Dispatcher().HandleAsync(turn, Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().Contains("I was away after you said \"pause c99\" 61 min ago, and do not go on with it now", StringComparison.Ordinal).ShouldBe(isTooLate);
    }

    [Fact]
    public async Task Stopping_everything_is_done_however_long_ago_it_was_said()
    {
        var campaign = A.Campaign();
        _bench.Core.Campaigns.With(campaign);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        var turn = _bench.Turn("olga", "stop everything");
        _bench.Core.Machine.Advance(TimeSpan.FromDays(3));

        await Dispatcher().HandleAsync(turn, Now);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(Automation.AdNetworks.NetworkStatus.Paused);
    }

    [Fact]
    public async Task A_message_of_forty_thousand_characters_is_refused_politely()
    {
        await Dispatcher().HandleAsync(_bench.Turn("ana", new string('a', 40_000)), Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("40,000 characters; I read at most 4,000");
    }

    [Fact]
    public async Task A_fault_is_said_and_hides_nothing()
    {
        await Dispatcher().HandleAsync(_bench.Turn("ana", null, ChatBench.Press("do.break")), Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("went wrong on my side. Your draft is safe");
    }

    [Fact]
    public async Task A_turn_that_takes_too_long_is_given_up_in_words()
    {
        var turn = Dispatcher().HandleAsync(_bench.Turn("ana", null, ChatBench.Press("do.wait")), Now);
        await _slow.Begun.Task;

        _bench.Core.Machine.Advance(TurnDispatcher.Longest);
        await turn;

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("took too long");
    }

    [Fact]
    public async Task Stop_everything_waits_for_no_other_turn_of_its_conversation()
    {
        var dispatcher = Dispatcher();
        var waiting = dispatcher.HandleAsync(_bench.Turn("olga", null, ChatBench.Press("do.wait")), Now);
        await _slow.Begun.Task;

        await dispatcher.HandleAsync(_bench.Turn("olga", "STOP EVERYTHING!"), Now);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldContain("0 paused, 0 not confirmed");
        _slow.End.SetResult();
        await waiting;
    }

    [Theory]
    [InlineData("stop c1")]
    [InlineData("halt c1")]
    [InlineData("kill c1")]
    [InlineData("turn off c1")]
    public async Task Everyday_words_pause_one_campaign(string said)
    {
        var campaign = A.Campaign();
        await _bench.Core.Campaigns.AddAsync(campaign, Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));

        await Dispatcher().HandleAsync(_bench.Turn("olga", said), Now);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(Automation.AdNetworks.NetworkStatus.Paused);
    }

    [Theory]
    [InlineData("pause c1 c2")]
    [InlineData("pause c1, c2")]
    [InlineData("stop c1 and c2")]
    public async Task Of_several_campaigns_none_is_taken_for_a_reason(string said)
    {
        foreach (var handle in new[] { "c1", "c2" })
            await _bench.Core.Campaigns.AddAsync(A.Campaign(id: handle) with { Handle = handle }, Now);

        await Dispatcher().HandleAsync(_bench.Turn("olga", said), Now);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldContain("you named c1 and c2, and nothing was done");
    }

    [Fact]
    public async Task No_hint_names_what_is_not_built()
    {
        await Dispatcher().HandleAsync(_bench.Turn("olga", "insigths"), Now);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldNotContain("insights");
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("stop all")]
    [InlineData("pause everything")]
    [InlineData("emergency")]
    public async Task The_bare_word_stop_asks_what_to_stop(string said)
    {
        await Dispatcher().HandleAsync(_bench.Turn("olga", said), Now);

        var card = _bench.Channel.In(new ConversationId("local/olga"))[^1].Message.Card.ShouldBeOfType<PickCard>();
        card.Choices.Select(choice => choice.Line).ShouldBe(["stop everything", "freeze everything", "pause", "cancel"]);
    }

    [Fact]
    public async Task A_button_that_nobody_knows_is_answered()
    {
        await Dispatcher().HandleAsync(_bench.Turn("ana", null, ChatBench.Press("old.button")), Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("no longer does anything");
    }

    [Theory]
    [InlineData("  pause\u00a0c1\u200b ", "pause c1")]
    [InlineData("\u201cname\u201d \u2013 it\u2019s", "\"name\" - it's")]
    [InlineData("a\r\nb\u0007", "a\nb")]
    public void What_looks_the_same_reads_the_same(string typed, string read) => TurnText.Clean(typed).ShouldBe(read);

    private TurnDispatcher Dispatcher() => new(
        _bench.Chat, _bench.Sights, _bench.Conversations, _bench.Routes(), _bench.Core.Machine, NullLogger<TurnDispatcher>.Instance);

    private sealed class Slow : ICommand
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource End { get; } = new();

        public Verb Verb { get; } = new("wait", ["wait"], [], Permission.See, VerbKind.Reads, "comes later", "wait");

        public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken)
        {
            Begun.SetResult();
            return End.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Broken : ICommand
    {
        public Verb Verb { get; } = new("break", ["break"], [], Permission.See, VerbKind.Reads, "comes later", "break");

        public Task RunAsync(VerbCall call, TurnContext turn, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }
}
