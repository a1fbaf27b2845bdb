// Long because everything that may come of a press is seen in one conversation.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>What somebody sees who presses a button: the outcome, that it is worked on, or the card as it was. Never nothing.</summary>
public sealed class TeamsPressTests : IAsyncLifetime, ITurnIntake, IInputCheck
{
    private static readonly ConversationId Alone = new("teams/a:ana");
    private static readonly ConversationId Channel = new("teams/19:ads@thread.tacv2");

    private static readonly ApprovalCard Asked = new("Request a1", "raise it", [], "Asked by you", "", Waits: true, "a1", "x");

    private readonly ConcurrentQueue<ChatTurn> _taken = new();
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private TeamsWire _wire = null!;
    private TeamsIntake _intake = null!;
    private Func<ChatTurn, Task> _then = _ => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
        _intake = _wire.Intake(this, this, _machine);
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

        var answer = await PressedAsync(asked);

        TeamsMessage.WordsOf((JsonObject)answer.Body!["value"]!).ShouldContain("Working on it…");
        await PassAsync(() => Shown().Edited);
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
        await PressedAsync(asked);

        await _wire.Channel.EditAsync(Alone, new MessageId(asked.Id), new ChatMessage("Launched late"), TestContext.Current.CancellationToken);
        await LateAsync(Edits());

        Shown().Words.ShouldBe("Launched late");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_press_that_is_brought_again_is_answered_with_what_stands_there_now_and_no_button_comes_back()
    {
        var asked = await AskAsync();
        _then = _ => _wire.Channel.EditAsync(Alone, new MessageId(asked.Id), new ChatMessage("Launched") { QuickReplies = [new QuickReply("Status", "status")] }, CancellationToken.None);
        await _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button("Yes")!), TestContext.Current.CancellationToken);
        _then = _ => Task.CompletedTask;
        var edits = Edits();

        var again = await PressedAsync(asked);

        TeamsMessage.WordsOf((JsonObject)again.Body!["value"]!).ShouldContain("Launched");
        await LateAsync(edits);
        Shown().Labels.ShouldBe(["Status"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_waits_no_more_shows_no_button_to_decide_it_to_anybody_also_after_a_restart()
    {
        await _wire.Channel.PostAsync(Alone, ChatMessage.Of(Asked), TestContext.Current.CancellationToken);
        var asked = Shown();
        var edits = Edits();

        var pressed = await PressedAsync(asked, "Approve");
        var looked = await _intake.TakeAsync(
            _wire.AsAna.Pressing(asked, new JsonObject { ["verb"] = "card.refresh", ["data"] = new JsonObject { ["tok"] = ((string)asked.Button("Approve")!["data"]!["tok"]!).Split('.')[0] } }), TestContext.Current.CancellationToken);

        foreach (var answer in new[] { pressed, looked })
            ((string?)answer.Body!["value"]).ShouldNotBeNull().ShouldContain("waits no more");

        await LateAsync(edits);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_waits_gets_its_buttons_back()
    {
        await _wire.Requests.AddAsync(
            new PendingApproval(new ApprovalId("ap-1"), WorkspaceId.Local, new AdAccountId("meta"), ApprovalKind.Raise, "c-1", Digest.Of("x"), "raise it", FakePeople.You.Id, A.Noon, ApprovalState.Waiting),
            new AuditEntry(WorkspaceId.Local, null, null, FakePeople.You.Id, "approval", "asked", []), TestContext.Current.CancellationToken);
        await _wire.Channel.PostAsync(Alone, ChatMessage.Of(Asked), TestContext.Current.CancellationToken);
        var asked = Shown();

        TeamsMessage.WordsOf((JsonObject)(await PressedAsync(asked, "Approve")).Body!["value"]!).ShouldContain("Working on it…");
        await PassAsync(() => Shown().Edited);

        Shown().Button("Approve").ShouldNotBeNull();
    }

    /// <summary>Nothing is put back although the time for it has come.</summary>
    private async Task LateAsync(int edits)
    {
        _machine.Advance(TimeSpan.FromSeconds(8));
        for (var look = 0; look < 25 && Edits() == edits; look++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        Edits().ShouldBe(edits);
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_is_told_something_alone_for_a_press_reads_it_at_once_and_keeps_it_in_the_chat_with_each_other()
    {
        await _wire.MeetAsync("19:ads@thread.tacv2", TestContext.Current.CancellationToken);
        await _wire.Channel.PostAsync(Channel, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes")] }, TestContext.Current.CancellationToken);
        var asked = Shown();
        _then = turn => _wire.Channel.WhisperAsync(turn.Conversation, turn.Person, "Only Max's answer counts.", TestContext.Current.CancellationToken);

        var answer = await _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button("Yes")!), TestContext.Current.CancellationToken);

        ((string?)answer.Body!["type"]).ShouldBe("application/vnd.microsoft.activity.message");
        ((string?)answer.Body["value"]).ShouldBe("Only Max's answer counts.");
        _wire.Teams.Desk.Messages.Where(message => message.Chat == "a:ana").ShouldHaveSingleItem().Words.ShouldBe("Only Max's answer counts.");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_button_that_one_person_was_shown_alone_does_nothing_from_anywhere_else()
    {
        var asked = await AskAsync();
        var elsewhere = _wire.AsAna.Pressing(asked with { Chat = "19:ads@thread.tacv2" }, asked.Button("Yes")!);
        var look = _wire.AsAna.Pressing(asked with { Chat = "19:ads@thread.tacv2" }, new JsonObject { ["verb"] = "card.refresh", ["data"] = new JsonObject { ["tok"] = ((string)asked.Button("Yes")!["data"]!["tok"]!).Split('.')[0] } });

        foreach (var activity in new[] { elsewhere, look })
            ((string?)(await _intake.TakeAsync(activity, TestContext.Current.CancellationToken)).Body!["value"]).ShouldNotBeNull().ShouldContain("too old");

        _taken.ShouldBeEmpty();
    }

    public static TheoryData<string, int> Refused => new()
    {
        { "another channel", 0 }, { "the chat with each other", 0 }, { "a window from another channel", 0 }, { "another number", 0 }, { "a made-up card", 0 }, { "what it would do, written into it", 0 },
        { "the same activity again", 1 }, { "its own thread", 1 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_button_in_a_channel_counts_there_alone_as_it_was_shown_and_once(string pressed, int taken)
    {
        await _wire.MeetAsync("19:ads@thread.tacv2", Cancel);
        await _wire.Channel.PostAsync(Channel, new ChatMessage("Launch it?") { QuickReplies = [new QuickReply("Yes", "yes"), new QuickReply("No", "no")] }, Cancel);
        var asked = Shown();
        var yes = asked.Button("Yes")!;
        var token = (string)yes["data"]!["tok"]!;

        foreach (var activity in Activities(pressed, asked, yes, token))
            await PassedAsync(_intake.TakeAsync(activity, Cancel));

        _taken.DistinctBy(turn => turn.Id).Count().ShouldBe(taken, "what has the same id is one turn for whoever takes it");
        _taken.ShouldAllBe(turn => turn.Action!.Target == "yes" && turn.Conversation.Value.StartsWith(Channel.Value, StringComparison.Ordinal));
    }

    private JsonObject[] Activities(string pressed, TeamsMessage asked, JsonObject yes, string token)
    {
        var press = _wire.AsAna.Pressing(asked, yes);
        return pressed switch
        {
            "another channel" => [_wire.AsAna.Pressing(asked with { Chat = "19:other@thread.tacv2" }, yes)],
            "the chat with each other" => [_wire.AsAna.Pressing(asked with { Chat = "a:ana" }, yes)],
            "a window from another channel" => [Named(_wire.AsAna.Pressing(asked with { Chat = "19:other@thread.tacv2" }, yes), "task/submit")],
            "another number" => [_wire.AsAna.Pressing(asked, With(yes, $"{token.Split('.')[0]}.7"))],
            "a made-up card" => [_wire.AsAna.Pressing(asked, With(yes, "0123456789abcdef012345.0"))],
            "what it would do, written into it" => [_wire.AsAna.Pressing(asked, new JsonObject { ["verb"] = "approval.approve", ["data"] = new JsonObject { ["_target"] = "a1", ["_rev"] = "x" } })],
            "the same activity again" => [press, (JsonObject)press.DeepClone()],
            _ => [press],
        };
    }

    private static JsonObject With(JsonObject button, string token)
    {
        var other = (JsonObject)button.DeepClone();
        other["data"]!["tok"] = token;
        return other;
    }

    private static JsonObject Named(JsonObject activity, string name)
    {
        var other = (JsonObject)activity.DeepClone();
        other["name"] = name;
        other["value"] = new JsonObject { ["data"] = other["value"]!["action"]!["data"]!.DeepClone() };
        return other;
    }

    private async Task PassedAsync(Task answer)
    {
        await PassAsync(() => answer.IsCompleted);
        await answer;
    }

    [Fact]
    public async Task The_app_that_is_added_anew_greets_again_and_of_a_team_that_it_left_no_channel_takes_anything()
    {
        var other = "19:other@thread.tacv2";
        foreach (var channel in new[] { "19:ads@thread.tacv2", other })
            await _intake.TakeAsync(OfTeam(_wire.AsAna.Saying(channel, "@Campaigns hello")), Cancel);

        _taken.Clear();
        foreach (var action in new[] { "add", "add", "remove" })
            await _intake.TakeAsync(Installed(action), Cancel);

        _taken.DistinctBy(turn => turn.Id).Count().ShouldBe(1);
        (await Should.ThrowAsync<ClosedPlaceException>(() => _wire.Channel.PostAsync(new ConversationId($"teams/{other}"), new ChatMessage("hello"), Cancel))).Message.ShouldContain("removed");

        await _intake.TakeAsync(Installed("add"), Cancel);
        await _intake.TakeAsync(Installed("add"), Cancel);

        _taken.DistinctBy(turn => turn.Id).Count().ShouldBe(2);
        await _wire.Channel.PostAsync(Channel, new ChatMessage("hello"), Cancel);
    }

    private JsonObject Installed(string action)
    {
        var activity = OfTeam(_wire.AsAna.Activity("installationUpdate", "19:ads@thread.tacv2"));
        activity["action"] = action;
        return activity;
    }

    private static JsonObject OfTeam(JsonObject activity)
    {
        (activity["channelData"] as JsonObject ?? (JsonObject)(activity["channelData"] = new JsonObject()))["team"] = new JsonObject { ["id"] = "19:team@thread.tacv2" };
        return activity;
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

    /// <summary>Nothing is shown instead: the answer that comes when patience ends.</summary>
    private async Task<TeamsAnswer> PressedAsync(TeamsMessage asked, string button = "Yes")
    {
        var press = _intake.TakeAsync(_wire.AsAna.Pressing(asked, asked.Button(button)!), Cancel);
        await PassAsync(() => press.IsCompleted);
        return await press;
    }

    /// <summary>The bot's own clock runs until it is so; the sockets have theirs.</summary>
    private async Task PassAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            _machine.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        }
    }

    private int Edits() => _wire.Teams.Calls.Count(call => call.StartsWith("PUT ", StringComparison.Ordinal));

    private TeamsMessage Shown() => _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
}
