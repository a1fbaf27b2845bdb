using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A verb alone offers only what it makes sense for, and a list is answered by pressing, number, handle or name.</summary>
public sealed class ChoosingTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public ChoosingTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pause", "pause c1, pause c3")]
    [InlineData("resume", "resume c2")]
    [InlineData("hand back", "hand back c3")]
    [InlineData("take over", "take over c1, take over c2")]
    [InlineData("simulate runaway", "simulate runaway c1, simulate runaway c3")]
    public async Task Only_what_the_verb_can_be_done_to_is_offered(string line, string offered)
    {
        await AddAsync("one", CampaignStatus.Active);
        await AddAsync("two", CampaignStatus.Paused);
        await AddAsync("three", CampaignStatus.Active, takenOver: true);
        await AddAsync("four", CampaignStatus.Ended);

        await _talk.SayAsync("ana", Now, line);

        Lines().ShouldBe(offered);
    }

    [Theory]
    [InlineData("resume", "No campaign is paused at the moment.")]
    [InlineData("undo launch", "No campaign has a launch that could still be taken back at the moment.")]
    [InlineData("simulate calm", "No campaign has a simulated fault at the moment.")]
    [InlineData("do it", "No campaign has a suggestion of the agent at the moment.")]
    public async Task Where_nothing_suits_it_says_so_and_offers_nothing(string line, string says)
    {
        await AddAsync("one", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, line);

        Last().ShouldBe(says);
    }

    [Fact]
    public async Task A_stopped_campaign_is_not_offered_to_who_may_not_let_it_run_again()
    {
        await AddAsync("one", CampaignStatus.Paused);
        await AddAsync("two", CampaignStatus.Stopped);

        await _talk.SayAsync("ana", Now, "resume");

        Lines().ShouldBe("resume c1");
    }

    [Fact]
    public async Task Where_one_thing_can_be_meant_it_says_what_to_press_or_to_say()
    {
        await AddAsync("One game", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "pause");

        Card().Asks.ShouldBe("Which campaign? There is one: press it, or say \"pause c1\".");
    }

    [Theory]
    [InlineData("pause zwei gmae", "No campaign is called \"zwei gmae\". Did you mean one of these?", "pause c1, pause c2, pause c3, pause c4")]
    [InlineData("pause secnd", "No campaign is called \"secnd\". Did you mean this one? There is one: press it, or say \"pause c2\".", "pause c2")]
    public async Task A_misspelt_name_offers_those_that_it_resembles(string line, string asks, string offered)
    {
        foreach (var name in new[] { "First game", "Second game", "Third game", "Fourth game" })
            await AddAsync(name, CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, line);

        (Card().Asks, Lines()).ShouldBe((asks, offered));
    }

    [Fact]
    public async Task A_name_that_none_of_many_resembles_is_told_how_to_list_them_and_offers_none()
    {
        foreach (var name in new[] { "First game", "Second game", "Third game", "Fourth game" })
            await AddAsync(name, CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "pause nothing like it");

        Last().ShouldBe("No campaign is called \"nothing like it\", and none sounds like it. \"campaigns\" shows them all.");
    }

    [Fact]
    public async Task The_only_launch_that_can_be_taken_back_is_the_one_that_is_meant()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Scheduled);

        await _talk.SayAsync("ana", Now, "undo launch");

        Last().ShouldStartWith("Taking back Two game");
    }

    [Fact]
    public async Task Of_two_launches_that_can_be_taken_back_it_is_asked_which()
    {
        await AddAsync("One game", CampaignStatus.Scheduled);
        await AddAsync("Two game", CampaignStatus.Scheduled);

        await _talk.SayAsync("ana", Now, "undo launch");

        Lines().ShouldBe("undo launch c1, undo launch c2");
        (await CampaignAsync(1)).Status.ShouldBe(CampaignStatus.Scheduled);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("#2")]
    [InlineData("c2")]
    [InlineData("two")]
    [InlineData("Two game")]
    [InlineData("tw")]
    public async Task A_number_a_handle_or_a_name_chooses_from_the_list(string said)
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "take over", said);

        (await CampaignAsync(2)).TakenOver.ShouldBeTrue();
        (await CampaignAsync(1)).TakenOver.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_in_the_list_is_answered_as_if_the_whole_line_had_been_typed()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Paused);

        await _talk.SayAsync("ana", Now, "resume", "c1", "resume", "c9", "5");

        _bench.SeenBy("ana")[1].ShouldContain("only a paused campaign can be resumed");
        _bench.SeenBy("ana")[3].ShouldStartWith("No campaign is called \"c9\". Which one?");
        Last().ShouldBe("There is no 5 in the list: say 1 to 1.");
    }

    [Fact]
    public async Task Amounts_stay_when_the_campaign_is_chosen()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "set budget $400", "2");

        (await CampaignAsync(2)).DailyBudget.ShouldBe(A.Usd(400));
        (await CampaignAsync(1)).DailyBudget.ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task A_number_means_the_list_only_right_after_it()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "pause", "who am i", "2");

        Last().ShouldStartWith("I did not understand that.");
        (await CampaignAsync(2)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task Of_more_than_six_the_rest_is_shown_by_saying_more()
    {
        foreach (var number in Enumerable.Range(1, 8))
            await AddAsync($"Game {number}", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "take over");
        Card().Choices.Select(choice => choice.Title).ShouldBe(
            ["1. Game 1 (c1)", "2. Game 2 (c2)", "3. Game 3 (c3)", "4. Game 4 (c4)", "5. Game 5 (c5)", "6. Game 6 (c6)", "More (2)"]);
        Card().Hint.ShouldBe("6 of 8 are shown; \"more\" shows the next. Press one, or say its number or its name.");

        await _talk.SayAsync("ana", Now, "more");
        Card().Choices.Select(choice => choice.Title).ShouldBe(["7. Game 7 (c7)", "8. Game 8 (c8)"]);

        await _talk.SayAsync("ana", Now, "8");
        (await CampaignAsync(8)).TakenOver.ShouldBeTrue();
        await _talk.SayAsync("ana", Now, "more");
        Last().ShouldStartWith("There is no list here that has more.");
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task A_yes_to_nothing_says_that_nothing_is_asked_and_what_is_open(string said)
    {
        await _talk.SayAsync("ana", Now, said);
        Last().ShouldStartWith("I am not asking anything that yes or no would answer right now, and nothing was changed.");

        await _talk.SayAsync("ana", Now, "new campaign", said);
        Last().ShouldContain("waits at step 1 of 7, network");
    }

    [Fact]
    public async Task A_yes_that_comes_too_late_says_so_and_does_nothing()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await _bench.Core.SeenAsync(await CampaignAsync(1));
        await _talk.SayAsync("ana", Now, "set budget c1 $600");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(16));

        await _talk.SayAsync("ana", Now, "yes");

        Last().ShouldContain("was asked more than 15 minutes ago and no longer counts; nothing was changed. Say it again if you still want it: \"set budget c1 $600\".");
        (await CampaignAsync(1)).DailyBudget.ShouldBe(A.Usd(500));
    }

    [Fact]
    public async Task No_to_a_list_leaves_everything_as_it_is()
    {
        await AddAsync("One game", CampaignStatus.Active);
        await AddAsync("Two game", CampaignStatus.Active);

        await _talk.SayAsync("ana", Now, "pause", "none");

        Last().ShouldBe("Left as it is; nothing was changed.");
    }

    private async Task AddAsync(string name, CampaignStatus status, bool takenOver = false)
    {
        var count = (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Count + 1;
        var campaign = A.Campaign(id: $"c-{count}");
        campaign = await _bench.Core.Campaigns.AddAsync(campaign with { Spec = campaign.Spec with { Name = name }, Status = status, TakenOver = takenOver }, Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
    }

    private async Task<Campaign> CampaignAsync(int number) => (await _bench.Core.Campaigns.FindAsync(new CampaignId($"c-{number}"), Now))!;

    private string Last() => _bench.SeenBy("ana")[^1];

    private PickCard Card() => _bench.Channel.All[^1].Message.Card.ShouldBeOfType<PickCard>();

    private string Lines() => string.Join(", ", Card().Choices.Select(choice => choice.Line));
}
