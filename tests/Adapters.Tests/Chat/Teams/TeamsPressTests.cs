using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What somebody sees who presses a button: the outcome, that it is worked on, or the card as it was. Never nothing.</summary>
public sealed class TeamsPressTests : IAsyncLifetime, ITurnIntake, IInputCheck
{
    private static readonly ConversationId Alone = new("teams/a:ana");

    private readonly ConcurrentQueue<ChatTurn> _taken = new();
    private TeamsWire _wire = null!;
    private TeamsIntake _intake = null!;
    private Func<ChatTurn, Task> _then = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
        var answers = new TeamsAnswers(_wire.People, _wire.Composer, _wire.Posts, _wire.Roles, NullLogger<TeamsAnswers>.Instance);
        var cards = new PostedCards(_wire.Cards, this, TimeProvider.System, NullLogger<PostedCards>.Instance);
        _intake = new TeamsIntake(_wire.References, new TeamsPresses(cards, answers, _wire.Shown, this, TimeProvider.System), new MemoryConversations(), this, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_quick_outcome_is_shown_in_the_place_of_the_card_and_to_everybody()
    {
        var asked = await AskAsync();
        _then = _ => _wire.Channel.EditAsync(Alone, new MessageId(asked.Id), new ChatMessage("Launched") { QuickReplies = [new QuickReply("Status", "status")] }, CancellationToken.None);

        var answer = await _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button("Yes")!), TestContext.Current.CancellationToken);

        TeamsMessage.WordsOf((JsonObject)answer.Body!["value"]!).ShouldContain("Launched");
        Shown().Words.ShouldContain("Launched");
        _taken.ShouldHaveSingleItem().Action!.Target.ShouldBe("yes");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_takes_longer_is_said_to_be_worked_on_and_the_card_comes_back_when_nothing_else_is_shown()
    {
        var asked = await AskAsync();

        var answer = await _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button("Yes")!), TestContext.Current.CancellationToken);

        TeamsMessage.WordsOf((JsonObject)answer.Body!["value"]!).ShouldContain("Working on it…");
        while (!Shown().Edited)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        Shown().Labels.ShouldBe(["Yes", "No"]);

        var again = TeamsMessage.Button((JsonObject)answer.Body["value"]!, "Show it again").ShouldNotBeNull();
        var looked = await _intake.TakeAsync(_wire.AsAna.Pressing(asked, again), TestContext.Current.CancellationToken);
        TeamsMessage.Button((JsonObject)looked.Body!["value"]!, "Yes").ShouldNotBeNull();
        _taken.Count.ShouldBe(1, "looking changes nothing");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_outcome_that_comes_late_is_not_overwritten_by_the_card_as_it_was()
    {
        var asked = await AskAsync();
        _then = turn =>
        {
            _ = LateAsync();
            return Task.CompletedTask;
        };

        await _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button("Yes")!), TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);

        Shown().Words.ShouldBe("Launched late");

        async Task LateAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
            await _wire.Channel.EditAsync(Alone, new MessageId(asked.Id), new ChatMessage("Launched late"), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_button_that_nobody_knows_any_more_says_so_and_does_nothing()
    {
        var asked = await AskAsync();
        var old = new JsonObject { ["verb"] = "say", ["data"] = new JsonObject { ["tok"] = "gone.0" } };

        var answer = await _intake.TakeAsync(_wire.AsAna.Pressing(asked, old), Cancel);

        ((string?)answer.Body!["value"]).ShouldNotBeNull().ShouldContain("too old");
        _taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_of_another_kind_is_answered_that_it_is_not_known()
    {
        var invoke = _wire.AsAna.Activity("invoke", "a:ana");
        invoke["name"] = "composeExtension/query";

        (await _intake.TakeAsync(invoke, Cancel)).Status.ShouldBe(501);
    }

    async Task ITurnIntake.TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        _taken.Enqueue(turn);
        await _then(turn);
    }

    Task<IReadOnlyDictionary<string, string>> IInputCheck.FaultsAsync(ChatTurn turn, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    private async Task<TeamsMessage> AskAsync()
    {
        await _wire.Channel.PostAsync(Alone, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes"), new QuickReply("No", "no")] }, Cancel);
        return Shown();
    }

    private TeamsMessage Shown() => _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
}
