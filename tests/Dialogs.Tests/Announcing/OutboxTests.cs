using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>An answer that a chat could not be given.</summary>
public sealed class OutboxTests
{
    private static readonly ConversationId Ana = new("local/ana");

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_said_when_the_chat_is_back_once_and_in_its_order()
    {
        _bench.Channel.IsAway = _ => true;
        var turn = await ContextAsync();
        await turn.SayAsync("first", Now);
        (await _bench.Chat.SayKeptAsync(Now)).ShouldBeFalse();
        _bench.Channel.IsAway = _ => false;
        await turn.SayAsync("second", Now);
        _bench.SeenBy("ana").ShouldBeEmpty();

        (await _bench.Chat.SayKeptAsync(Now)).ShouldBeTrue();
        await _bench.Chat.SayKeptAsync(Now);
        await turn.SayAsync("third", Now);

        _bench.SeenBy("ana").ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public async Task It_outlives_a_restart_with_its_card_and_says_how_old_it_is()
    {
        _bench.Channel.IsAway = _ => true;
        var turn = await ContextAsync();
        await turn.SayAsync("paused", Now);
        await turn.SayAsync(PickCard.Message("Stop what?", [("stop everything", "Everything")]), Now);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));

        var after = new ChatBench(_bench.Core);
        (await after.Chat.SayKeptAsync(Now)).ShouldBeTrue();

        var said = after.Channel.In(Ana);
        said[0].Message.Text.ShouldBe("(From 20 min ago, when I could not reach this chat.) paused");
        said[1].Message.Card.ShouldNotBeNull().Template.ShouldBe("pick");
        said[1].Message.Text.ShouldBe("Stop what? \"stop everything\" for Everything");
    }

    [Fact]
    public async Task One_that_cannot_be_told_keeps_nobody_else_waiting()
    {
        _bench.Channel.IsAway = place => place == Ana;
        await (await ContextAsync()).SayAsync("for ana", Now);
        await (await ContextAsync("max")).SayAsync("for max", Now);

        await _bench.Chat.SayKeptAsync(Now);

        _bench.SeenBy("max").ShouldBe(["for max"]);
    }

    [Fact]
    public async Task After_a_day_it_is_of_no_use_to_anybody()
    {
        _bench.Channel.IsAway = _ => true;
        await (await ContextAsync()).SayAsync("paused", Now);
        _bench.Channel.IsAway = _ => false;
        _bench.Core.Machine.Advance(TimeSpan.FromHours(25));

        await _bench.Chat.SayKeptAsync(Now);

        _bench.SeenBy("ana").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_can_neither_be_said_nor_kept_is_no_secret()
    {
        _bench.Channel.IsAway = _ => true;
        _bench.Core.Settings.Locked = true;

        await Should.ThrowAsync<AggregateException>(async () => await (await ContextAsync()).SayAsync("paused", Now));
    }

    [Fact]
    public async Task A_closed_channel_is_told_of_as_before()
    {
        _bench.Channel.Closed = _ => "it is archived; unarchive it";

        await Should.ThrowAsync<ClosedPlaceException>(async () => await (await ContextAsync()).SayAsync("paused", Now));
    }

    [Fact]
    public async Task Each_answer_of_a_turn_has_a_key_that_is_the_same_when_it_is_taken_up_again()
    {
        var first = await ContextAsync();
        await first.SayAsync("one", Now);
        await first.SayAsync("two", Now);
        var again = first.Turn with { IsAgain = true };
        await (new TurnContext(again, first.Person, _bench.Chat)).SayAsync("one", Now);

        _bench.Channel.In(Ana).Select(post => (post.Message.Key, post.Message.IfThere)).ShouldBe(
            [($"{first.Turn.Id}/1", IfThere.Never), ($"{first.Turn.Id}/2", IfThere.Never), ($"{first.Turn.Id}/1", IfThere.Leave)]);
    }

    private Task<TurnContext> ContextAsync(string person = "ana") => _bench.ContextAsync(_bench.Turn(person, "pause c1"), Now);
}
