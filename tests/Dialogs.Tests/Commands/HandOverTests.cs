using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A campaign in the making changes hands, and nobody else's answers count before or after.</summary>
public sealed class HandOverTests
{
    private static readonly PersonId Max = new("local:max");
    private static readonly ConversationId Anas = ConversationId.Local(new PersonId("local:ana"));

    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public HandOverTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("hand over max")]
    [InlineData("hand over to @Max.")]
    [InlineData("hand over to local:max")]
    public async Task Out_of_a_conversation_of_one_it_goes_to_the_others_drafts_where_it_was_left(string line)
    {
        await _talk.SayAsync("ana", Now, "new campaign", "facebook", line);

        _bench.SeenBy("ana")[^1].ShouldBe("\"Meta draft\" is max's now, and they were told.");
        _bench.SeenBy("max")[^1].ShouldStartWith("ana hands \"Meta draft\" over to you.");
        await _talk.SayAsync("max", Now, "continue Meta draft");
        _bench.SeenBy("max")[^1].ShouldContain("Step 2 of 7");
        await _talk.SayAsync("ana", Now, "drafts");
        _bench.SeenBy("ana")[^1].ShouldStartWith("You have no drafts.");
    }

    [Fact]
    public async Task Where_several_talk_it_stays_and_the_other_is_called_and_answers_from_then_on()
    {
        _bench.Channel.IsRoom = conversation => conversation == Anas;
        await _talk.SayAsync("ana", Now, "new campaign", "hand over max");

        var told = _bench.Channel.In(Anas)[^1].Message;
        told.Text.ShouldBe("From here on max answers for the draft; only their answers count. What was said so far stays.");
        told.Calls.ShouldBe([Max]);

        await _talk.SayAsync("ana", Now, "facebook");
        _bench.Channel.Whispers.ShouldHaveSingleItem().Text.ShouldStartWith("A campaign of max is in the making here, and only max's answers count.");

        var turn = _bench.Turn("max", "facebook") with { Conversation = Anas };
        await _bench.Routes().TakeAsync(await _bench.ContextAsync(turn, Now), Now);
        _bench.Channel.In(Anas)[^1].Message.Text.ShouldContain("Step 2 of 7");
    }

    [Fact]
    public async Task Nobody_of_another_workspace_gets_it_or_is_named()
    {
        _bench.Channel.RealmOf = whose => whose.Contains("max", StringComparison.Ordinal) ? "local/T2." : null;

        await _talk.SayAsync("ana", Now, "new campaign", "hand over max");

        _bench.SeenBy("ana")[^1].ShouldStartWith("\"max\" is nobody here who makes campaigns.");
        _bench.SeenBy("ana")[^1].ShouldNotContain("There is max");
        _bench.SeenBy("max").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hand over olga")]
    [InlineData("hand over ana")]
    [InlineData("hand over the draft")]
    public async Task Whoever_makes_no_campaigns_gets_none(string line)
    {
        await _talk.SayAsync("ana", Now, "new campaign", line);

        _bench.SeenBy("ana")[^1].ShouldEndWith("is nobody here who makes campaigns. There are max, robin: say for example \"hand over max\". Nothing was changed.");
        await _talk.SayAsync("ana", Now, "facebook");
        _bench.SeenBy("ana")[^1].ShouldContain("Step 2 of 7");
    }

    [Fact]
    public async Task Without_a_campaign_in_the_making_there_is_nothing_to_hand_over()
    {
        await _talk.SayAsync("ana", Now, "hand over max");

        _bench.SeenBy("ana")[^1].ShouldStartWith("No campaign of yours is in the making here.");
    }

    [Fact]
    public async Task Only_whose_it_is_hands_it_over()
    {
        _bench.Channel.IsRoom = conversation => conversation == Anas;
        await _talk.SayAsync("ana", Now, "new campaign");

        var turn = _bench.Turn("max", "hand over you") with { Conversation = Anas };
        await _bench.Routes().TakeAsync(await _bench.ContextAsync(turn, Now), Now);

        _bench.Channel.In(Anas)[^1].Message.Text.ShouldStartWith("No campaign of yours is in the making here.");
    }
}
