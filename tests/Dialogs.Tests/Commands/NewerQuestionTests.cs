using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>A bare yes answers what was asked last, and nothing that was asked before it.</summary>
public sealed class NewerQuestionTests
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public NewerQuestionTests() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pause", "\"Which campaign?\"")]
    [InlineData("stop", "\"Stop what?\"")]
    [InlineData("paus c1", "\"Did you mean \"pause c1\"?\"")]
    [InlineData("stop everythng", "\"Did you mean stop everything?\"")]
    public async Task A_yes_after_a_newer_question_raises_nothing_and_says_what_was_asked_and_how_to_say_it(string newer, string named)
    {
        await AskedAsync();
        await SaidAsync(newer);

        await SaidAsync("yes");

        _bench.Core.Network.Executed.ShouldBeEmpty();
        var said = _bench.SeenBy("ana")[^1];
        said.ShouldContain($"was asked before {named}, and a word alone no longer answers it; nothing was changed.");
        said.ShouldContain("\"set budget c1 $600\"");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("pause", false)]
    public async Task The_amount_typed_once_more_answers_only_what_was_asked_last(string? newer, bool isAsked)
    {
        await AskedAsync(budget: 25);
        await SaidAsync("yes");
        (await _bench.Conversations.FindAsync(ConversationId.Local(new PersonId("local:ana")), Now))!.Question!.Amount.ShouldBe(A.Usd(600));
        if (newer is not null)
            await SaidAsync(newer);

        await SaidAsync("$600");

        (await _bench.Core.ApprovalStore.WaitingAsync(WorkspaceId.Local, Now)).Count.ShouldBe(isAsked ? 1 : 0);
        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_button_still_does()
    {
        await AskedAsync();
        var question = (await _bench.Conversations.FindAsync(ConversationId.Local(new PersonId("local:ana")), Now))!.Question!;
        await SaidAsync("pause");

        await _bench.Routes().TakeAsync(await _bench.ContextAsync(_bench.Turn("ana", null, ChatBench.Press("confirm.yes", ("_target", question.Id))), Now), Now);

        _bench.Core.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_wizard_asks_is_newer_too()
    {
        await AskedAsync();
        await SaidAsync("new campaign");

        await SaidAsync("yes");

        _bench.Core.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_shows_something_in_between_takes_nothing_from_a_question()
    {
        await AskedAsync();
        await SaidAsync("campaigns");

        await SaidAsync("yes");

        _bench.Core.Network.Executed.ShouldHaveSingleItem();
    }

    private Task SaidAsync(string line) => _talk.SayAsync("ana", Now, line);

    private async Task AskedAsync(decimal budget = 500)
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign() with { DailyBudget = A.Usd(budget) }, Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
        await SaidAsync("set budget c1 $600");
        _bench.Core.Campaigns.With(A.Campaign(id: "c-2") with { Handle = "c2", Spec = A.Spec("TikTok installs", "TikTok") });
    }
}
