using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Kit.Teams;

/// <summary>A person in the tenant of a <see cref="TeamsStandIn"/>: says, drops, presses, looks.</summary>
public sealed class TeamsUser(TeamsStandIn teams, string name, string entra)
{
    public string Name => name;

    /// <summary>Their object id, which the bot knows them by.</summary>
    public string Entra => entra;

    /// <summary>Their id as Teams gives it to this bot.</summary>
    public string Id => $"29:{name.ToLowerInvariant()}";

    /// <summary>The conversation that they have with the bot alone.</summary>
    public string Direct => $"a:{name.ToLowerInvariant()}";

    /// <summary>Says something in the direct conversation; returns the id of the activity.</summary>
    public Task<string> SayAsync(string text, CancellationToken cancellationToken, params JsonObject[] attachments) => SayInAsync(Direct, text, cancellationToken, attachments);

    /// <param name="conversation">With the root of the thread: <c>19:ads@thread.tacv2;messageid=…</c>. What begins with @Campaigns names the bot.</param>
    public async Task<string> SayInAsync(string conversation, string text, CancellationToken cancellationToken, params JsonObject[] attachments)
    {
        var said = Saying(conversation, text, attachments);
        (await teams.DeliverAsync(said, cancellationToken)).Status.ShouldBeTaken();
        return (string)said["id"]!;
    }

    public JsonObject Saying(string conversation, string text, params JsonObject[] attachments)
    {
        const string mention = "<at>Campaigns</at>";
        var names = text.StartsWith("@Campaigns", StringComparison.Ordinal);
        var activity = Activity("message", conversation);
        activity["textFormat"] = "plain";
        activity["text"] = names ? mention + text["@Campaigns".Length..] : text;
        activity["attachments"] = new JsonArray([.. attachments.Select(one => one.DeepClone()), new JsonObject { ["contentType"] = "text/html", ["content"] = $"<p>{text}</p>" }]);
        if (names)
        {
            activity["entities"] = new JsonArray(new JsonObject
            {
                ["type"] = "mention", ["text"] = mention, ["mentioned"] = new JsonObject { ["id"] = TeamsDesk.Bot, ["name"] = TeamsDesk.BotName },
            });
        }

        return activity;
    }

    /// <summary>A file as Teams hands it over in the direct conversation.</summary>
    public JsonObject Drop(string file, byte[] bytes)
    {
        teams.Desk.Files[file] = bytes;
        return new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.teams.file.download.info", ["name"] = file, ["contentUrl"] = $"https://acme-my.sharepoint.com/{file}",
            ["content"] = new JsonObject { ["downloadUrl"] = $"{teams.Address}files/{file}", ["uniqueId"] = Guid.NewGuid().ToString(), ["fileType"] = Path.GetExtension(file).TrimStart('.') },
        };
    }

    /// <summary>A picture that was pasted into a message.</summary>
    public JsonObject Paste(string file, byte[] bytes)
    {
        teams.Desk.Files[file] = bytes;
        return new JsonObject { ["contentType"] = "image/*", ["name"] = file, ["contentUrl"] = $"{teams.Service}v3/attachments/{file}" };
    }

    /// <summary>Presses a button by its label; returns what is shown to them in the place of the card, or for a moment.</summary>
    /// <param name="inputs">What stands in the inputs beside it, by their ids.</param>
    public Task<JsonObject> PressAsync(TeamsMessage on, string label, CancellationToken cancellationToken, params (string Id, string Value)[] inputs) =>
        PressAsync(on, on.Button(label) ?? throw new InvalidOperationException($"There is no button {label} on:\n{on.Words}"), cancellationToken, inputs);

    public async Task<JsonObject> PressAsync(TeamsMessage on, JsonObject button, CancellationToken cancellationToken, params (string Id, string Value)[] inputs)
    {
        var (status, body) = await teams.DeliverAsync(Pressing(on, button, inputs), cancellationToken);
        status.ShouldBeTaken();
        return body ?? throw new InvalidOperationException("An invoke was answered with nothing.");
    }

    public JsonObject Pressing(TeamsMessage on, JsonObject button, params (string Id, string Value)[] inputs)
    {
        var data = (JsonObject)button["data"]!.DeepClone();
        foreach (var (id, value) in inputs)
            data[id] = value;

        return Invoke(on, new JsonObject { ["type"] = "Action.Execute", ["verb"] = (string?)button["verb"], ["data"] = data }, "manual");
    }

    /// <summary>Presses the button of a card that opens a window; returns the window.</summary>
    public async Task<JsonObject> OpenAsync(TeamsMessage on, CancellationToken cancellationToken)
    {
        var (status, body) = await teams.DeliverAsync(Opening(on), cancellationToken);
        status.ShouldBeTaken();
        return (JsonObject)body!["task"]!;
    }

    public JsonObject Opening(TeamsMessage on) =>
        Window("task/fetch", on, TeamsMessage.Opener(on.Card!) ?? throw new InvalidOperationException($"No button opens a window on:\n{on.Words}"));

    /// <summary>Sends what is filled in, by the labels of the inputs; returns the window with what is wrong in it, or null when it closed.</summary>
    public async Task<JsonObject?> FillInAsync(TeamsMessage on, JsonObject window, CancellationToken cancellationToken, params (string Label, string Value)[] inputs)
    {
        var (status, body) = await teams.DeliverAsync(Sending(on, window, inputs), cancellationToken);
        status.ShouldBeTaken();
        return body?["task"] as JsonObject;
    }

    public JsonObject Sending(TeamsMessage on, JsonObject window, params (string Label, string Value)[] inputs)
    {
        var card = (JsonObject)window["value"]!["card"]!["content"]!;
        var data = (JsonObject)card["actions"]![0]!["data"]!.DeepClone();
        foreach (var input in TeamsMessage.InputsOf(card))
            data[(string)input["id"]!] = inputs.FirstOrDefault(entered => entered.Label == (string?)input["label"]).Value ?? (string?)input["value"] ?? "";

        return Window("task/submit", on, data);
    }

    private JsonObject Window(string name, TeamsMessage on, JsonObject data)
    {
        var activity = Activity("invoke", Of(on));
        activity["name"] = name;
        activity["replyToId"] = on.Id;
        activity["value"] = new JsonObject { ["data"] = data.DeepClone(), ["context"] = new JsonObject { ["theme"] = "default" } };
        return activity;
    }

    /// <summary>The same by an older client: a message without words.</summary>
    public async Task SubmitAsync(TeamsMessage on, string label, CancellationToken cancellationToken)
    {
        var activity = Activity("message", Of(on));
        activity["value"] = on.Button(label)!["fallback"]!["data"]!.DeepClone();
        activity["replyToId"] = on.Id;
        (await teams.DeliverAsync(activity, cancellationToken)).Status.ShouldBeTaken();
    }

    /// <summary>Their client shows a card: what it shows them, asked for by itself where it is told to.</summary>
    public async Task<JsonObject> LookAsync(TeamsMessage on, CancellationToken cancellationToken)
    {
        if (on.Card!["refresh"] is not JsonObject refresh || !refresh["userIds"]!.AsArray().Any(user => (string?)user == Id))
            return on.Card;

        var (status, body) = await teams.DeliverAsync(Invoke(on, (JsonObject)refresh["action"]!.DeepClone(), "automatic"), cancellationToken);
        status.ShouldBeTaken();
        return (JsonObject)body!["value"]!;
    }

    /// <summary>Adds the app somewhere: two activities, as Teams sends them.</summary>
    public async Task AddAppAsync(string conversation, CancellationToken cancellationToken)
    {
        var installed = Activity("installationUpdate", conversation);
        installed["action"] = "add";
        await teams.DeliverAsync(installed, cancellationToken);
        var joined = Activity("conversationUpdate", conversation);
        joined["membersAdded"] = new JsonArray(new JsonObject { ["id"] = TeamsDesk.Bot });
        await teams.DeliverAsync(joined, cancellationToken);
    }

    public Task RemoveAppAsync(string conversation, CancellationToken cancellationToken)
    {
        var removed = Activity("installationUpdate", conversation);
        removed["action"] = "remove";
        return teams.DeliverAsync(removed, cancellationToken);
    }

    /// <summary>Waits until the bot says or shows something, for at most three minutes of the machine's time.</summary>
    public async Task<TeamsMessage> SeesAsync(string chat, Func<TeamsMessage, bool> isAsAsked, CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            do
            {
                if (teams.Desk.Messages.LastOrDefault(message => message.Chat == chat && isAsAsked(message)) is { } found)
                    return found;
            }
            while (await every.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            // Said below, with what there is.
        }

        throw new TimeoutException($"It never came. What there is:\n{string.Join("\n---\n", teams.Desk.Messages.TakeLast(12).Select(message => $"{message.Chat}: {message.Words}"))}");
    }

    public Task<TeamsMessage> SeesAsync(string words, CancellationToken cancellationToken) =>
        SeesAsync(Direct, message => message.Words.Contains(words, StringComparison.Ordinal), cancellationToken);

    public JsonObject Activity(string type, string conversation)
    {
        var activity = Plain(type, conversation);
        if (teams.Desk.TeamOf(conversation.Split(';')[0]) is { } team)
            activity["channelData"]!["team"] = new JsonObject { ["id"] = team };

        return activity;
    }

    private JsonObject Plain(string type, string conversation) => new()
    {
        ["type"] = type,
        ["id"] = teams.Desk.Next(),
        ["channelId"] = "msteams",
        ["serviceUrl"] = teams.Service,
        ["from"] = new JsonObject { ["id"] = Id, ["name"] = name, ["aadObjectId"] = entra },
        ["recipient"] = new JsonObject { ["id"] = TeamsDesk.Bot, ["name"] = TeamsDesk.BotName },
        ["conversation"] = new JsonObject
        {
            ["id"] = conversation, ["tenantId"] = TeamsDesk.Tenant,
            ["conversationType"] = conversation.StartsWith("a:", StringComparison.Ordinal) ? "personal" : conversation.Contains("@thread.tacv2", StringComparison.Ordinal) ? "channel" : "groupChat",
        },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TeamsDesk.Tenant } },
    };

    private JsonObject Invoke(TeamsMessage on, JsonObject action, string trigger)
    {
        var activity = Activity("invoke", Of(on));
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = on.Id;
        activity["value"] = new JsonObject { ["action"] = action, ["trigger"] = trigger };
        return activity;
    }

    /// <summary>What is pressed in a channel comes from the thread that it stands in.</summary>
    private static string Of(TeamsMessage on) => on.Chat.EndsWith("@thread.tacv2", StringComparison.Ordinal) ? $"{on.Chat};messageid={on.Thread ?? on.Id}" : on.Chat;
}

internal static class Taken
{
    public static void ShouldBeTaken(this int status)
    {
        if (status != 200)
            throw new InvalidOperationException($"The bot answered {status}.");
    }
}
