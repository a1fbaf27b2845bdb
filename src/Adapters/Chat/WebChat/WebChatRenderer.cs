using System.Text.Json.Nodes;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>
/// A message as a Bot Framework activity. Web Chat draws <c>Action.Execute</c> and sends nothing when it is pressed, so each becomes
/// an <c>Action.Submit</c> that carries its verb in <c>data._verb</c>.
/// </summary>
internal sealed class WebChatRenderer(CardTemplates cards)
{
    public JsonObject Activity(ChatMessage message)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["from"] = new JsonObject { ["id"] = "campaigns", ["name"] = "Campaigns", ["role"] = "bot" },
        };

        if (message.Card is { } card)
        {
            activity["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["content"] = ForWebChat(cards.Bind(card)),
            });
            activity["summary"] = message.Card.Fallback;
        }
        else
        {
            activity["text"] = message.Text;
            activity["textFormat"] = "plain";
        }

        if (message.Download is { } file)
        {
            var attachments = activity["attachments"] as JsonArray ?? [];
            attachments.Add(new JsonObject { ["contentType"] = "text/csv", ["contentUrl"] = $"/media/{file.File}?name={Uri.EscapeDataString(file.Name)}", ["name"] = file.Name });
            if (attachments.Parent is null)
                activity["attachments"] = attachments;
        }

        if (message.QuickReplies.Count > 0)
        {
            activity["suggestedActions"] = new JsonObject
            {
                ["actions"] = new JsonArray([.. message.QuickReplies.Select(reply => new JsonObject
                {
                    ["type"] = "imBack",
                    ["title"] = reply.Label,
                    ["value"] = reply.Says,
                })]),
            };
        }

        return activity;
    }

    private static JsonObject ForWebChat(JsonObject card)
    {
        Visit(card);
        return card;
    }

    private static void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject element:
                if ((string?)element["type"] == "Action.Execute")
                    Submit(element);

                foreach (var (_, child) in element.ToList())
                    Visit(child);

                break;

            case JsonArray elements:
                foreach (var child in elements.ToList())
                    Visit(child);

                break;
        }
    }

    private static void Submit(JsonObject action)
    {
        var data = action["data"]?.DeepClone() as JsonObject ?? [];
        data["_verb"] = action["verb"]?.DeepClone();
        action["type"] = "Action.Submit";
        action["data"] = data;
        action.Remove("verb");
        action.Remove("fallback");
    }
}
