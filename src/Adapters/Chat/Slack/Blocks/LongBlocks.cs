using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>
/// Of all that is written in the blocks of one message Slack takes about 12,000 characters, and less the more there are of them. What is at the end stays: it is what can
/// be done, and what stands below the last line across where that is short.
/// </summary>
internal static class LongBlocks
{
    public const int Longest = 9000;

    /// <summary>Shorter ones are not cut again: it is not their length.</summary>
    public const int Shortest = 1000;

    /// <param name="more">Says that something was left out.</param>
    public static IReadOnlyList<JsonObject> Cut(IReadOnlyList<JsonObject> blocks, int longest, JsonObject more)
    {
        if (blocks.Sum(Written) <= longest)
            return blocks;

        var end = End(blocks, longest);
        var left = longest - Written(more) - blocks.Skip(end).Sum(Written);
        var kept = new List<JsonObject>();
        foreach (var block in blocks.Take(end))
        {
            if (Written(block) > left)
            {
                if (Part(block, left) is { } part)
                    kept.Add(part);

                break;
            }

            kept.Add(block);
            left -= Written(block);
        }

        return [.. kept, more, .. blocks.Skip(end)];
    }

    public static int Written(JsonNode? node) => node switch
    {
        JsonObject element => element.Sum(property => property.Key == "text" && property.Value is JsonValue value && value.TryGetValue(out string? text) ? text.Length : Written(property.Value)),
        JsonArray list => list.Sum(Written),
        _ => 0,
    };

    private static int End(IReadOnlyList<JsonObject> blocks, int longest)
    {
        var end = blocks.Count;
        while (end > 0 && blocks[end - 1].Is("type", "actions"))
            end--;

        var below = end;
        while (below > 0 && !blocks[below - 1].Is("type", "divider"))
            below--;

        return below > 0 && blocks.Skip(below).Sum(Written) <= longest / 3 ? below : end;
    }

    /// <summary>The first pieces of a block that has several; null where none fits.</summary>
    private static JsonObject? Part(JsonObject block, int left)
    {
        var part = (JsonObject)block.DeepClone();
        var isRich = part.Is("type", "rich_text");
        if ((isRich ? part["elements"]?[0]?["elements"] : part["fields"]) is not JsonArray pieces)
            return null;

        var fit = 0;
        for (; fit < pieces.Count && Written(pieces[fit]) <= left; fit++)
            left -= Written(pieces[fit]);

        if (isRich && left > 1 && fit < pieces.Count && pieces[fit] is JsonObject cut)
        {
            // A sign may be two characters.
            cut["text"] = SlackText.Cut(cut.Text("text"), left / 2);
            fit++;
        }

        while (pieces.Count > fit)
            pieces.RemoveAt(pieces.Count - 1);

        return fit > 0 ? part : null;
    }
}
