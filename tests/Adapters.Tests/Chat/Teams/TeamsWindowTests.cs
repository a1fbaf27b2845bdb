using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>A step of several inputs filled in in a window: what is wrong beside its input, and nothing lost with the window.</summary>
public sealed class TeamsWindowTests : IAsyncLifetime, ITurnIntake, IInputCheck
{
    private static readonly ConversationId Alone = new("teams/a:ana");

    private readonly ConcurrentQueue<ChatTurn> _taken = new();
    private readonly Dictionary<string, string> _faults = [];
    private TeamsWire _wire = null!;
    private TeamsIntake _intake = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _wire = await TeamsWire.StartAsync(Cancel);
        await _wire.MeetAsync("a:ana", Cancel);
        _intake = _wire.Intake(this, this, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task A_step_opens_as_a_window_that_says_which_step_it_is_and_holds_what_was_answered()
    {
        var window = await OpenAsync(await StepAsync());

        ((string?)window["value"]!["title"]).ShouldBe("Step 5 of 7: Budget and bidding");
        var card = Card(window);
        TeamsMessage.InputsOf(card).Select(input => ((string)input["id"]!, (string?)input["value"])).ShouldContain(("BudgetAmount", "500"));
        card["actions"]!.AsArray().ShouldHaveSingleItem()!["type"]!.GetValue<string>().ShouldBe("Action.Submit");
        _taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_stands_below_its_input_and_everything_that_was_entered_stays()
    {
        var step = await StepAsync();
        _faults["BudgetAmount"] = "The budget is above your limit.";

        var again = await SendAsync(step, await OpenAsync(step), ("Budget", "900"), ("Bidding", "lowest cost"));

        var card = Card(again.ShouldNotBeNull());
        var inputs = TeamsMessage.InputsOf(card).ToDictionary(input => (string)input["id"]!);
        ((string?)inputs["BudgetAmount"]["value"]).ShouldBe("900");
        ((string?)inputs["Strategy"]["value"]).ShouldBe("lowest cost");
        var around = inputs["BudgetAmount"].Parent!.AsArray();
        ((string?)around[around.IndexOf(inputs["BudgetAmount"]) + 1]!["inlines"]![0]!["text"]).ShouldBe("⚠ The budget is above your limit.");
        _taken.ShouldBeEmpty();

        _faults.Clear();
        (await SendAsync(step, again, ("Budget", "300"))).ShouldBeNull("it closed");
        var turn = _taken.ShouldHaveSingleItem();
        turn.Action!.Verb.ShouldBe("wizard.answer");
        turn.Action.Fields["BudgetAmount"].ShouldBe("300");
        turn.Action.Fields["Strategy"].ShouldBe("lowest cost");
        turn.About.ShouldBe(new MessageId(step.Id));
    }

    [Fact]
    public async Task A_window_that_is_lost_loses_nothing()
    {
        var step = await StepAsync();
        await OpenAsync(step);
        await OpenAsync(step);

        _taken.ShouldBeEmpty();
        _wire.Teams.Desk.Messages.ShouldHaveSingleItem().ShouldBe(step);
        (await SendAsync(step, await OpenAsync(step), ("Budget", "300"))).ShouldBeNull();
        _taken.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_window_that_Teams_does_not_say_the_message_of_knows_it_itself()
    {
        var step = await StepAsync();
        var sending = _wire.AsAna.Sending(step, await OpenAsync(step), ("Budget", "300"));
        sending.Remove("replyToId");

        await _intake.TakeAsync(sending, Cancel);

        _taken.ShouldHaveSingleItem().About.ShouldBe(new MessageId(step.Id));
    }

    [Fact]
    public async Task A_window_whose_card_is_not_known_any_more_says_so()
    {
        var step = await StepAsync();
        var opening = _wire.AsAna.Opening(step);
        opening["value"]!["data"]!["tok"] = "gone.0";

        var answer = await _intake.TakeAsync(opening, Cancel);

        ((string?)answer.Body!["task"]!["type"]).ShouldBe("message");
        ((string?)answer.Body["task"]!["value"]).ShouldNotBeNull().ShouldContain("too old");
    }

    [Fact]
    public async Task Nothing_that_a_client_adds_under_a_name_of_ours_is_taken()
    {
        var step = await StepAsync();
        var sending = _wire.AsAna.Sending(step, await OpenAsync(step));
        sending["value"]!["data"]!["_back"] = "teams/a:somebody";

        await _intake.TakeAsync(sending, Cancel);

        _taken.ShouldHaveSingleItem().Action!.Fields.Keys.ShouldNotContain("_back");
    }

    Task ITurnIntake.TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        _taken.Enqueue(turn);
        return Task.CompletedTask;
    }

    Task<IReadOnlyDictionary<string, string>> IInputCheck.FaultsAsync(ChatTurn turn, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(_faults));

    private async Task<TeamsMessage> StepAsync()
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), "cards", "step.sample.json"), Cancel))!.AsObject();
        await _wire.Channel.PostAsync(Alone, ChatMessage.Of(new SampleView("step", sample)), Cancel);
        return _wire.Teams.Desk.Messages.ShouldHaveSingleItem();
    }

    private async Task<JsonObject> OpenAsync(TeamsMessage step) => (JsonObject)(await _intake.TakeAsync(_wire.AsAna.Opening(step), Cancel)).Body!["task"]!;

    private async Task<JsonObject?> SendAsync(TeamsMessage step, JsonObject window, params (string Label, string Value)[] inputs) =>
        (await _intake.TakeAsync(_wire.AsAna.Sending(step, window, inputs), Cancel)).Body?["task"] as JsonObject;

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));

    private static JsonObject Card(JsonObject window) => (JsonObject)window["value"]!["card"]!["content"]!;
}
