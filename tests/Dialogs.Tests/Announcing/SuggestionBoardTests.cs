using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A suggestion is a card with two buttons in the campaign's conversation; it says what was answered.</summary>
public sealed class SuggestionBoardTests
{
    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign();

    public SuggestionBoardTests()
    {
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
        _bench.Watch.Sees = campaign => AnObservation.Of(campaign, 300, 15, days: 2, spendADay: 500, resultsADay: 25);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_card_stands_in_the_campaigns_conversation_and_do_it_does_it()
    {
        await SuggestAsync();
        var card = CardOf("ana");
        card.CanAnswer.ShouldBeTrue();
        card.Moves.ShouldHaveSingleItem().ShouldStartWith("bid $12 → $9.60 (-20 %), because one install costs about");

        await PressAsync("max", "do.do it", card.Rev);

        CardOf("ana").Answer.ShouldBe("max said do it: bid $12 → $9.60 (-20 %): done, confirmed by the network");
        CardOf("ana").CanAnswer.ShouldBeFalse();
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Bid.ShouldBe(A.Usd(9.6m));
    }

    [Fact]
    public async Task Not_now_typed_leaves_all_as_it_is()
    {
        await SuggestAsync();

        (await _bench.SayAsync("ana", "not now c1", Cancel)).ShouldBeTrue();

        CardOf("ana").Answer.ShouldStartWith("ana said not now");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_only_looks_may_not_answer()
    {
        await SuggestAsync();

        await PressAsync("nobody", "do.do it", CardOf("ana").Rev);

        _bench.SeenBy("nobody")[^1].ShouldContain("needs Marketer");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_happens_to_the_campaign_meanwhile_takes_the_buttons_away()
    {
        await SuggestAsync();
        await _bench.SayAsync("ana", "pause c1", Cancel);
        await TellAsync();

        CardOf("ana").CanAnswer.ShouldBeFalse();
        CardOf("ana").Answer.ShouldContain("not in the agent's hands");
    }

    private async Task SuggestAsync()
    {
        await _bench.Agent.TurnAsync(_bench.Watch.Sees(_campaign), Cancel);
        await TellAsync();
    }

    private async Task TellAsync()
    {
        foreach (var happened in _bench.Core.Feed.All.ToList())
            await _bench.Announcer.TellAsync(happened, Cancel);
    }

    private async Task PressAsync(string person, string verb, string rev) =>
        await _bench.Routes().TakeAsync(
            await _bench.ContextAsync(_bench.Turn(person, null, ChatBench.Press(verb, ("_target", "c1"), ("_rev", rev))), Cancel), Cancel);

    private SuggestionCard CardOf(string person) =>
        (SuggestionCard)_bench.Channel.In(ConversationId.Local(new PersonId($"local:{person}"))).Last(post => post.Message.Card is SuggestionCard).Message.Card!;
}
