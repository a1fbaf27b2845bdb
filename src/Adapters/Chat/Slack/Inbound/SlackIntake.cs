using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// Takes what Slack sends, over HTTP or over a socket: whatever asks for an answer is kept as a turn before this returns, so that Slack may
/// be told "received"; the same thing sent again is dropped by its own id.
/// </summary>
internal sealed class SlackIntake(SlackPeople people, PostedCards cards, SlackWindows windows, IConversationStore conversations, ITurnIntake turns)
{
    private const string TooOld = "That button is too old for me to know. Say \"status\", \"incidents\" or \"approvals\" for the present ones; nothing was changed.";
    private const string NoFile = "There is no picture or film on that message. Choose one that has a file.";
    private const string Taken = "I take it for the campaign in our direct message.";
    private const string NoneOpen = "No campaign of yours is in the making now. It waits in our direct message for the one that you begin or go on with there.";
    private const string InDirect = "I answer you in our direct message.";

    /// <summary>How long what stops everything waits for who we are: with what it waits for after that it is less than the three seconds that Slack does.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(0.5);

    private readonly Turnstile _inOrder = new();

    /// <summary>
    /// Once it returns, what was sent is kept; of one channel in the order in which it was sent. Of what comes once whoever did it is told in time that it is not kept, and what to do.
    /// </summary>
    /// <returns>What Slack shows for it at once; null when nothing.</returns>
    public async Task<JsonObject?> TakeAsync(JsonObject payload, CancellationToken cancellationToken)
    {
        var keeping = KeepAsync(payload, cancellationToken);
        if (SentOnce.Of(payload) is not { } once)
            return await keeping;

        if (await Task.WhenAny(keeping, Task.Delay(SentOnce.Longest, cards.Machine, cancellationToken)) != keeping && !cancellationToken.IsCancellationRequested)
        {
            if (SentOnce.Beside(payload, SentOnce.NotYet) is { } beside)
            {
                _ = windows.LookAfterAsync(keeping);
                return beside;
            }

            _ = TellAsync(once, SentOnce.NotYet);
        }

        try
        {
            return await keeping;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            if (SentOnce.Beside(payload, SentOnce.NotKept) is { } beside)
            {
                _ = windows.LookAfterAsync(keeping);
                return beside;
            }

            _ = TellAsync(once, SentOnce.NotKept);
            throw;
        }
    }

    private Task TellAsync(SentOnce once, string says) => windows.TellUnkeptAsync(once, says, people.FindAccessAsync(once.Person.Workspace, CancellationToken.None).WaitAsync(Soon, cards.Machine));

    private async Task<JsonObject?> KeepAsync(JsonObject payload, CancellationToken cancellationToken)
    {
        var workspace = SlackReader.WorkspaceOf(payload);
        if (await UrgentAsync(payload, workspace, cancellationToken) is { } urgent)
        {
            await turns.TakeAsync(urgent.Turn, cancellationToken);
            windows.Heard(SlackPlace.Of(urgent.Turn.Conversation), SlackPeople.Of(urgent.Turn.Person), payload.Word("response_url"));
            return urgent.Answer;
        }

        using var turn = await _inOrder.EnterAsync($"{workspace}/{PlaceOf(payload)}", cancellationToken);
        if (await people.FindAccessAsync(workspace, cancellationToken) is not { } access)
            return null;

        switch (SlackReader.Read(payload, access.Self, cards.Now))
        {
            case SlackNews.Said said:
                if (!said.InOurThread || await conversations.TakesPartAsync(said.Turn.Conversation, cancellationToken))
                    await turns.TakeAsync(said.Turn, cancellationToken);
                break;
            case SlackNews.Pressed pressed:
                // What is pressed on the Home tab is answered in the direct message, which is opened once the press is kept.
                var press = pressed with { Place = await people.KnownAsync(pressed.Place, cancellationToken) };
                windows.Heard(press.Place, press.Person, press.ResponseUrl);
                await PressAsync(access, press, cancellationToken);
                break;
            case SlackNews.Chosen chosen:
                await ChooseAsync(access, chosen, cancellationToken);
                break;
            case SlackNews.HomeOpened opened:
                _ = windows.ShowHomeAsync(access, opened.Person, CancellationToken.None);
                break;
            case SlackNews.Submitted submitted:
                return await SubmitAsync(access, submitted, cancellationToken);
            case SlackNews.Sought sought:
                return await cards.ChoicesAsync(sought, cancellationToken);
            case SlackNews.Uninstalled uninstalled:
                await people.LostAsync(access.Self, uninstalled.Why, cancellationToken);
                break;
            case SlackNews.Shut shut:
                await people.ShutAsync(shut.Channel, shut.Error, cancellationToken);
                break;
            case SlackNews.Opened opened:
                people.Opened(opened.Channel);
                if (opened.IsNew)
                    _ = people.GreetAsync(access, opened.Channel, null, CancellationToken.None);
                break;
            case SlackNews.Met met:
                _ = people.GreetAsync(access, met.Direct, met.Person, CancellationToken.None);
                break;
            case SlackNews.Commanded commanded:
                // A command is typed anywhere, also where we are not and where others read along.
                var command = await InDirectAsync(commanded, cancellationToken);
                windows.Heard(SlackPlace.Of(command.Turn.Conversation), SlackPeople.Of(command.Turn.Person), commanded.ResponseUrl);
                await turns.TakeAsync(command.Turn, cancellationToken);
                return command.Answer;
        }

        return null;
    }

    private sealed record Taking(ChatTurn Turn, JsonObject? Answer = null);

    /// <summary>
    /// What stops everything, said, pressed or typed as the command: it is queued behind nothing that was said in its channel before. Where the database does not say
    /// whether we take part there, we do.
    /// </summary>
    private async Task<Taking?> UrgentAsync(JsonObject payload, string? workspace, CancellationToken cancellationToken)
    {
        if (!SlackReader.MayBeUrgent(payload) || await SelfAsync(payload, workspace, cancellationToken) is not { } self)
            return null;

        switch (SlackReader.Read(payload, self, cards.Now))
        {
            case SlackNews.Said said when TurnDispatcher.WaitsForNobody(said.Turn):
                return !said.InOurThread || await KeptAsync(said.Turn, conversations.TakesPartAsync(said.Turn.Conversation, cancellationToken), otherwise: true, cancellationToken) ? new Taking(said.Turn) : null;
            case SlackNews.Pressed { Order: { } order } pressed:
                var turn = cards.Turn(pressed, order);
                return new Taking(pressed.Place.Person is null ? turn : turn with { Conversation = await DirectAsync(turn, cancellationToken) });
            case SlackNews.Commanded commanded when TurnDispatcher.WaitsForNobody(commanded.Turn):
                return await InDirectAsync(commanded, cancellationToken);
            default:
                return null;
        }
    }

    /// <summary>Who we are there; while nobody says so soon, as Slack tells it along with what it sends.</summary>
    private async Task<SlackSelf?> SelfAsync(JsonObject payload, string? workspace, CancellationToken cancellationToken)
    {
        try
        {
            return (await people.FindAccessAsync(workspace, cancellationToken).WaitAsync(Soon, cards.Machine, cancellationToken))?.Self;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return people.Presumed(workspace, SlackReader.UserOf(payload));
        }
    }

    private async Task<Taking> InDirectAsync(SlackNews.Commanded commanded, CancellationToken cancellationToken) => new(
        commanded.Turn with { Conversation = await DirectAsync(commanded.Turn, cancellationToken) }, new JsonObject { ["response_type"] = "ephemeral", ["text"] = InDirect });

    private async Task<ConversationId> DirectAsync(ChatTurn turn, CancellationToken cancellationToken) =>
        await KeptAsync(turn, people.DirectAsync(turn.Person, cancellationToken), SlackPlace.With(SlackPeople.Of(turn.Person)).Conversation, cancellationToken);

    /// <summary>Of what stops everything a second is waited for, and then it goes on as if the other had been found.</summary>
    private async Task<T> KeptAsync<T>(ChatTurn turn, Task<T> asked, T otherwise, CancellationToken cancellationToken)
    {
        try
        {
            return await TurnDispatcher.KeptAsync(turn, asked, cards.Machine, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException && TurnDispatcher.WaitsForNobody(turn))
        {
            return otherwise;
        }
    }

    /// <summary>Whoever types in a menu waits for nothing that was said.</summary>
    private static string PlaceOf(JsonObject payload) => payload.Word("type") == "block_suggestion"
        ? "menus"
        : payload.Word("event", "channel") ?? payload.Word("channel", "id") ?? payload.Word("channel_id") ?? payload.Word("user", "id") ?? "";

    /// <summary>For the campaign that is made in that thread, when it is theirs; else for the one in their direct message.</summary>
    private async Task ChooseAsync(SlackAccess access, SlackNews.Chosen chosen, CancellationToken cancellationToken)
    {
        var person = SlackPeople.Of(chosen.Turn.Person);
        if (chosen is { On: { } empty, Turn.Files.IsEmpty: true })
        {
            _ = windows.WhisperAsync(access, empty, person, NoFile, CancellationToken.None);
            return;
        }

        var here = chosen.On is null ? null : await conversations.FindAsync(chosen.Turn.Conversation, cancellationToken);
        if (here is { OpenDraft: not null } && here.Person == chosen.Turn.Person)
        {
            await turns.TakeAsync(chosen.Turn, cancellationToken);
            return;
        }

        var direct = await people.DirectAsync(chosen.Turn.Person, cancellationToken);
        await turns.TakeAsync(chosen.Turn with { Conversation = direct }, cancellationToken);
        if (chosen.On is { } place && place.Conversation != direct)
            _ = windows.WhisperAsync(access, place, person, await IsOneOpenAsync(chosen.Turn, direct, cancellationToken) ? Taken : NoneOpen, CancellationToken.None);
    }

    private async Task<bool> IsOneOpenAsync(ChatTurn turn, ConversationId direct, CancellationToken cancellationToken) =>
        await conversations.FindAsync(direct, cancellationToken) is { OpenDraft: not null } state && state.Person == turn.Person;

    private async Task<JsonObject?> SubmitAsync(SlackAccess access, SlackNews.Submitted submitted, CancellationToken cancellationToken)
    {
        if (await cards.TurnAsync(submitted, cancellationToken) is not { } filledIn)
        {
            _ = windows.WhisperAsync(access, submitted.Callback.Place, submitted.Person, TooOld, CancellationToken.None);
            return null;
        }

        if (await cards.FaultsAsync(submitted, filledIn, cancellationToken) is { } faults)
            return faults;

        await turns.TakeAsync(filledIn, cancellationToken);
        return null;
    }

    private async Task PressAsync(SlackAccess access, SlackNews.Pressed pressed, CancellationToken cancellationToken)
    {
        if (await cards.FindAsync(pressed.Token, cancellationToken) is not { } shown)
            _ = windows.WhisperAsync(access, pressed.Place, pressed.Person, TooOld, CancellationToken.None);
        else if (IsOfDraft(shown.Action) && await OwnerAsync(cards.Turn(pressed, shown.Action).Conversation, cancellationToken) is { } owner && owner != SlackPeople.PersonOf(pressed.Person))
            _ = windows.WhisperAsync(access, pressed.Place, pressed.Person, $"A campaign of {owner.Name} is in the making here, and only {owner.Name}'s answers count. To make one of your own, say \"new campaign\" in a message of its own.", CancellationToken.None);
        else if (BlockKitRenderer.Window(shown.Card, shown.Id, shown.Action, PostedCards.Callback(pressed)) is { } window)
            await OpenAsync(access, pressed, shown.Action.Kind() == "Action.ShowCard" ? shown.Action.Text("title") : Buttons.FillIn, window, cancellationToken);
        else
            await turns.TakeAsync(cards.Turn(pressed, shown.Action), cancellationToken);
    }

    /// <summary>It is of the wizard, or opens a card of which an action is.</summary>
    private static bool IsOfDraft(JsonObject action) => new CardActions(action).Any(one => one.Text("verb").StartsWith("wizard.", StringComparison.Ordinal));

    /// <summary>Whose answers count in a conversation; null where nobody's do alone, and while the database does not say in time: a window does not wait for it.</summary>
    private async Task<PersonId?> OwnerAsync(ConversationId place, CancellationToken cancellationToken)
    {
        try
        {
            return await conversations.FindAsync(place, cancellationToken).WaitAsync(Soon, cards.Machine, cancellationToken) is { OpenDraft: not null } state ? state.Person : null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Kept, and opened while Slack is told that it arrived. What is not kept in time is opened all the same, and Slack is told once it is open or the person knows that it is not.</summary>
    private async Task OpenAsync(SlackAccess access, SlackNews.Pressed pressed, string button, JsonObject window, CancellationToken cancellationToken)
    {
        var isKept = await windows.AwaitAsync(pressed, button, cancellationToken);
        var opening = windows.OpenAsync(access, pressed, window, CancellationToken.None);
        if (!isKept)
            await opening;
    }
}
