using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Cards;

/// <summary>
/// A bound card as Teams shows it. A button carries the card's id and its number alone; what it does is looked up here, so that nothing that a client sends
/// is trusted. <see cref="Draw"/> keeps to the schema of 1.5; <see cref="Decorate"/> adds what only Teams knows.
/// </summary>
internal static class AdaptiveCardRenderer
{
    public const string Version = "1.5";

    /// <summary>The field of a button's data that names the card and the action.</summary>
    public const string Token = "tok";

    /// <summary>A client shows the card and asks what it looks like for its person.</summary>
    public const string LookVerb = "card.refresh";

    /// <summary>In the place of an action's number: "send me the files of this step".</summary>
    public const string FilesToken = "files";

    /// <summary>More than so many people, and everybody sees the same card: Teams takes no more of them.</summary>
    public const int MostDeciders = 60;

    private const string Decides = "approval.";
    private const string EndsFiles = "wizard.done";
    private const int MostShown = 6;

    /// <summary>The whole card as it is sent.</summary>
    public static JsonObject Card(JsonObject bound, string id, CardLook look) => CardSize.Fitted(Decorate(Draw(bound, id, look), id, look), look.BotName);

    public static JsonObject Draw(JsonObject bound, string id, CardLook look)
    {
        var card = (JsonObject)bound.DeepClone();
        card["version"] = Version;
        var actions = new CardActions(card);
        for (var number = 0; actions[number] is { } action; number++)
            Bind(action, $"{id}.{number}");

        if (WindowCard.Ending(card) is { Parent: JsonArray row } ending)
            row.Insert(row.IndexOf(ending) + 1, WindowCard.Opener($"{id}.{actions.NumberOf(ending)}"));

        foreach (var picture in CardParts.Inside(card).Where(element => element.Kind() == "Image").ToList())
            Show(picture, look);

        if (look.IsShared && IsDecision(card) && !look.MayDecide)
            HideDeciding(card, look);

        if (look.IsWorking)
            ShowWorking(card, id);
        else if (look.IsShared)
            SayHowHere(card, id, look);

        foreach (var buttons in CardParts.Inside(card).Select(element => element["actions"]).OfType<JsonArray>().ToList())
            Fold(buttons);

        return card;
    }

    public static JsonObject Decorate(JsonObject card, string id, CardLook look)
    {
        var teams = new JsonObject { ["width"] = "Full" };
        if (look.Calls.Count > 0)
        {
            var calls = new JsonObject { ["type"] = "TextBlock", ["wrap"] = true, ["text"] = string.Join(' ', look.Calls.Select(call => At(call.Name))) };
            ((JsonArray)card["body"]!).Insert(0, calls);
            teams["entities"] = new JsonArray([.. look.Calls.Select(call => Mention(call.User, call.Name))]);
        }

        foreach (var place in CardParts.Inside(card).Where(element => element.Text("id").StartsWith(ChartPart.Place, StringComparison.Ordinal)).ToList())
            Chart(place, look);

        card["msteams"] = teams;
        if (look is { IsShared: true, Deciders.Count: > 0 and <= MostDeciders })
        {
            card["refresh"] = new JsonObject
            {
                ["action"] = new JsonObject { ["type"] = "Action.Execute", ["title"] = "Look", ["verb"] = LookVerb, ["data"] = new JsonObject { [Token] = id } },
                ["userIds"] = new JsonArray([.. look.Deciders.Select(user => JsonValue.Create(user))]),
            };
        }

        return card;
    }

    /// <summary>Somebody's decision is asked for: its buttons are for those who may decide.</summary>
    public static bool IsDecision(JsonObject card) => CardParts.Inside(card).Any(element => element.Text("verb").StartsWith(Decides, StringComparison.Ordinal));

    public static JsonObject Mention(string user, string name) =>
        new() { ["type"] = "mention", ["text"] = At(name), ["mentioned"] = new JsonObject { ["id"] = user, ["name"] = name } };

    public static string At(string name) => $"<at>{name.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</at>";

    private static void Bind(JsonObject action, string token)
    {
        if (action.Kind() != "Action.Execute")
            return;

        var bound = CardParts.Button(action.Text("title"), action.Text("verb"), token, action.TakesInputs());
        action["data"] = bound["data"]!.DeepClone();
        action["fallback"] = bound["fallback"]!.DeepClone();
    }

    /// <summary>Teams fetches pictures itself. What it cannot reach is told in words.</summary>
    private static void Show(JsonObject picture, CardLook look)
    {
        var (shown, url) = (picture, picture.Text("url"));
        if (look.Pictures.TryGetValue(url, out var address))
            picture["url"] = address;
        else if (picture.Parent is JsonArray list)
            list[list.IndexOf(picture)] = shown = CardParts.Line($"({picture.Text("altText")})", isSubtle: true);

        if (look.Charts.ContainsKey(url))
            shown["id"] = $"{ChartPart.Place}{url}";
    }

    /// <summary>What stood there is what an older client shows, and says what the chart is about.</summary>
    private static void Chart(JsonObject place, CardLook look)
    {
        if (!look.Charts.TryGetValue(place.Text("id")[ChartPart.Place.Length..], out var numbers))
            return;

        place.Remove("id");
        if (place.Parent is JsonArray list)
            list[list.IndexOf(place)] = ChartPart.Of(numbers, (JsonObject)place.DeepClone());
    }

    /// <summary>Whoever may decide is shown the buttons by their own client.</summary>
    private static void HideDeciding(JsonObject card, CardLook look)
    {
        foreach (var row in CardParts.Inside(card).Where(element => element.Kind() == "ActionSet" && IsDecision(element)).ToList())
            CardParts.Remove(row);

        foreach (var input in CardParts.Inside(card).Where(element => element.IsInput()).ToList())
            CardParts.Remove(input);

        Body(card).Add(CardParts.Line($"Whoever may decide sees buttons here, or writes \"@{look.BotName} approvals\".", isSubtle: true));
    }

    private static void ShowWorking(JsonObject card, string id)
    {
        foreach (var element in CardParts.Inside(card).Where(element => element.Kind() == "ActionSet" || element.IsInput()).ToList())
            CardParts.Remove(element);

        card["actions"] = new JsonArray(CardParts.Button("Show it again", LookVerb, id, takesInputs: false));
        Body(card).Add(CardParts.Line("Working on it…"));
    }

    /// <summary>Nobody is to meet silence: a channel brings us only what names us, and no files.</summary>
    private static void SayHowHere(JsonObject card, string id, CardLook look)
    {
        if (!CardParts.Inside(card).Any(element => element.IsInput() || element.Kind() == "Action.Execute"))
            return;

        if (CardParts.Inside(card).Any(element => element.Text("verb") == EndsFiles))
        {
            Body(card).Add(CardParts.Line("Teams gives me no files from a channel or a group: press \"Send the files to me\" and drop them in our chat with each other.", isSubtle: true));
            if (card["actions"] is not JsonArray actions)
                card["actions"] = actions = [];

            actions.Insert(0, CardParts.Button("Send the files to me", "card.files", $"{id}.{FilesToken}", takesInputs: false));
        }

        if (!look.IsHeard)
            Body(card).Add(CardParts.Line($"Teams shows me only what names me here: write @{look.BotName} {(Offers(card, "resume") ? "resume" : "before your answer")}.", isSubtle: true));
    }

    /// <summary>Whether a button of the card does what that word does.</summary>
    private static bool Offers(JsonObject card, string word) => CardParts.Inside(card).Any(element => element.Text("verb") is { Length: > 0 } verb && verb[(verb.IndexOf('.', StringComparison.Ordinal) + 1)..] == word);

    /// <summary>What is more than Teams shows side by side goes into the menu behind the dots.</summary>
    private static void Fold(JsonArray row)
    {
        foreach (var action in row.OfType<JsonObject>().Skip(MostShown))
            action["mode"] = "secondary";
    }

    private static JsonArray Body(JsonObject card)
    {
        if (card["body"] is JsonArray body)
            return body;

        card["body"] = body = [];
        return body;
    }
}
