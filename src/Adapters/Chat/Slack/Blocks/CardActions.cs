using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;

/// <summary>
/// The actions of a bound card by number, in the order of the card, those of an inner card after the action that shows it. A button carries
/// the card's id and the number; verb and data stay here, so that nothing that a client sends is trusted.
/// </summary>
internal sealed class CardActions
{
    private readonly List<JsonObject> _actions = [];

    public CardActions(JsonObject card) => Visit(card);

    public JsonObject? this[int number] => number >= 0 && number < _actions.Count ? _actions[number] : null;

    public bool Any(Func<JsonObject, bool> isOne) => _actions.Exists(action => isOne(action));

    public int NumberOf(JsonObject action) => _actions.FindIndex(known => ReferenceEquals(known, action));

    private void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject element:
                // A link never comes back, so it takes no number: those of the buttons are the same with and without it.
                if (element.Kind().StartsWith("Action.", StringComparison.Ordinal) && element.Kind() != "Action.OpenUrl")
                    _actions.Add(element);

                foreach (var (_, child) in element)
                    Visit(child);

                break;

            case JsonArray elements:
                foreach (var child in elements)
                    Visit(child);

                break;
        }
    }
}
