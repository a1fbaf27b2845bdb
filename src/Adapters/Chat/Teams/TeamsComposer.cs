using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Adapters.Chat.Teams.Pictures;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>What a message holds, whatever place it goes to.</summary>
/// <param name="Body">An activity without its conversation.</param>
internal sealed record TeamsContent(JsonObject Body, string Words, bool Urgent)
{
    public const string CardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>The same in words, where Teams does not take the card.</summary>
    public TeamsContent InWords() => OfWords(Words, []);

    public static TeamsContent OfWords(string words, IReadOnlyList<(string User, string Name)> calls)
    {
        var called = string.Concat(calls.Select(call => $"{AdaptiveCardRenderer.At(call.Name)} "));
        var body = new JsonObject { ["type"] = "message", ["textFormat"] = "xml", ["text"] = called + TeamsWords.Escape(words) };
        if (calls.Count > 0)
            body["entities"] = new JsonArray([.. calls.Select(call => AdaptiveCardRenderer.Mention(call.User, call.Name))]);

        return new TeamsContent(body, words, Urgent: false);
    }

    public static TeamsContent OfCard(JsonObject card, string words, bool urgent)
    {
        var body = new JsonObject
        {
            ["type"] = "message", ["summary"] = SlackText.Cut(words, 200), ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = CardType, ["content"] = card }),
        };
        if (urgent)
            body["importance"] = "high";

        return new TeamsContent(body, words, urgent);
    }
}

/// <summary>A message of ours as Teams's: the card is kept first, so that a button that is pressed at once is known.</summary>
internal sealed class TeamsComposer(CardTemplates templates, ISlackCardStore cards, MemberNames names, TeamsAudience audience, TeamsPictures pictures)
{
    /// <summary>In characters; Teams takes about 100 KB, and nobody reads it.</summary>
    private const int LongestText = 12_000;

    private static readonly TimeSpan Offered = TimeSpan.FromHours(1);

    public async Task<TeamsContent> ComposeAsync(TeamsPlace place, TeamsReference way, ChatMessage message, CancellationToken cancellationToken)
    {
        var words = SlackText.Cut(names.Name(message.Text), LongestText);
        var calls = await audience.CallsAsync(message, cancellationToken);
        if (message.Card is null && message.QuickReplies.Count == 0)
            return Offering(message, TeamsContent.OfWords(place.IsDirect || IsHeard(place, way) || !Asks(message.Text) ? words : $"{words}\n(Write @{way.BotName} before your answer: Teams shows me only what names me here.)", calls));

        // A button that somebody got hold of does nothing from another conversation than the one that its card stands in.
        var here = place.Whole.Conversation;
        var bound = BoundCard.Of(Bound(message with { Text = SlackText.Cut(message.Text, LongestText) }), here);
        await cards.KeepAsync(bound.Id, bound.Card.ToJsonString(), here, cancellationToken);
        var card = await CardAsync(place, way, bound, look => look with { Calls = calls }, cancellationToken);
        return CardSize.Fits(card) || card.ToJsonString().Length * sizeof(char) < CardSize.Largest
            ? TeamsContent.OfCard(card, words, CardParts.Inside(card).Any(element => (string?)element["type"] == "Container" && (element["style"] as JsonValue)?.ToString() == "attention"))
            : TeamsContent.OfWords(words, calls);
    }

    /// <summary>A file is a link that ends soon; where people cannot reach us, it is said where the file is.</summary>
    private TeamsContent Offering(ChatMessage message, TeamsContent content)
    {
        if (message.Download is not { } file)
            return content;

        var offer = pictures.AddressOf($"/media/{file.File}", Offered) is { } address
            ? $"<a href=\"{TeamsWords.Escape($"{address}&name={file.Name}")}\">{TeamsWords.Escape(file.Name)}</a> (for an hour)"
            : TeamsWords.Escape("Teams cannot reach my files, since Storage:PublicUrl is not set: say the same in the browser chat.");
        content.Body["text"] = $"{content.Body["text"]} {offer}";
        return content;
    }

    /// <summary>A kept card as it looks in a place.</summary>
    public async Task<JsonObject> CardAsync(TeamsPlace place, TeamsReference way, BoundCard bound, Func<CardLook, CardLook> change, CancellationToken cancellationToken)
    {
        var look = new CardLook(way.BotName) { IsShared = !place.IsDirect, IsHeard = IsHeard(place, way), Pictures = pictures.AddressesOf(bound.Card), Charts = pictures.ChartsOf(bound.Card) };
        if (look.IsShared && AdaptiveCardRenderer.IsDecision(bound.Card) && await audience.DecidersAsync(bound.Card, cancellationToken) is { Count: > 0 and <= AdaptiveCardRenderer.MostDeciders } deciders)
            look = look with { Deciders = deciders, MayDecide = false };

        return AdaptiveCardRenderer.Card(names.Name(bound.Card), bound.Id, change(look));
    }

    /// <summary>Whether the decision that a card asks for is theirs to make.</summary>
    public Task<bool> MayDecideAsync(PersonId person, BoundCard bound, CancellationToken cancellationToken) => audience.MayDecideAsync(person, bound.Card, cancellationToken);

    /// <summary>Whether a card asks for a decision that nobody has to make any more.</summary>
    public Task<bool> IsOverAsync(BoundCard bound, CancellationToken cancellationToken) => audience.IsOverAsync(bound.Card, cancellationToken);

    /// <summary>In a channel, where Teams brought us what names nobody: an answer in a thread of ours counts. A group has no threads, and how it is elsewhere says nothing.</summary>
    private static bool IsHeard(TeamsPlace place, TeamsReference way) => place.IsChannel && way.HearsAll == true && way.Place == place.Whole.Conversation;

    /// <summary>Whether an answer is waited for, as far as words tell.</summary>
    private static bool Asks(string text) =>
        text.Contains('?', StringComparison.Ordinal) || text.Contains("say \"", StringComparison.OrdinalIgnoreCase) || text.Contains("reply", StringComparison.OrdinalIgnoreCase) || text.Contains("write \"", StringComparison.OrdinalIgnoreCase);

    private JsonObject Bound(ChatMessage message)
    {
        var card = message.Card is { } view ? templates.Bind(view) : CardParts.OfWords(message.Text);
        BoundCard.AddReplies(card, message.QuickReplies);
        return card;
    }
}
