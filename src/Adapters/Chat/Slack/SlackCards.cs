using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>The cards that were posted, by id: a button on Slack carries the id and a number, and what it does is looked up here.</summary>
internal interface ISlackCardStore
{
    /// <param name="direct">The one conversation that it may be pressed in; null where it may be pressed wherever it is shown.</param>
    Task KeepAsync(string id, string card, ConversationId? direct, CancellationToken cancellationToken);

    /// <summary>Null when it is not known, or older than what is kept.</summary>
    Task<string?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The one conversation that it may be pressed in; null where it may be wherever it is shown.</summary>
    Task<ConversationId?> AloneAsync(string id, CancellationToken cancellationToken) => Task.FromResult<ConversationId?>(null);
}

/// <summary>A card as it was bound, with the id that its buttons carry. The same card has the same id, wherever it is posted.</summary>
internal sealed record BoundCard(string Id, JsonObject Card)
{
    private const int IdLength = 22;

    /// <param name="place">A conversation, in which alone the id stands for the card; null where it does wherever the card is posted.</param>
    public static BoundCard Of(JsonObject card, ConversationId? place = null)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{place?.Value}{card.ToJsonString()}"));
        return new BoundCard(Convert.ToHexStringLower(hash)[..IdLength], card);
    }

    /// <summary>Words as a card of their own, so that every button goes the same way.</summary>
    public static JsonObject OfWords(string text) => new()
    {
        ["type"] = "AdaptiveCard",
        ["fallbackText"] = text,
        ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true }),
    };

    public static void AddReplies(JsonObject card, IReadOnlyList<QuickReply> replies)
    {
        if (replies.Count == 0)
            return;

        var actions = card["actions"] as JsonArray ?? [];
        foreach (var reply in replies)
        {
            actions.Add(new JsonObject
            {
                ["type"] = "Action.Execute",
                ["title"] = reply.Label,
                ["verb"] = "say",
                ["data"] = new JsonObject { ["_target"] = reply.Says },
                ["associatedInputs"] = "none",
            });
        }

        if (actions.Parent is null)
            card["actions"] = actions;
    }
}
