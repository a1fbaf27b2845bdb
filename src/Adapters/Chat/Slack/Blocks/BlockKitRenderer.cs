using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>What is posted to Slack.</summary>
/// <param name="Text">For notifications and screen readers.</param>
/// <param name="Urgent">A bar of warning colour stands beside it.</param>
internal sealed record SlackBody(string Text, JsonArray Blocks, bool Urgent);

/// <summary>
/// A bound card as Block Kit: our own vocabulary of Adaptive Cards and no other, a test holds every card against it. Words go into objects
/// that nothing is read into, so that no name of a campaign, file or network becomes a mention, a link or a style.
/// </summary>
internal static class BlockKitRenderer
{
    private const int LongestText = 3900;
    private const int LongestTitle = 24;
    private const int LongestPrivate = 3000;

    /// <summary>In blocks: a row of a list, and what follows the last one.</summary>
    private const int LongestRow = 6;
    private const int LongestEnd = 10;

    /// <param name="cardId">Names the card in every button and input.</param>
    /// <param name="pictures">Address in the card → what stands there. One that is missing is told in words.</param>
    /// <param name="most">So many blocks fit where it is shown.</param>
    /// <param name="page">Where people find the rest of what does not fit; null where there is no such address.</param>
    /// <param name="longest">So many characters fit there in all.</param>
    public static SlackBody Message(
        JsonObject card, string cardId, IReadOnlyDictionary<string, SlackPicture> pictures, int most = Block.MostInMessage, Uri? page = null, int longest = LongBlocks.Longest)
    {
        // More than one input is asked for in a window of its own, which checks them before it closes.
        var fillIn = card.Inputs().Skip(1).Any() ? card.Children("actions").FirstOrDefault(OpensWindow) : null;
        var walk = new CardWalk(new CardActions(card), cardId, pictures, showInputs: fillIn is null);
        walk.Visit(card.Children("body"));
        walk.Row(card.Children("actions"), fillIn);
        return new SlackBody(Plain(card), new JsonArray([.. Within(walk.Blocks(), most, longest, card, page)]), walk.Urgent);
    }

    /// <summary>The window that an action opens: the inner card of one that shows a card, else the card's own inputs with the action as its end.</summary>
    /// <param name="callback">Comes back with what was filled in.</param>
    /// <returns>Null when the action opens none.</returns>
    public static JsonObject? Window(JsonObject card, string cardId, JsonObject action, string callback)
    {
        var inner = action.Kind() == "Action.ShowCard" ? action["card"] as JsonObject : card.Inputs().Skip(1).Any() && OpensWindow(action) ? card : null;
        if (inner is null)
            return null;

        var ends = inner == card ? action : inner.Children("actions").FirstOrDefault(OpensWindow);
        var actions = new CardActions(card);
        var walk = new CardWalk(actions, cardId, new Dictionary<string, SlackPicture>(), showInputs: true);
        walk.Visit(inner == card ? card.Children("body").Where(element => element.Kind() != "ActionSet") : inner.Children("body"));
        walk.Row(inner.Children("actions").Where(other => other != ends && inner != card));

        var title = (inner == card ? card.Children("body").SelectMany(Titles).FirstOrDefault() : null) ?? action.Text("title").TrimEnd('…');
        var window = new JsonObject
        {
            ["type"] = "modal",
            ["title"] = Block.Plain(title, LongestTitle),
            ["close"] = Block.Plain("Back", LongestTitle),
            ["callback_id"] = "card",
            ["private_metadata"] = callback.Length <= LongestPrivate ? callback : throw new ArgumentException("It is longer than Slack keeps with a window.", nameof(callback)),
            ["blocks"] = new JsonArray([.. Fit(walk.Blocks(), Block.MostInView, card, page: null)]),
        };
        if (ends is not null)
            window["submit"] = Block.Plain(ends.Text("title"), LongestTitle);

        return window;
    }

    /// <summary>The action that ends a window: the first that sends inputs.</summary>
    private static bool OpensWindow(JsonObject action) => action.Kind() != "Action.ShowCard" && action.TakesInputs();

    private static IEnumerable<string> Titles(JsonObject element) => element.Kind() is "TextBlock" or "RichTextBlock"
        ? TextLine.Of(element) is { Loud: true } line ? [line.Text] : []
        : element.Children("items").Concat(element.Children("columns")).SelectMany(Titles);

    private static string Plain(JsonObject card) => SlackText.CutMarkup(SlackText.Escape(card.Text("fallbackText")), LongestText);

    /// <summary>As many as fit, and of these as much as is taken in all: a cut may say in a block of its own that it was made.</summary>
    private static IReadOnlyList<JsonObject> Within(IReadOnlyList<JsonObject> blocks, int most, int longest, JsonObject card, Uri? page)
    {
        var fit = Fit(blocks, most, card, page);
        return fit.Sum(LongBlocks.Written) <= longest ? fit : LongBlocks.Cut(Fit(blocks, most - 1, card, page), longest, More(page));
    }

    /// <summary>What is at the end stays: it is what a list comes to, and what can be done.</summary>
    private static IReadOnlyList<JsonObject> Fit(IReadOnlyList<JsonObject> blocks, int most, JsonObject card, Uri? page)
    {
        if (blocks.Count <= most)
            return blocks.Count == 0 ? [Block.Section(Plain(card))] : blocks;

        var end = EndOf(blocks);
        return [.. blocks.Take(Whole(blocks, most - 1 - (blocks.Count - end))), More(page), .. blocks.Skip(end)];
    }

    /// <summary>Where the rows of a list, each with its buttons, are over; where there is no such list, or it is long since over, the last block.</summary>
    private static int EndOf(IReadOnlyList<JsonObject> blocks)
    {
        var at = blocks.Count - 1;
        while (at > 0 && IsButtons(blocks[at]))
            at--;

        while (at > 0 && !IsButtons(blocks[at]))
            at--;

        return at > 0 && blocks.Count - 1 - at <= LongestEnd ? at + 1 : blocks.Count - 1;
    }

    private static bool IsButtons(JsonObject block) => block.Is("type", "actions");

    /// <summary>How many of the first blocks are shown when there is room for so many: a row of which a part alone would be is left out.</summary>
    private static int Whole(IReadOnlyList<JsonObject> blocks, int room)
    {
        var from = room;
        while (from > Math.Max(0, room - LongestRow) && !blocks[from].Is("type", "divider"))
            from--;

        return from > 0 && blocks[from].Is("type", "divider") ? from : room;
    }

    private static JsonObject More(Uri? page)
    {
        const string Says = "There is more than fits here: ask for one of them by its name.";
        return page is null ? Block.Context([Says]) : Block.Section($"{Says} <{SlackText.Escape(page.AbsoluteUri)}|The whole is on the page>.");
    }
}
