using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>
/// What Teams takes: 28 KB of a card are comfortable, 80 KB are the end. A larger one loses what it can do without, then its last parts, and says how the rest is
/// had; never a button of the row at its end, and never everything.
/// </summary>
internal static class CardSize
{
    /// <summary>In bytes of the card as JSON.</summary>
    public const int Comfortable = 28 * 1024;

    /// <summary>As Teams counts it, two bytes for each sign.</summary>
    public const int Largest = 80 * 1024;

    /// <summary>In characters.</summary>
    private const int LongestFallback = 500;

    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Fits(JsonObject card)
    {
        var text = card.ToJsonString(Wire);
        return Encoding.UTF8.GetByteCount(text) <= Comfortable && text.Length * sizeof(char) <= Largest;
    }

    /// <summary>The same card where it fits.</summary>
    public static JsonObject Fitted(JsonObject card, string botName)
    {
        if (Fits(card))
            return card;

        // Only hosts that are older than what we ask for need these.
        foreach (var action in CardParts.Inside(card).Where(element => element.Kind() == "Action.Execute").ToList())
            action.Remove("fallback");

        if (card["fallbackText"] is JsonValue fallback)
            card["fallbackText"] = SlackText.Cut(fallback.ToString(), LongestFallback);

        if (Fits(card) || card["body"] is not JsonArray body)
            return card;

        body.Add(CardParts.Line($"There is more of it than Teams shows at once. Ask for one thing at a time, such as \"@{botName} status c1\".", isSubtle: true));
        while (!Fits(card) && body.Count > 1)
        {
            var last = (JsonObject)body[^2]!;
            if (!TryShorten(last))
                body.RemoveAt(body.Count - 2);
        }

        return card;
    }

    /// <summary>Takes the last half out of the longest list in it; false when there is none left to shorten.</summary>
    private static bool TryShorten(JsonObject element)
    {
        var list = CardParts.Inside(element)
            .SelectMany(inner => new[] { inner["items"], inner["facts"] })
            .OfType<JsonArray>()
            .MaxBy(items => items.Count);
        if (list is not { Count: > 1 })
            return false;

        for (var keep = list.Count / 2; list.Count > keep;)
            list.RemoveAt(list.Count - 1);

        return true;
    }
}
