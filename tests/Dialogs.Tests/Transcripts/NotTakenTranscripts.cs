using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Answers that were not taken, that belong to another question, or that were misspelt: each is told so, and nothing is guessed.</summary>
public sealed class NotTakenTranscripts
{
    private static readonly string[] UpToReview =
    [
        "app install, installs, ios, https://apps.apple.com/app/id1234567890", "US, CA; 18-44; all", "$500/day, max $750, cost cap $12, max bid $15",
        "balanced, min roas 2.0, max cpa $18", "start now",
    ];

    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public NotTakenTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_not_taken_has_no_tick_and_stands_beside_its_field_when_it_is_asked_again()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$900/day", "edit budget");

        var asked = _bench.Channel.All[^1].Message.Card.ShouldBeOfType<StepCard>();
        asked.Inputs.Single(input => input.Id == "MaxDailySpend").Wrong.ShouldBe("The budget of $900 a day is above your limit of $750 a day: lower the budget, or raise the limit (\"max $1,350\").");

        await _talk.SayAsync("ana", Now, "1.000,50", "done", "back", "budget $600", "edit budget");
        _bench.Channel.All[^1].Message.Card.ShouldBeOfType<StepCard>().Inputs.ShouldAllBe(input => input.Wrong == null);
        Accepted("wrong-pair.txt");
    }

    [Fact]
    public async Task An_amount_alone_at_the_review_is_offered_for_each_thing_that_it_could_be()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "$900");

        (await DraftAsync()).BudgetAmount.ShouldBe(A.Usd(500));
        _bench.Channel.All[^1].Message.QuickReplies.Select(reply => reply.Says).ShouldBe(["budget $900", "max $900"]);

        await _talk.SayAsync("ana", Now, "max $900");
        (await DraftAsync()).MaxDailySpend.ShouldBe(A.Usd(900));
    }

    [Theory]
    [InlineData("launch my game on facbook in canada, $300 a day", "facbook", "network facebook", "facebook")]
    [InlineData("launch my game on facebook for Germny, $300 a day", "Germny", "countries DE", "Germany")]
    [InlineData("launch my game on facebook in the US and Germny, $300 a day", "Germny", "add DE", "Germany")]
    [InlineData("facebook, canada, purchses, $300 a day", "purchses", "objective purchases", "purchases")]
    [InlineData("facebook, canada, $300 a day, bid cpa", "bid cpa", "bidding bid cap", "bid cap")]
    [InlineData("facebook, canada, $300 a day, balnced", "balnced", "mode balanced", "balanced")]
    [InlineData("my game on facbook in canada", "facbook", "network facebook", "facebook")]
    public async Task What_was_misspelt_in_a_first_sentence_is_asked_about_and_taken_only_on_a_yes(string sentence, string words, string line, string meant)
    {
        await _talk.SayAsync("ana", Now, sentence);

        var asked = _bench.Channel.All[^1].Message;
        asked.Text.ShouldContain($"⚠ I could not use \"{words}\". Did you mean ");
        asked.QuickReplies.ShouldHaveSingleItem().ShouldSatisfyAllConditions(reply => reply.Says.ShouldBe(line), reply => reply.Label.ShouldStartWith(meant));
        var before = await DraftAsync();

        await _talk.SayAsync("ana", Now, "yes");

        var after = await DraftAsync();
        (after.Network, after.Countries.Length, after.Objective, after.Strategy, after.Automation).ShouldNotBe((before.Network, before.Countries.Length, before.Objective, before.Strategy, before.Automation));
        after.Countries.ShouldBeSubsetOf(["CA", "DE", "US"]);
        before.Countries.ShouldBeSubsetOf(after.Countries);
    }

    [Fact]
    public async Task Of_several_that_were_asked_about_the_others_stay_open_when_one_is_pressed()
    {
        await _talk.SayAsync("ana", Now, "launch my game on facbook in Canda, $300 a day, agressive", "network facebook");
        _bench.Channel.All[^1].Message.QuickReplies.Select(reply => reply.Says).ShouldBe(["mode aggressive"]);

        await _talk.SayAsync("ana", Now, "yes");
        var draft = await DraftAsync();
        (draft.Network!.Value.Value, draft.Automation!.Mode, draft.Countries.Single()).ShouldBe(("Meta", OptimisationMode.Aggressive, "CA"));
    }

    [Fact]
    public async Task What_is_so_already_keeps_nobody_at_a_step()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "edit budget", "$600/day, everyone");

        _bench.SeenBy("ana")[^1].ShouldStartWith("Step 7 of 7");
        (await DraftAsync()).BudgetAmount.ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task What_cannot_be_read_from_an_input_stands_beside_it()
    {
        await ReviewAsync();
        await _talk.SayAsync("ana", Now, "edit budget");
        var asked = _bench.Channel.All[^1].Message.Card.ShouldBeOfType<StepCard>();

        await _talk.PressAsync("ana", "wizard.answer", Now, ("BudgetAmount", "abc"), ("MaxDailySpend", "800"), ("_target", asked.Target), ("_rev", asked.Rev));

        _bench.Channel.All[^1].Message.Card.ShouldBeOfType<StepCard>().Inputs.Single(input => input.Id == "BudgetAmount").Wrong.ShouldBe("I could not use \"abc\".");
    }

    [Fact]
    public async Task Misspelt_words_are_asked_about_at_every_step()
    {
        await _talk.SayAsync("ana", Now, "launch my puzzle game on facbook in Canda and mexco, $300 a day, lowst cost, agressive", "yes", "instals", "balnced", "yes", "tikotk", "android", "no");
        Accepted("near-misses.txt");
    }

    private async Task ReviewAsync()
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook");
        await _talk.DropAsync("ana", Now, "one.png");
        await _talk.SayAsync("ana", Now, ["done", .. UpToReview]);
    }

    private async Task<CampaignDraft> DraftAsync() => (await _bench.Core.Drafts.OfAsync(FakePeople.Ana.Id, Now))[0];

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
