using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Verbs;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A yes is one person's, to what was shown, once, and for a quarter of an hour.</summary>
public sealed class YesTests
{
    private const string NoLongerOpen = "That question is no longer open; nothing was changed. Say it again if you still want it.";

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    public async Task It_counts_for_a_quarter_of_an_hour(int minutes)
    {
        await AskedAsync();

        await AfterAsync(minutes);
        (await AnswerAsync("ana", yes: true, question: null)).ShouldBeTrue();

        (await BudgetAsync()).ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task After_that_it_changes_nothing_typed_or_pressed()
    {
        var question = await AskedAsync();
        await AfterAsync(16);

        await AnswerAsync("ana", yes: true, question: null);
        await AnswerAsync("ana", yes: true, question);

        _bench.SeenBy("ana")[^1].ShouldBe(NoLongerOpen);
        await NothingWasWrittenAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_twice_it_raises_once(bool pressed)
    {
        var question = await AskedAsync();

        await AnswerAsync("ana", yes: true, pressed ? question : null);
        (await AnswerAsync("ana", yes: true, pressed ? question : null)).ShouldBe(pressed, "typed, it answers nothing any more");

        _bench.Core.Network.Executed.ShouldHaveSingleItem();
        (await BudgetAsync()).ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task Of_a_command_said_twice_the_newer_question_counts_and_raises_once()
    {
        var first = await AskedAsync();
        var second = await AskedAsync();

        await AnswerAsync("ana", yes: true, first);
        _bench.SeenBy("ana")[^1].ShouldBe(NoLongerOpen);
        await NothingWasWrittenAsync();

        await AnswerAsync("ana", yes: true, second);
        _bench.Core.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_command_said_again_after_its_yes_finds_nothing_to_raise()
    {
        await AskedAsync();
        await AnswerAsync("ana", yes: true, question: null);

        await _bench.SayAsync("ana", "set budget c1 $600", Now);

        _bench.SeenBy("ana")[^1].ShouldBe("The daily budget of Facebook installs US CA is $600 already.");
        _bench.Core.Network.Executed.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("max")]
    [InlineData("you")]
    [InlineData("stranger")]
    public async Task Of_another_person_it_answers_nothing(string person)
    {
        var question = await AskedAsync();

        (await AnswerAsync(person, yes: true, question: null)).ShouldBeFalse();
        await AnswerAsync(person, yes: true, question);

        _bench.SeenBy(person)[^1].ShouldBe(NoLongerOpen);
        await NothingWasWrittenAsync();
    }

    [Fact]
    public async Task Where_several_people_talk_only_the_yes_of_whom_was_asked_counts()
    {
        var question = await AskedAsync();
        var room = ConversationId.Local(new PersonId("local:ana"));
        var other = await _bench.ContextAsync(_bench.Turn("you", "yes") with { Conversation = room }, Now);

        (await _bench.Runner.TryAnswerAsync(other, yes: true, null, Now)).ShouldBeTrue();
        (await _bench.Runner.TryAnswerAsync(other, yes: true, question, Now)).ShouldBeTrue();
        await NothingWasWrittenAsync();
        _bench.Channel.Whispers.Count.ShouldBe(2);
        _bench.Channel.Whispers.ShouldAllBe(whisper => whisper.Person == PersonId.Visitor && whisper.Text.Contains("was asked of ana, and only ana's answer counts", StringComparison.Ordinal));

        await AnswerAsync("ana", yes: true, null);
        (await BudgetAsync()).ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task Where_several_people_talk_an_old_question_of_one_takes_no_yes_of_another()
    {
        var question = await AskedAsync();
        _bench.Core.Machine.Advance(VerbRunner.QuestionHolds + TimeSpan.FromMinutes(1));
        var other = await _bench.ContextAsync(_bench.Turn("you", "yes") with { Conversation = ConversationId.Local(new PersonId("local:ana")) }, Now);

        (await _bench.Runner.TryAnswerAsync(other, yes: true, null, Now)).ShouldBeFalse("it is left to whatever else it may answer");
        (await _bench.Runner.TryAnswerAsync(other, yes: true, question, Now)).ShouldBeTrue();

        _bench.Channel.Whispers.ShouldBeEmpty();
        _bench.SeenBy("ana")[^1].ShouldBe(NoLongerOpen);
        await NothingWasWrittenAsync();
    }

    [Fact]
    public async Task Of_somebody_who_may_no_longer_raise_it_changes_nothing()
    {
        await AskedAsync();
        var context = await _bench.ContextAsync(_bench.Turn("ana", "yes"), Now);

        await _bench.Runner.TryAnswerAsync(context with { Person = context.Person with { Roles = [Automation.People.Role.Viewer] } }, yes: true, null, Now);

        _bench.SeenBy("ana")[^1].ShouldContain("you are Viewer. Nothing was changed.");
        await NothingWasWrittenAsync();
    }

    [Fact]
    public async Task Yes_to_a_raise_that_was_shown_otherwise_asks_again_as_things_stand()
    {
        await LiveAsync();
        await _bench.SayAsync("ana", "set budget c1 $600", Now);
        var shown = ((ConfirmCard)Last("ana")!).Target;
        await LowerAsync(480);

        (await AnswerAsync("ana", true, shown)).ShouldBeTrue();

        (await BudgetAsync()).ShouldBe(A.Usd(480));
        _bench.SeenBy("ana").ShouldContain("Raise the daily budget of Facebook installs US CA from $500 to $600? — that changed meanwhile, so nothing was done; I ask again.");
        var again = Last("ana").ShouldBeOfType<ConfirmCard>();
        again.Asks.ShouldBe("Raise the daily budget of Facebook installs US CA from $480 to $600?");

        await AnswerAsync("ana", true, again.Target);
        (await BudgetAsync()).ShouldBe(A.Usd(600));
    }

    [Theory]
    [InlineData("take over c1")]
    [InlineData("hand back c1")]
    [InlineData("set budget c1 $400")]
    public async Task A_yes_to_an_override_counts_for_what_was_shown_and_no_longer_after_somebody_changed_it(string meanwhile)
    {
        await LiveAsync();
        await _bench.SayAsync("ana", "override c1 the weekend sale needs this bid", Now);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(20));
        await _bench.SayAsync("you", meanwhile, Now);

        await AnswerAsync("ana", yes: true, question: null);

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Single().Overrides.ShouldBeEmpty();
        _bench.SeenBy("ana").ShouldContain(said => said.Contains("that changed meanwhile, so nothing was done; I ask again", StringComparison.Ordinal));
        Last("ana").ShouldBeOfType<ConfirmCard>().Asks.ShouldBe("Override the agent on Facebook installs US CA?");
    }

    /// <summary>The id of the question whether to raise from $500 to $600.</summary>
    private async Task<string> AskedAsync()
    {
        if (_bench.Core.Network.Campaigns.Count == 0)
            await LiveAsync();

        await _bench.SayAsync("ana", "set budget c1 $600", Now);
        return Last("ana").ShouldBeOfType<ConfirmCard>().Target;
    }

    /// <summary>Time passes, with fresh figures at its end.</summary>
    private async Task AfterAsync(int minutes)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(minutes));
        await _bench.Core.SeenAsync((await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!);
    }

    private async Task NothingWasWrittenAsync()
    {
        _bench.Core.Network.Executed.ShouldBeEmpty();
        (await BudgetAsync()).ShouldBe(A.Usd(500));
    }

    private async Task LiveAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    private async Task LowerAsync(decimal budget)
    {
        var lowered = await _bench.Core.Campaigns.ChangeAsync(new CampaignId("c-1"), now => now with { DailyBudget = A.Usd(budget) }, Now);
        _bench.Core.Network.Put(A.AtNetwork(lowered));
        await _bench.Core.SeenAsync(lowered);
    }

    private async Task<Money> BudgetAsync() => (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.DailyBudget;

    private async Task<bool> AnswerAsync(string person, bool yes, string? question) =>
        await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn(person, "yes"), Now), yes, question, Now);

    private ICardView? Last(string person) => _bench.Channel.In(ConversationId.Local(new PersonId($"local:{person}")))[^1].Message.Card;
}
