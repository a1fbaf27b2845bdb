using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>What a request is answered with.</summary>
internal sealed record TeamsAnswer(int Status, JsonObject? Body = null)
{
    public static readonly TeamsAnswer Received = new(200);

    /// <summary>We know no question of that name: what the makers of bots answer.</summary>
    public static readonly TeamsAnswer Unknown = new(501);

    /// <summary>Shown in the place of the card, to whoever pressed it alone.</summary>
    public static TeamsAnswer Card(JsonObject card) =>
        new(200, new JsonObject { ["statusCode"] = 200, ["type"] = TeamsContent.CardType, ["value"] = card.DeepClone() });

    /// <summary>Shown for a moment; the card stays.</summary>
    public static TeamsAnswer Notice(string says) =>
        new(200, new JsonObject { ["statusCode"] = 200, ["type"] = "application/vnd.microsoft.activity.message", ["value"] = says });
}

/// <summary>How a card that somebody pressed or looks at is shown to them.</summary>
internal sealed partial class TeamsAnswers(TeamsPeople people, TeamsComposer composer, TeamsPosts posts, UploadPasses passes, ILogger<TeamsAnswers> log)
{
    private const string OwnPage =
        "I cannot write to you alone, so the files have another way: a page of mine, for you and this campaign, for half an hour. Drop them there; it goes on here, in this thread.";

    private const string Over = "That request waits no more: its card shows what became of it, and \"approvals\" what still waits.";

    /// <summary>The conversation that somebody has with us alone, opened where it is not yet: what they say there comes by that name. Null when it cannot be.</summary>
    public async Task<ConversationId?> FindDirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            return (await people.ReachAsync(TeamsPlace.Of(await people.DirectAsync(person, cancellationToken)), cancellationToken)).Conversation;
        }
        catch (Exception fault) when (fault is ConnectorException or ClosedPlaceException)
        {
            NotShown(fault);
            return null;
        }
    }

    /// <summary>The way to our page for files, for whoever pressed and for nobody else; null where it cannot be reached.</summary>
    public TeamsAnswer? Upload(TeamsPlace place, PersonId person, string card, DraftId draft)
    {
        if (passes.AddressFor(person, place.Conversation, draft) is not { } address)
            return null;

        var offer = CardParts.OfWords(OwnPage);
        offer["actions"] = new JsonArray(
            new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open the page for files", ["url"] = address }, CardParts.Button("Show it again", AdaptiveCardRenderer.LookVerb, card, takesInputs: false));
        return TeamsAnswer.Card(offer);
    }

    /// <summary>As it looks for that person.</summary>
    public async Task<TeamsAnswer> LookAsync(TeamsPlace place, PersonId person, BoundCard card, CancellationToken cancellationToken)
    {
        if (await FindOverAsync(card, cancellationToken) is { } over)
            return over;

        var may = await composer.MayDecideAsync(person, card, cancellationToken);
        return TeamsAnswer.Card(await composer.CardAsync(place, await people.WayAsync(place, cancellationToken), card, look => look with { MayDecide = look.MayDecide || may }, cancellationToken));
    }

    /// <summary>What is said in the place of a card that asks for a decision which nobody has to make any more; null for every other one.</summary>
    public async Task<TeamsAnswer?> FindOverAsync(BoundCard card, CancellationToken cancellationToken) =>
        await composer.IsOverAsync(card, cancellationToken) ? TeamsAnswer.Notice(Over) : null;

    /// <summary>That it was pressed, and no button that could be pressed again.</summary>
    public async Task<TeamsAnswer> WorkingAsync(TeamsPlace place, BoundCard card, CancellationToken cancellationToken) =>
        TeamsAnswer.Card(await composer.CardAsync(place, await people.WayAsync(place, cancellationToken), card, look => look with { IsWorking = true }, cancellationToken));

    /// <summary>What the message was edited to.</summary>
    public static TeamsAnswer Of(JsonObject activity) =>
        activity["attachments"] is JsonArray and [JsonObject attachment, ..] && attachment["content"] is JsonObject card ? TeamsAnswer.Card(card) : TeamsAnswer.Notice("Done.");

    /// <summary>Shows the card as it was, to everybody, unless something else is shown there meanwhile, or is about to be since it was decided.</summary>
    public async Task PutBackAsync(TeamsPlace place, MessageId message, BoundCard card, Task<JsonObject> next, CancellationToken cancellationToken)
    {
        try
        {
            if (await composer.IsOverAsync(card, cancellationToken))
                return;

            var way = await people.WayAsync(place, cancellationToken);
            var words = (string?)card.Card["fallbackText"] ?? "";
            var content = TeamsContent.OfCard(await composer.CardAsync(place, way, card, look => look, cancellationToken), words, urgent: false);
            await posts.PutBackAsync(place, way, message, content, next, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotShown(fault);
        }
    }

    /// <summary>Says something to one person alone. One that cannot be told is logged: it holds nothing that is not shown elsewhere.</summary>
    public async Task TellAsync(PersonId person, string says, CancellationToken cancellationToken)
    {
        try
        {
            var place = await people.ReachAsync(TeamsPlace.Of(await people.DirectAsync(person, cancellationToken)), cancellationToken);
            await posts.PostAsync(place, await people.WayAsync(place, cancellationToken), TeamsContent.OfWords(says, []), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotShown(fault);
        }
    }

    [LoggerMessage(EventId = 474, Level = LogLevel.Warning, Message = "Somebody was not shown something on Teams.")]
    private partial void NotShown(Exception fault);
}
