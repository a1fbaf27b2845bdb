using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>
/// Buttons. What was pressed is kept as a turn first; then its answer is waited for as long as Teams is patient, and where it takes longer the card says so and
/// is shown anew when it is there.
/// </summary>
internal sealed class TeamsPresses(PostedCards cards, TeamsAnswers answers, ShownCards shown, TeamsWindows windows, ITurnIntake turns)
{
    private const string TooOld = "That button is too old for me to know. Say \"status\", \"incidents\" or \"approvals\" for the present ones; nothing was changed.";
    private const string OnItsWay = "Working on it; the answer comes in a moment.";
    private const string InDirect = "I have written to you in our chat with each other: drop the files there.";
    private const string NoDirect = "I cannot write to you alone yet: open a chat with me in Teams, write \"drafts\" there, continue this one and drop the files.";
    private const string FilesEnding = $".{AdaptiveCardRenderer.FilesToken}";

    /// <summary>Teams shows an error when the whole of it takes much longer than two seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.2);

    /// <summary>What takes longer than this is answered by another message, or with none.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    public async Task<TeamsAnswer> PressAsync(TeamsNews.Pressed pressed, CancellationToken cancellationToken)
    {
        if (pressed.Token.EndsWith(FilesEnding, StringComparison.Ordinal))
            return await HandOverAsync(pressed, cancellationToken);

        if (await FindAsync(pressed, cancellationToken) is not { } card)
            return await OldAsync(pressed.Person, pressed.Waits);

        var message = pressed.Message is { } id ? new MessageId(id) : (MessageId?)null;
        var next = pressed.Waits && message is { } about ? shown.NextAsync(pressed.Place, about) : null;
        var told = shown.ToldAsync(pressed.Place, pressed.Person);
        await turns.TakeAsync(TurnOf(pressed, card.Action), cancellationToken);
        if (next is null || message is not { } edited)
            return pressed.Waits ? TeamsAnswer.Notice(OnItsWay) : TeamsAnswer.Received;

        try
        {
            // What that person alone is told leaves the card as it is.
            return await Task.WhenAny(next, told).WaitAsync(Patience, cards.Machine, cancellationToken) == told
                ? TeamsAnswer.Notice(await told)
                : TeamsAnswers.Of(await next);
        }
        catch (TimeoutException)
        {
            // Brought again, or pressed where an older look stood, it gets what stands there now, and no button comes back.
            if (shown.InPlaceOf(card.Id, pressed.Place, edited) is { } standing)
                return TeamsAnswers.Of(standing);

            var bound = new BoundCard(card.Id, card.Card);
            if (await answers.FindOverAsync(bound, cancellationToken) is { } over)
                return over;

            _ = LaterAsync(pressed.Place, edited, bound, next);
            return await answers.WorkingAsync(pressed.Place, bound, cancellationToken);
        }
    }

    /// <summary>The window in which a card is filled in.</summary>
    public async Task<TeamsAnswer> OpenAsync(TeamsNews.Pressed by, CancellationToken cancellationToken) =>
        (await FindAsync(by, cancellationToken) is null ? null : await windows.OpenAsync(by, cancellationToken)) ?? TeamsWindows.Saying(TooOld);

    /// <summary>What was filled in: kept, or what is wrong with it beside each input.</summary>
    public async Task<TeamsAnswer> SendAsync(TeamsNews.Pressed by, CancellationToken cancellationToken) =>
        await windows.SendAsync(by, await FindAsync(by, cancellationToken) is { } card ? TurnOf(by, card.Action) : null, cancellationToken) ?? TeamsWindows.Saying(TooOld);

    /// <summary>Changes nothing, whoever asks and however often.</summary>
    public async Task<TeamsAnswer> LookAsync(TeamsNews.Looked looked, CancellationToken cancellationToken) =>
        await FindAsync($"{looked.Card}.0", looked.Place, cancellationToken) is { } card
            ? await answers.LookAsync(looked.Place, looked.Person, new BoundCard(card.Id, card.Card), cancellationToken)
            : TeamsAnswer.Notice(TooOld);

    private async Task LaterAsync(TeamsPlace place, MessageId message, BoundCard card, Task<JsonObject> next)
    {
        try
        {
            await next.WaitAsync(Longest, cards.Machine, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await answers.PutBackAsync(place, message, card, next, CancellationToken.None);
        }
    }

    /// <summary>The draft that the step belongs to goes on where files can be dropped.</summary>
    private async Task<TeamsAnswer> HandOverAsync(TeamsNews.Pressed pressed, CancellationToken cancellationToken)
    {
        var card = pressed.Token[..^FilesEnding.Length];
        if (await FindAsync($"{card}.0", pressed.Place, cancellationToken) is not { } step || TargetOf(step.Card) is not { } draft)
            return await OldAsync(pressed.Person, pressed.Waits);

        if (await answers.FindDirectAsync(pressed.Person, cancellationToken) is not { } direct)
            return !pressed.Waits ? TeamsAnswer.Received : answers.Upload(pressed.Place, pressed.Person, card, new DraftId(draft)) ?? TeamsAnswer.Notice(NoDirect);

        var goOn = new ChatAction("do.continue", ImmutableDictionary<string, string>.Empty.Add("_target", draft).Add("_back", pressed.Place.Conversation.Value));
        await turns.TakeAsync(new ChatTurn(pressed.Id, direct, pressed.Person, null, [], goOn, cards.Now), cancellationToken);
        return pressed.Waits ? TeamsAnswer.Notice(InDirect) : TeamsAnswer.Received;
    }

    private Task<PostedCards.Shown?> FindAsync(TeamsNews.Pressed pressed, CancellationToken cancellationToken) => FindAsync(pressed.Token, pressed.Place, cancellationToken);

    /// <summary>A card is known in the conversation that it was posted in and nowhere else.</summary>
    private async Task<PostedCards.Shown?> FindAsync(string token, TeamsPlace place, CancellationToken cancellationToken) =>
        await cards.FindAsync(token, cancellationToken) is { } card && (await cards.AloneAsync(card.Id, cancellationToken) is not { } alone || alone == place.Whole.Conversation) ? card : null;

    private async Task<TeamsAnswer> OldAsync(PersonId person, bool waits)
    {
        if (waits)
            return TeamsAnswer.Notice(TooOld);

        await answers.TellAsync(person, TooOld, CancellationToken.None);
        return TeamsAnswer.Received;
    }

    private static string? TargetOf(JsonObject card) => CardParts.Inside(card)
        .Where(element => element.Text("verb") == "wizard.done")
        .Select(element => (element["data"] as JsonObject)?.Text("_target"))
        .FirstOrDefault(target => target is { Length: > 0 });

    private ChatTurn TurnOf(TeamsNews.Pressed pressed, JsonObject action)
    {
        var fields = action.TakesInputs() ? pressed.Fields : ImmutableDictionary<string, string>.Empty;
        foreach (var (name, value) in action["data"] as JsonObject ?? [])
            fields = fields.SetItem(name, value is JsonValue text && text.TryGetValue(out string? word) ? word : value?.ToJsonString() ?? "");

        return new ChatTurn(
            pressed.Id, pressed.Place.Conversation, pressed.Person, null, [], new ChatAction(action.Text("verb"), fields), cards.Now,
            pressed.Message is { } message ? new MessageId(message) : null);
    }
}
