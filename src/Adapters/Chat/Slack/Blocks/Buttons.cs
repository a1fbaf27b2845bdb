using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>Actions of a card as Slack's buttons. A press says which card and which of its actions.</summary>
internal sealed class Buttons(CardActions actions, string card)
{
    /// <summary>More than these go behind the three dots, but what is destructive or urgent.</summary>
    private const int Shown = 2;

    /// <summary>On the button of a card whose inputs are in a window.</summary>
    public const string FillIn = "Fill in…";

    private const int MostInRow = 25;
    private const int LongestLabel = 75;
    private const int LongestConfirm = 30;
    private const int MostInMenu = 5;

    private int _rows;

    /// <param name="urgent">At three in the morning nothing is looked for behind dots.</param>
    /// <param name="fillIn">The action that opens a window with the card's inputs.</param>
    /// <returns>One row, and more where Slack takes no more in one.</returns>
    public IEnumerable<JsonObject> Rows(IReadOnlyList<JsonObject> set, bool urgent, JsonObject? fillIn)
    {
        var hidden = urgent ? [] : set.Skip(Shown).Where(action => !action.Is("style", "destructive")).Take(MostInMenu).ToList();
        if (hidden.Count < 2)
            hidden = [];

        var elements = set.Except(hidden).Select(action => Button(action, action == fillIn ? FillIn : action.Text("title"))).ToList();
        if (hidden.Count > 0)
            elements.Add(Menu(hidden));

        return [.. elements.Chunk(MostInRow).Select(row => Block.Actions(string.Create(CultureInfo.InvariantCulture, $"{card}.row{_rows++}"), row))];
    }

    private JsonObject Button(JsonObject action, string title)
    {
        var button = new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = ActionId(action),
            ["text"] = Block.Plain(title, LongestLabel),
            ["value"] = Token(action),
        };
        if (action.Is("style", "positive"))
            button["style"] = "primary";

        if (action.Is("style", "destructive"))
        {
            button["style"] = "danger";
            button["confirm"] = Confirm(title);
        }

        return button;
    }

    /// <summary>What comes back when <paramref name="action"/> is pressed: the card and the number of the action; of one that stops everything also its words, so that nothing has to be looked up.</summary>
    private string Token(JsonObject action) => UrgentToken.Of(string.Create(CultureInfo.InvariantCulture, $"{card}.{actions.NumberOf(action)}"), action);

    /// <summary>For people who read Slack's logs: the verb; unique within a row by its number.</summary>
    private string ActionId(JsonObject action)
    {
        var name = action.Text("verb") is { Length: > 0 } verb ? verb : "show";
        return string.Create(CultureInfo.InvariantCulture, $"{name.Replace(' ', '-')}#{actions.NumberOf(action)}");
    }

    private JsonObject Menu(IReadOnlyList<JsonObject> hidden) => new()
    {
        ["type"] = "overflow",
        ["action_id"] = "more",
        ["options"] = new JsonArray([.. hidden.Select(action => new JsonObject
        {
            ["text"] = Block.Plain(action.Text("title"), LongestLabel),
            ["value"] = Token(action),
        })]),
    };

    private static JsonObject Confirm(string title) => new()
    {
        ["title"] = Block.Plain($"{title.TrimEnd('…')}?", 100),
        ["text"] = Block.Plain("Nothing happens before you confirm.", 300),
        ["confirm"] = Block.Plain(title.TrimEnd('…'), LongestConfirm),
        ["deny"] = Block.Plain("Back", LongestConfirm),
    };
}
