using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Setup;

/// <summary>A test of the way that an emergency takes. It is no incident: no list, figure or rule knows of it.</summary>
/// <param name="Conversation">Where it was asked for, and its end is told.</param>
/// <param name="At">Machine time.</param>
public sealed record TestEmergency(string Id, PersonId By, ConversationId Conversation, DateTimeOffset At)
{
    public PersonId? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Nobody acknowledged it in time, and that was told.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Its end was told where it was asked for.</summary>
    public bool IsTold { get; init; }
}

/// <summary>Sends a test emergency to whoever is on call and tells whoever asked for it who answered, how soon, or that nobody did.</summary>
public sealed class TestDesk(ISettingsStore settings, Audience audience, ChatDesk chat, TimeProvider machine)
{
    /// <summary>How long an answer is waited for: 10 minutes of people's time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private const string Setting = "test-emergency";

    private readonly Turnstile _one = new();

    private static string Subject(TestEmergency test) => $"test/{test.Id}";

    /// <summary>Calls everybody whom an emergency of these accounts would call.</summary>
    public Task SendAsync(TurnContext turn, IReadOnlyList<AdAccountId> of, CancellationToken cancellationToken) => SendAsync(turn, of, "back", cancellationToken);

    /// <param name="remedy">What is said to put right what keeps it from people.</param>
    public async Task SendAsync(TurnContext turn, IReadOnlyList<AdAccountId> of, string remedy, CancellationToken cancellationToken)
    {
        var (called, places) = await audience.OfEmergencyAsync(turn.Person.Workspace, of, cancellationToken);
        if (places.Count == 0)
        {
            await turn.SayAsync($"Nobody would be called: there is no incidents channel, and nobody on call can be reached. Say \"{remedy}\" and name somebody first.", cancellationToken);
            return;
        }

        var test = new TestEmergency(Guid.NewGuid().ToString("N"), turn.Person.Id, turn.Conversation, machine.GetUtcNow());
        using (await _one.EnterAsync(Setting, cancellationToken))
        {
            var before = await FindAsync(cancellationToken);
            await KeepAsync(test, turn.Person.Id, $"sent a test emergency to {string.Join(", ", places)}", cancellationToken);
            if (before is { IsTold: false })
                await TryAsync(() => chat.AnnounceToAllAsync(Subject(before), CardOf(before, "Another test was sent after this one", isOver: true), cancellationToken));
        }

        var faults = (await Task.WhenAll(places.Select(place => PostAsync(test, place, called, cancellationToken)))).OfType<string>().ToList();
        await turn.SayAsync(Sent(called, places, faults, remedy), cancellationToken);
    }

    private static string Sent(IReadOnlyList<PersonId> called, IReadOnlyList<ConversationId> places, List<string> faults, string remedy) => faults.Count < places.Count
        ? $"The test emergency is out: it calls {string.Join(", ", called)}. Whoever it reaches presses Ack; I say here who did and how soon.{(faults.Count > 0 ? $" It could not be shown everywhere: {string.Join("; ", faults)}." : "")}"
        : $"The test emergency could be shown nowhere: {string.Join("; ", faults)}. A real one would not have reached anybody in the chat. Say \"{remedy}\" and put that right.";

    private async Task<string?> PostAsync(TestEmergency test, ConversationId place, IReadOnlyList<PersonId> called, CancellationToken cancellationToken)
    {
        try
        {
            var calls = chat.IsShared(place) ? called : [];
            await chat.AnnounceAsync(place, Subject(test), CardOf(test, $"On call: {string.Join(", ", called)}") with { Calls = calls }, cancellationToken);
            return null;
        }
        catch (ClosedPlaceException closed)
        {
            return $"{closed.Place}: {closed.Why}";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return $"{place} did not take it";
        }
    }

    /// <summary>"ack", typed where a test is shown that nobody acknowledged yet.</summary>
    public async Task<bool> TryAckHereAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { AcknowledgedBy: null } test)
            return false;

        var shown = await turn.Chat.ShownInAsync(Subject(test), turn.Conversation, cancellationToken);
        if (shown)
            await AckAsync(turn, test.Id, cancellationToken);

        return shown;
    }

    /// <summary>The first to press it is the one who was reached.</summary>
    public async Task AckAsync(TurnContext turn, string id, CancellationToken cancellationToken)
    {
        if (!turn.Person.MaySomewhere(Permission.Respond))
        {
            await turn.SayAsync($"{RoleTable.Refusal(Permission.Respond, "acknowledge an emergency", turn.Person)} The test goes on.", cancellationToken);
            return;
        }

        TestEmergency test;
        using (await _one.EnterAsync(Setting, cancellationToken))
        {
            if (await FindAsync(cancellationToken) is not { } last || last.Id != id)
            {
                await turn.SayAsync("That test is over; nothing was changed.", cancellationToken);
                return;
            }

            if (last.AcknowledgedBy is { } first)
            {
                await turn.SayAsync($"{(turn.Person.Is(first) ? "You" : first.Name)} acknowledged the test {Soon(last)}; nothing was changed.", cancellationToken);
                return;
            }

            test = last with { AcknowledgedBy = turn.Person.Id, AcknowledgedAt = machine.GetUtcNow() };
            await KeepAsync(test, turn.Person.Id, $"acknowledged the test emergency {Soon(test)}", cancellationToken);
        }

        await TryAsync(() => chat.AnnounceToAllAsync(Subject(test), CardOf(test, Acknowledged(test)), cancellationToken));
        if (turn.Conversation != test.Conversation)
            await turn.SayAsync($"Thank you, it reached you {Soon(test)}. It was a test: nothing else is to be done.", cancellationToken);

        await LookAsync(cancellationToken);
    }

    /// <summary>Tells the end of a test where it was asked for: who acknowledged it, or that nobody did. Once, also over a restart.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        if (await FindAsync(cancellationToken) is not { IsTold: false } test)
            return;

        if (test.AcknowledgedBy is not null)
        {
            await chat.AnnounceAsync(test.Conversation, $"{Subject(test)}/end", new ChatMessage($"{Acknowledged(test)}. {(test.IsOverdue ? "That is late for an emergency." : "An emergency reaches you this way.")}"), cancellationToken);
            await settings.SetAsync(WorkspaceId.Local, Setting, test with { IsTold = true }, cancellationToken);
        }
        else if (!test.IsOverdue && machine.GetUtcNow() - test.At >= Patience)
        {
            await chat.AnnounceAsync(test.Conversation, $"{Subject(test)}/late", new ChatMessage(Late), cancellationToken);
            await TryAsync(() => chat.AnnounceToAllAsync(Subject(test), CardOf(test, "Nobody acknowledged it in 10 minutes"), cancellationToken));
            await settings.SetAsync(WorkspaceId.Local, Setting, test with { IsOverdue = true }, cancellationToken);
        }
    }

    private const string Late =
        "Nobody acknowledged the test emergency in 10 minutes; a real one would have called every Admin by now. Look whether the people on call are the right ones and are awake (\"setup\"), "
        + "whether I am in the incidents channel (\"/invite @campaigns\" on Slack), whether they muted it or me, and whether they may acknowledge (\"who am i\" says so: it needs On-call or Admin). Then send another test.";

    private static string Acknowledged(TestEmergency test) => $"{test.AcknowledgedBy!.Value.Name} acknowledged the test {Soon(test)}";

    private static string Soon(TestEmergency test) => $"after {Ages.Of(test.AcknowledgedAt!.Value - test.At)}";

    private static ChatMessage CardOf(TestEmergency test, string standing, bool isOver = false) =>
        ChatMessage.Of(new TestEmergencyCard(test.By.Name, $"{standing}.", isOver || test.AcknowledgedBy is not null ? "" : test.Id));

    private Task<TestEmergency?> FindAsync(CancellationToken cancellationToken) => settings.FindAsync<TestEmergency>(WorkspaceId.Local, Setting, cancellationToken);

    private Task KeepAsync(TestEmergency test, PersonId by, string says, CancellationToken cancellationToken) =>
        settings.SetAsync(WorkspaceId.Local, Setting, test, new AuditEntry(WorkspaceId.Local, null, null, by, "test", says, new JsonObject { ["test"] = test.Id }), cancellationToken);

    /// <summary>A card that cannot be brought up to date holds nobody up: its button says how things stand.</summary>
    private static async Task TryAsync(Func<Task> show)
    {
        try
        {
            await show();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Said above.
        }
    }
}
