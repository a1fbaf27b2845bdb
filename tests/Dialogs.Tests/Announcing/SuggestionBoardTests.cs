using System.Globalization;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A suggestion is a card with buttons in the campaign's conversation; it says what was answered.</summary>
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

    [Theory]
    [InlineData("do.set bid", "amount", "$11", "max set it otherwise: the bid is $11")]
    [InlineData("do.set bid", "amount-again", "$10", "max set it otherwise: the bid is $10")]
    public async Task Change_puts_a_persons_value_in_its_place_by_the_verb_that_anybody_could_say(string verb, string input, string amount, string says)
    {
        await SuggestAsync();
        (CardOf("ana").NewBid, CardOf("ana").CanChangeBid, CardOf("ana").CanChangeBudget).ShouldBe(("$9.60", true, false));

        await PressAsync("max", verb, CardOf("ana").Rev, (input, amount));
        await TellAsync();

        (CardOf("ana").Answer, CardOf("ana").CanAnswer).ShouldBe(($"No longer suggested: {says}", false));
        var held = (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!;
        (held.Bid, held.Holds.ShouldHaveSingleItem().By).ShouldBe((A.Usd(decimal.Parse(amount[1..], CultureInfo.InvariantCulture)), FakePeople.Max.Id));
    }

    [Fact]
    public async Task A_change_that_raises_is_asked_about_as_any_other_and_the_suggestion_waits_on()
    {
        await _bench.Core.SeenAsync(_campaign, spend: 300);
        await SuggestAsync();

        await PressAsync("max", "do.set bid", CardOf("ana").Rev, ("amount", "$13"));

        _bench.SeenBy("max")[^1].ShouldContain("Raise the bid of Facebook installs US CA from $12 to $13?");
        _bench.Core.Network.Executed.ShouldBeEmpty();
        CardOf("ana").CanAnswer.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_past_a_limit_is_refused_as_any_other()
    {
        await _bench.Core.SeenAsync(_campaign, spend: 300);
        await SuggestAsync();

        await PressAsync("max", "do.set bid", CardOf("ana").Rev, ("amount", "$40"));

        _bench.SeenBy("max")[^1].ShouldContain("$15 as its highest bid: that is the most");
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_set_otherwise_is_nothing_to_say_yes_to()
    {
        await SuggestAsync();
        var shown = CardOf("ana").Rev;
        await PressAsync("max", "do.set bid", shown, ("amount", "$11"));

        await PressAsync("max", "do.do it", shown);

        _bench.SeenBy("max")[^1].ShouldContain("max set it otherwise: the bid is $11");
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Bid.ShouldBe(A.Usd(11));
    }

    [Fact]
    public async Task The_next_turn_suggests_nothing_against_what_a_person_set_otherwise()
    {
        await SuggestAsync();
        await PressAsync("max", "do.set bid", CardOf("ana").Rev, ("amount", "$11"));
        var held = (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!;

        await _bench.Agent.TurnAsync(_bench.Watch.Sees(held), Cancel);
        await TellAsync();

        CardOf("ana").Answer.ShouldBe("No longer suggested: max set it otherwise: the bid is $11");
    }

    [Fact]
    public async Task No_with_a_reason_is_kept_with_it()
    {
        await SuggestAsync();

        await PressAsync("max", "do.decline", CardOf("ana").Rev, ("why", "the sale needs this bid"));

        CardOf("ana").Answer.ShouldBe("max said no; not proposed again for 7 days, or until the evidence has doubled; why: the sale needs this bid");
        _bench.Core.Decisions.All.ShouldContain(decision => decision.Says.Contains("the sale needs this bid", StringComparison.Ordinal));
        _bench.Core.Audit.All.ShouldContain(entry => entry.Says.Contains("the sale needs this bid", StringComparison.Ordinal));
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

    private async Task PressAsync(string person, string verb, string rev, params (string Name, string Value)[] inputs) =>
        await _bench.Routes().TakeAsync(
            await _bench.ContextAsync(_bench.Turn(person, null, ChatBench.Press(verb, [("_target", "c1"), ("_rev", rev), .. inputs])), Cancel), Cancel);

    private SuggestionCard CardOf(string person) =>
        (SuggestionCard)_bench.Channel.In(ConversationId.Local(new PersonId($"local:{person}"))).Last(post => post.Message.Card is SuggestionCard).Message.Card!;
}
