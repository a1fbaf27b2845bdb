using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>
/// A card that asks for several things, in a window of its own (which Teams calls a dialog): its inputs, what is wrong beside each, and one button that sends
/// them. The card itself stays as it is, so that a window that is lost loses nothing.
/// </summary>
internal static class WindowCard
{
    /// <summary>The field of a window's data that names the message that it was opened from.</summary>
    public const string Message = "_on";

    public const string Title = "Fill in…";

    private const int LongestTitle = 80;

    /// <summary>The first action of a card with several inputs that sends them; null when the card needs no window.</summary>
    public static JsonObject? Ending(JsonObject card) =>
        card.Inputs().Skip(1).Any() ? card.Children("actions").FirstOrDefault(action => action.Kind() == "Action.Execute" && action.TakesInputs()) : null;

    /// <summary>Asks Teams to fetch the window. Only this kind of button does.</summary>
    public static JsonObject Opener(string token) => new()
    {
        ["type"] = "Action.Submit",
        ["title"] = Title,
        ["data"] = new JsonObject { [AdaptiveCardRenderer.Token] = token, ["msteams"] = new JsonObject { ["type"] = "task/fetch" } },
        ["associatedInputs"] = "none",
    };

    /// <summary>"Step 4 of 7: Targeting".</summary>
    public static string TitleOf(JsonObject card) => SlackText.Cut(card.Text("fallbackText"), LongestTitle);

    /// <param name="token">The action that is carried out with what is filled in.</param>
    /// <param name="from">The message that the window was opened from.</param>
    /// <param name="entered">What stands in the inputs; of one that is not here what the card has.</param>
    /// <param name="faults">What is wrong, by the id of its input.</param>
    public static JsonObject Of(
        JsonObject bound, JsonObject ending, string token, string? from, IReadOnlyDictionary<string, string> entered, IReadOnlyDictionary<string, string> faults)
    {
        var card = (JsonObject)bound.DeepClone();
        card["version"] = AdaptiveCardRenderer.Version;
        foreach (var element in CardParts.Inside(card["body"]).Where(element => element.Kind() is "ActionSet" or "Image").ToList())
            CardParts.Remove(element);

        var unsaid = new Dictionary<string, string>(faults);
        foreach (var input in CardParts.Inside(card["body"]).Where(element => element.IsInput()).ToList())
        {
            if (entered.TryGetValue(input.Text("id"), out var value))
                input["value"] = value;

            if (unsaid.Remove(input.Text("id"), out var wrong) && input.Parent is JsonArray around)
                around.Insert(around.IndexOf(input) + 1, Wrong(wrong));
        }

        var body = card["body"] as JsonArray ?? [];
        foreach (var wrong in unsaid.Values)
            body.Insert(0, Wrong(wrong));

        var data = new JsonObject { [AdaptiveCardRenderer.Token] = token };
        if (from is not null)
            data[Message] = from;

        card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.Submit", ["title"] = ending.Text("title"), ["data"] = data });
        return card;
    }

    private static JsonObject Wrong(string says) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "None",
        ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = $"⚠ {says}", ["color"] = "attention" }),
    };
}
