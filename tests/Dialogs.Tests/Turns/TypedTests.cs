using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Turns;

/// <summary>Lines as people type and paste them.</summary>
public sealed class TypedTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("stop everythng", "stop everything")]
    [InlineData("please stop evrything now", "stop everything")]
    [InlineData("stopeverything", "stop everything")]
    [InlineData("sotp everything!", "stop everything")]
    [InlineData("> stop everything", "stop everything")]
    [InlineData("@campaigns freze everything", "freeze everything")]
    [InlineData("stop everthng", "stop everything")]
    [InlineData("pause all campaigns", "stop everything")]
    [InlineData("stop everything, ana said so", "stop everything")]
    [InlineData("~stop everything~", "stop everything")]
    [InlineData("shut it all down", "stop everything")]
    public async Task What_is_nearly_an_order_that_stops_stops_nothing_by_a_guess_and_is_answered_at_once_with_the_words(string line, string meant)
    {
        await LiveAsync();
        TurnDispatcher.WaitsForNobody(_bench.Turn("olga", line)).ShouldBeTrue();

        await SaidAsync("olga", line);

        _bench.Core.Network.Executed.ShouldBeEmpty();
        var said = _bench.Channel.In(ConversationId.Local(new PersonId("local:olga")))[^1].Message;
        said.Text.ShouldStartWith($"Nothing is stopped yet. Did you mean \"{meant}\"?");
        said.QuickReplies.ShouldHaveSingleItem().Says.ShouldBe(meant);
    }

    [Theory]
    [InlineData("stop everything on facebook")]
    [InlineData("pause all facebook campaigns")]
    [InlineData("stop everything but c1")]
    public async Task Who_wants_a_part_stopped_is_told_that_it_would_be_all_and_how_one_is_paused(string line)
    {
        await LiveAsync();

        await SaidAsync("olga", line);

        _bench.Core.Network.Executed.ShouldBeEmpty();
        var said = _bench.Channel.In(ConversationId.Local(new PersonId("local:olga")))[^1].Message;
        said.Text.ShouldBe(
            "Nothing is stopped yet. Did you mean \"stop everything\"? That is for ALL campaigns of ALL accounts and networks; a part of them alone cannot be stopped at once here: "
            + "\"pause c1\" pauses one campaign, and \"campaigns\" lists them. Press it or say it, and it is done at once.");
        said.QuickReplies.ShouldHaveSingleItem().Says.ShouldBe("stop everything");
    }

    [Theory]
    [InlineData("stop everythng")]
    [InlineData("stop all campaigns")]
    [InlineData("emergency stop")]
    public async Task Whoever_may_not_stop_everything_is_told_whom_to_call(string line)
    {
        await SaidAsync("ana", line);

        _bench.SeenBy("ana").ShouldBe(["Nothing was stopped. Everything at once is for On-call or Admin: call one of them."]);
    }

    [Theory]
    [InlineData("stop everything?")]
    [InlineData("stop everything else")]
    [InlineData("shop everything we have")]
    [InlineData("pause everything")]
    [InlineData("headline: stop everythng")]
    public void What_only_resembles_it_is_an_ordinary_line(string line) => TurnDispatcher.WaitsForNobody(_bench.Turn("olga", line)).ShouldBeFalse();

    [Theory]
    [InlineData("/campaign stop everything")]
    [InlineData("@campaigns /campaign stop everything")]
    [InlineData("/campaign stop everything now!")]
    public void An_order_that_was_copied_stops_as_one_that_was_typed(string line) => UrgentOrder.Of(_bench.Turn("olga", line)).ShouldBe("stop everything");

    [Theory]
    [InlineData("/campaign pause c1", 1)]
    [InlineData("> pause c1", 0)]
    [InlineData("> /campaign pause c1", 0)]
    public async Task Any_other_line_does_too_unless_it_quotes_somebody(string line, int done)
    {
        await LiveAsync();

        await SaidAsync("ana", line);

        _bench.Core.Network.Executed.Count.ShouldBe(done);
    }

    [Theory]
    [InlineData("set budget c1 \u201c$400\u201d")]
    [InlineData("set budget c1 \u2018400 USD\u2019")]
    [InlineData("set budget $400 c1")]
    [InlineData("set budget to $400 for c1")]
    public async Task An_amount_is_read_in_quotes_and_before_the_campaign(string line)
    {
        await LiveAsync();

        await SaidAsync("ana", line);

        (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.DailyBudget.ShouldBe(A.Usd(400));
    }

    [Theory]
    [InlineData("headline: Save \"50%\" today")]
    [InlineData("description 1: Only \"$5\"")]
    public void What_an_ad_says_keeps_its_quotes(string line) => TurnText.Uncopied(line).ShouldBe(line);

    [Theory]
    [InlineData("set mode aggressive c1", "set mode", "c1 aggressive")]
    [InlineData("set mode to aggressive for c1", "set mode", "c1 aggressive")]
    [InlineData("set bids off c1", "set switch", "bids c1 off")]
    [InlineData("set mode c1 aggressive", "set mode", "c1 aggressive")]
    [InlineData("rollback since 3pm", "roll back since", "3pm")]
    [InlineData("recommendations c1", "recommendations", "c1")]
    [InlineData("pause c1 because of c2", "pause", "c1 because of c2")]
    public void Words_may_stand_in_another_order(string line, string verb, string texts)
    {
        var parsed = _bench.Grammar.Parse(line).ShouldNotBeNull();

        parsed.Verb.Name.ShouldBe(verb);
        string.Join(' ', parsed.Verb.Arguments.Select(argument => parsed.Texts.GetValueOrDefault(argument.Name)).OfType<string>()).ShouldBe(texts);
    }

    [Theory]
    [InlineData("what happened")]
    [InlineData("who cares")]
    [InlineData("tops")]
    public void A_word_that_only_resembles_a_short_verb_suggests_nothing(string line) => _bench.Grammar.Near(line).ShouldBeEmpty();

    [Theory]
    [InlineData("export c1, 30 days", "Facebook installs US CA, 30 days")]
    [InlineData("export all", "1 campaign, 7 days")]
    [InlineData("export everything for the last 30 days", "1 campaign, 30 days")]
    public async Task An_export_is_asked_for_as_people_say_it(string line, string says)
    {
        await LiveAsync();

        await SaidAsync("ana", line);

        _bench.SeenBy("ana")[^1].ShouldStartWith(says);
    }

    [Fact]
    public async Task A_mistyped_word_is_no_country()
    {
        await SaidAsync("ana", "new campaign");

        await SaidAsync("ana", "mail");

        string.Join('\n', _bench.SeenBy("ana")).ShouldNotContain("Mali");
    }

    private async Task SaidAsync(string person, string line)
    {
        var turn = _bench.Turn(person, line);
        await _bench.Routes().TakeAsync(await _bench.ContextAsync(turn with { Text = TurnText.Clean(turn.Text) }, Now), Now);
    }

    private async Task LiveAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }
}
