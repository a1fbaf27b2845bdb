using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>
/// What Teams takes: 28 KB of a card are comfortable, 80 KB are the end. A larger one loses what it can do without, from its end: details and words first, its buttons
/// last, and says how the rest is had; never a button of the row at its end, and never everything.
/// </summary>
internal static class CardSize
{
    /// <summary>In bytes of the card as JSON.</summary>
    public const int Comfortable = 28 * 1024;

    /// <summary>As Teams counts it, two bytes for each sign.</summary>
    public const int Largest = 80 * 1024;

    /// <summary>In characters.</summary>
    private const int LongestFallback = 500;

    /// <summary>In characters, of one part of a card that is too large; what calls people is shorter.</summary>
    private const int LongestWords = 1_000;

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
        while (!Fits(card) && TryLose(body))
        {
            // One part after the other.
        }

        return card;
    }

    /// <summary>From its end, what can be done without: long lists and words, then whole parts without a button, and those with one when nothing else is left.</summary>
    private static bool TryLose(JsonArray body)
    {
        var parts = body.OfType<JsonObject>().SkipLast(1).Reverse().ToList();
        foreach (var part in parts)
        {
            if (TryShorten(part))
                return true;

            if (!Acts(part))
                return body.Remove(part);
        }

        return parts.Count > 0 && body.Remove(parts[0]);
    }

    private static bool Acts(JsonNode? part) => part is JsonObject element && CardParts.Inside(element).Any(inner => inner.IsInput() || inner.Kind().StartsWith("Action", StringComparison.Ordinal));

    /// <summary>Takes the last half out of the longest list in it but for buttons, else the end off long words; false when there is none left to shorten.</summary>
    private static bool TryShorten(JsonObject element)
    {
        var list = CardParts.Inside(element)
            .SelectMany(inner => new[] { inner["items"], inner["facts"] })
            .OfType<JsonArray>()
            .Where(items => items.Count > 1 && items.Any(item => !Acts(item)))
            .MaxBy(items => items.Count);
        if (list is not null)
        {
            foreach (var item in list.Where(item => !Acts(item)).TakeLast(list.Count - (list.Count / 2)).ToList())
                list.Remove(item);

            return true;
        }

        if (CardParts.Inside(element).FirstOrDefault(inner => SlackText.Cut(inner.Text("text"), LongestWords) != inner.Text("text")) is not { } longer)
            return false;

        longer["text"] = SlackText.Cut(longer.Text("text"), LongestWords);
        return true;
    }
}
