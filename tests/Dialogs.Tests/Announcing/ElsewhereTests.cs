using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>An answer that its channel takes no more is given in the next best place.</summary>
public sealed class ElsewhereTests
{
    private static readonly ConversationId Ads = new("local/ads");

    private readonly ChatBench _bench = new();

    public ElsewhereTests()
    {
        _bench.Core.Accounts.Bind(new ChannelBinding(A.Account().Id, "local/feed", Ads.Value, "", []));
        _bench.Channel.IsRoom = place => place.Value is "local/ads" or "local/feed";
        _bench.Channel.Closed = place => place == Ads ? "it is archived; unarchive it" : null;
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_whoever_asked_alone()
    {
        await (await TurnAsync("max")).SayAsync("c1 is paused.", Now);

        _bench.SeenBy("max").ShouldBe(["I can say nothing in local/ads any more: it is archived; unarchive it. So it is said here. c1 is paused."]);
        _bench.Channel.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_card_comes_after_why_it_is_there()
    {
        await (await TurnAsync("max")).SayAsync(PickCard.Message("Stop what?", [("stop everything", "Everything")]), Now);

        _bench.SeenBy("max").Count.ShouldBe(2);
        _bench.SeenBy("max")[0].ShouldEndWith("So it is said here.");
    }

    [Fact]
    public async Task Where_the_news_of_its_account_goes_when_they_cannot_be_reached_either()
    {
        _bench.Channel.Closed = place => place == Ads || place.Value == "local/max" ? "it is archived; unarchive it" : null;

        await (await TurnAsync("max")).SayAsync("c1 is paused.", Now);

        _bench.SeenBy("feed").ShouldHaveSingleItem().ShouldEndWith("c1 is paused.");
    }

    [Fact]
    public async Task What_was_said_to_one_person_alone_is_never_said_where_others_read()
    {
        _bench.Channel.Closed = place => place.Value == "local/max" ? "it is gone" : null;

        await Should.ThrowAsync<ClosedPlaceException>(async () => await (await TurnAsync("max", "local/max")).SayAsync("your code is 1234", Now));

        _bench.Channel.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_was_kept_while_the_chat_was_away_goes_there_too()
    {
        _bench.Channel.Closed = _ => null;
        _bench.Channel.IsAway = _ => true;
        await _bench.Conversations.SaveAsync(new ConversationState(Ads, new PersonId("local:max")), Now);
        await (await TurnAsync("max")).SayAsync("c1 is paused.", Now);
        _bench.Channel.IsAway = _ => false;
        _bench.Channel.Closed = place => place == Ads ? "it is archived; unarchive it" : null;

        (await _bench.Chat.SayKeptAsync(Now)).ShouldBeTrue();

        _bench.SeenBy("max").ShouldHaveSingleItem().ShouldEndWith("c1 is paused.");
    }

    private async Task<TurnContext> TurnAsync(string person, string place = "local/ads") => await _bench.ContextAsync(
        new ChatTurn(Guid.NewGuid().ToString(), new ConversationId(place), new PersonId($"local:{person}"), "pause c1", [], null, A.Noon), Now);
}
