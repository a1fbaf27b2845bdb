using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;

/// <summary>
/// Windows in which a card with several inputs is filled in. What is wrong is said beside its input and the window stays open with everything that was entered;
/// what is right is kept as a turn before the window closes.
/// </summary>
internal sealed class TeamsWindows(PostedCards cards, MemberNames names, ITurnIntake turns)
{
    /// <summary>Null when its card is not kept any more, or asks for nothing.</summary>
    public async Task<TeamsAnswer?> OpenAsync(TeamsNews.Pressed by, CancellationToken cancellationToken) =>
        await FindAsync(by, cancellationToken) is { } shown ? Shown(by, shown, new Dictionary<string, string>()) : null;

    /// <summary>Null when its card is not kept any more.</summary>
    public async Task<TeamsAnswer?> SendAsync(TeamsNews.Pressed by, ChatTurn? turn, CancellationToken cancellationToken)
    {
        if (turn is null || await FindAsync(by, cancellationToken) is not { } shown)
            return null;

        if (await cards.FaultsAsync(turn, cancellationToken) is { Count: > 0 } faults)
            return Shown(by, shown, faults);

        await turns.TakeAsync(turn, cancellationToken);
        return TeamsAnswer.Received;
    }

    /// <summary>Instead of a window, why there is none.</summary>
    public static TeamsAnswer Saying(string says) => new(200, new JsonObject { ["task"] = new JsonObject { ["type"] = "message", ["value"] = says } });

    private async Task<PostedCards.Shown?> FindAsync(TeamsNews.Pressed by, CancellationToken cancellationToken) =>
        await cards.FindAsync(by.Token, cancellationToken) is { } shown && shown.Action.TakesInputs() && WindowCard.Ending(shown.Card) is not null ? shown : null;

    private TeamsAnswer Shown(TeamsNews.Pressed by, PostedCards.Shown shown, IReadOnlyDictionary<string, string> faults)
    {
        var card = WindowCard.Of(names.Name(shown.Card), shown.Action, by.Token, by.Message, by.Fields, faults);
        return new TeamsAnswer(200, new JsonObject
        {
            ["task"] = new JsonObject
            {
                ["type"] = "continue",
                ["value"] = new JsonObject
                {
                    ["title"] = WindowCard.TitleOf(shown.Card), ["height"] = "large", ["width"] = "medium",
                    ["card"] = new JsonObject { ["contentType"] = TeamsContent.CardType, ["content"] = card },
                },
            },
        });
    }
}
