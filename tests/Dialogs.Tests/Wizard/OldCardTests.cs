using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Wizard;

/// <summary>What is typed or pressed by somebody who looks at an old card changes nothing that was not asked.</summary>
public sealed class OldCardTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public OldCardTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tiktok", "\"tiktok\" answers step 1 (network), which is Meta Ads; nothing was changed. The draft stands at step 5 (budget and bidding), asked below. To change the other, say \"change network to tiktok\".")]
    [InlineData("facebook", "\"facebook\" answers step 1 (network), which is Meta Ads already; nothing was changed. The draft stands at step 5 (budget and bidding), asked below.")]
    [InlineData("traffic", "\"traffic\" answers step 3 (type and objective), which is app install; nothing was changed.")]
    public async Task A_bare_answer_to_an_earlier_question_changes_nothing_and_says_how_to(string typed, string says)
    {
        await AtBudgetAsync();

        await _talk.SayAsync("ana", Now, typed);

        Last().Problems.ShouldHaveSingleItem().ShouldStartWith(says);
        Last().Progress.ShouldBe("Step 5 of 7");
        (await DraftAsync()).Network.ShouldBe(new NetworkName("Meta"));
        (await DraftAsync()).Type.ShouldBe(CampaignType.AppInstall);
    }

    [Fact]
    public async Task The_review_asks_for_another_network_in_so_many_words_too()
    {
        await AtBudgetAsync();
        await _talk.SayAsync("ana", Now, "$500/day, max $750, cost cap $12, max bid $15", "balanced, min roas 2.0, max cpa $18");

        await _talk.SayAsync("ana", Now, "tiktok");
        (await DraftAsync()).Network.ShouldBe(new NetworkName("Meta"));

        await _talk.SayAsync("ana", Now, "change network to tiktok");
        (await DraftAsync()).Network.ShouldBe(new NetworkName("TikTok"));
    }

    [Theory]
    [InlineData("change network to tiktok", "TikTok", "US,CA")]
    [InlineData("change the countries to DE", "Meta", "DE")]
    [InlineData("on tiktok", "TikTok", "US,CA")]
    public async Task A_field_is_changed_by_naming_it_from_any_step(string typed, string network, string countries)
    {
        await AtBudgetAsync();

        await _talk.SayAsync("ana", Now, typed);

        (await DraftAsync()).Network.ShouldBe(new NetworkName(network));
        string.Join(',', (await DraftAsync()).Countries.Select(country => country.ToString())).ShouldBe(countries);
        (await DraftAsync()).Step.ShouldBe("budget");
    }

    [Fact]
    public async Task A_press_on_an_old_card_says_that_the_draft_has_moved_on_and_shows_the_present_question()
    {
        await _talk.SayAsync("ana", Now, "new campaign");
        var old = Last();
        await AtBudgetAsync(begun: true);

        await _talk.PressAsync("ana", "wizard.answer", Now, ("_target", old.Target), ("_rev", old.Rev), ("Network", "tiktok"));

        Last().Problems.ShouldHaveSingleItem().ShouldBe("That card is from before: the draft has moved on to step 5 (budget and bidding), and nothing was changed. This is the present question.");
        (await DraftAsync()).Network.ShouldBe(new NetworkName("Meta"));
    }

    [Fact]
    public async Task An_answer_of_which_something_was_refused_stays_in_the_history_as_refused()
    {
        await AtBudgetAsync();
        var card = Last();

        await _talk.PressAsync("ana", "wizard.answer", Now, ("_target", card.Target), ("_rev", card.Rev), ("BudgetAmount", "$300"), ("MaxDailySpend", "abc"));

        var folded = _bench.Channel.All.Select(post => post.Message.Card).OfType<StepDoneCard>().Last();
        folded.Mark.ShouldBe("✗");
        folded.Says.ShouldBe("$300 a day · $450 a day · lowest cost; not taken: I could not use \"max abc\"");
    }

    [Theory]
    [InlineData("wizard.save", "Meta installs US CA is put aside already; \"drafts\" goes on with it.")]
    [InlineData("wizard.cancel", "Meta installs US CA is put aside already; \"drafts\" goes on with it.")]
    public async Task The_second_press_of_a_button_changes_nothing_and_says_no_more_than_that(string verb, string says)
    {
        await AtBudgetAsync();
        var card = Last();

        await _talk.PressAsync("ana", verb, Now, ("_target", card.Target), ("_rev", card.Rev));
        await _talk.PressAsync("ana", verb, Now, ("_target", card.Target), ("_rev", card.Rev));

        _bench.SeenBy("ana")[^1].ShouldBe(says);
    }

    [Fact]
    public async Task The_second_press_of_launch_says_as_what_it_is_being_launched()
    {
        await AtBudgetAsync();
        await _talk.SayAsync("ana", Now, "$500/day, max $750, cost cap $12, max bid $15", "balanced, min roas 2.0, max cpa $18", "start now");
        var review = _bench.Channel.All.Select(post => post.Message.Card).OfType<ReviewCard>().Last();

        foreach (var _ in new[] { 1, 2 })
            await _talk.PressAsync("ana", "wizard.launch", Now, ("_target", review.Target), ("_rev", review.Rev), ("_shown", review.Shown));

        _bench.SeenBy("ana")[^1].ShouldBe("Meta installs US CA is being launched already, as c1; nothing more is needed. Its card shows each step.");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldHaveSingleItem();
    }

    private async Task AtBudgetAsync(bool begun = false)
    {
        if (!begun)
            await _talk.SayAsync("ana", Now, "new campaign");

        await _talk.SayAsync("ana", Now, "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, "done", "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all");
    }

    private async Task<CampaignDraft> DraftAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now)).ShouldHaveSingleItem();

    private StepCard Last() => _bench.Channel.All.Select(post => post.Message.Card).OfType<StepCard>().Last();
}
