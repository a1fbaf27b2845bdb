using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOpsCampaigns.Kit.Slack;

/// <summary>A person in the workspace of a <see cref="SlackStandIn"/>: says, drops, presses, fills in.</summary>
public sealed partial class SlackUser(SlackStandIn slack, string id)
{
    public string Id => id;

    /// <summary>The direct conversation with the bot.</summary>
    public string Direct => $"D{id[1..]}";

    /// <summary>Says something in the direct conversation; returns its stamp.</summary>
    public Task<string> SayAsync(string text, CancellationToken cancellationToken, params string[] files) => SayInAsync(Direct, null, text, cancellationToken, files);

    /// <summary>One event of a direct message, as Slack sends it again word for word.</summary>
    public JsonObject Saying(string text)
    {
        var said = slack.Desk.Add(Direct, null, id, text, []);
        return Event(new JsonObject { ["type"] = "message", ["channel"] = Direct, ["user"] = id, ["text"] = text, ["ts"] = said.Stamp, ["event_ts"] = said.Stamp });
    }

    /// <summary>Says something in a channel or thread. What names the bot comes twice, as Slack does it.</summary>
    public async Task<string> SayInAsync(string channel, string? thread, string text, CancellationToken cancellationToken, params string[] files)
    {
        var said = slack.Desk.Add(channel, thread, id, text, []);
        var message = new JsonObject { ["type"] = "message", ["channel"] = channel, ["user"] = id, ["text"] = text, ["ts"] = said.Stamp, ["event_ts"] = said.Stamp };
        if (thread is not null)
            message["thread_ts"] = thread;

        if (files.Length > 0)
        {
            message["subtype"] = "file_share";
            message["files"] = new JsonArray([.. files.Select(file => new JsonObject { ["id"] = file, ["name"] = slack.Desk.Files[file].Name, ["size"] = slack.Desk.Files[file].Bytes.Length })]);
        }

        if (!channel.StartsWith('D') && text.Contains($"<@{SlackDesk.Bot}>", StringComparison.Ordinal))
        {
            var mention = (JsonObject)message.DeepClone();
            mention["type"] = "app_mention";
            await slack.DeliverAsync("events_api", Event(mention), cancellationToken);
        }

        await slack.DeliverAsync("events_api", Event(message), cancellationToken);
        return said.Stamp;
    }

    /// <summary>Types the slash command in a channel.</summary>
    public Task CommandAsync(string channel, string text, CancellationToken cancellationToken) => slack.DeliverAsync("slash_commands", Commanding(channel, text), cancellationToken);

    /// <summary>One command, as Slack sends it again word for word: beside the id of whoever is named stands what they are called there, which need not be what others see.</summary>
    public JsonObject Commanding(string channel, string text) => new()
    {
        ["command"] = "/campaign", ["text"] = Named().Replace(text, mention => $"<@{mention.Groups["id"].Value}|{mention.Groups["id"].Value[2..].ToLowerInvariant()}>"), ["team_id"] = slack.Team, ["channel_id"] = channel, ["user_id"] = id,
        ["trigger_id"] = Guid.NewGuid().ToString("N"), ["response_url"] = slack.Responses.Give(slack, channel, id),
    };

    /// <summary>A file that can be dropped; returns its id.</summary>
    public string Drop(string name, byte[] bytes)
    {
        var file = $"F{slack.Desk.Next().Replace(".", "", StringComparison.Ordinal)}";
        slack.Desk.Files[file] = (name, bytes);
        return file;
    }

    /// <summary>Presses a button, or chooses a menu's entry, by its label.</summary>
    /// <param name="inputs">What stands in the inputs beside it, by their ids.</param>
    public Task PressAsync(SlackMessage on, string label, CancellationToken cancellationToken, params (string Id, string Value)[] inputs) =>
        slack.DeliverAsync("interactive", Pressing(on, label, inputs), cancellationToken);

    /// <summary>One press, as Slack sends it again word for word.</summary>
    public JsonObject Pressing(SlackMessage on, string label, params (string Id, string Value)[] inputs)
    {
        var button = on.Button(label) ?? throw new InvalidOperationException($"There is no button {label} on:\n{on.Words}");
        return new JsonObject
        {
            ["type"] = "block_actions",
            ["team"] = new JsonObject { ["id"] = slack.Team },
            ["user"] = new JsonObject { ["id"] = id },
            ["trigger_id"] = Guid.NewGuid().ToString("N"),
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = on.Stamp, ["channel_id"] = on.Channel, ["thread_ts"] = on.Thread },
            ["channel"] = new JsonObject { ["id"] = on.Channel },
            ["state"] = new JsonObject { ["values"] = Values(inputs) },
            ["response_url"] = slack.Responses.Give(slack, on.Channel, id),
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "button", ["action_id"] = (string?)button["action_id"] ?? "more", ["value"] = (string)button["value"]!, ["action_ts"] = slack.Desk.Next() }),
        };
    }

    /// <summary>Chooses the shortcut "Use as creative" on a message with a file that somebody else dropped.</summary>
    public Task UseAsCreativeAsync(string channel, string by, string file, CancellationToken cancellationToken)
    {
        var dropped = slack.Desk.Add(channel, null, by, "look at this", []);
        return slack.DeliverAsync(
            "interactive",
            new JsonObject
            {
                ["type"] = "message_action",
                ["callback_id"] = "use_as_creative",
                ["team"] = new JsonObject { ["id"] = slack.Team },
                ["user"] = new JsonObject { ["id"] = id },
                ["channel"] = new JsonObject { ["id"] = channel },
                ["trigger_id"] = Guid.NewGuid().ToString("N"),
                ["response_url"] = slack.Responses.Give(slack, channel, id),
                ["message"] = new JsonObject
                {
                    ["user"] = by, ["ts"] = dropped.Stamp, ["text"] = dropped.Text,
                    ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["name"] = slack.Desk.Files[file].Name, ["size"] = slack.Desk.Files[file].Bytes.Length }),
                },
            },
            cancellationToken);
    }

    /// <summary>Takes the bot out of a channel: it alone is told.</summary>
    public Task KickAsync(string channel, CancellationToken cancellationToken)
    {
        slack.Desk.Channels[channel] = SlackChannelState.NotJoined;
        return slack.DeliverAsync("events_api", Event(new JsonObject { ["type"] = "channel_left", ["channel"] = channel, ["actor_id"] = id, ["event_ts"] = slack.Desk.Next() }), cancellationToken);
    }

    /// <summary>Brings the bot into a channel.</summary>
    public Task InviteAsync(string channel, CancellationToken cancellationToken)
    {
        slack.Desk.Channels[channel] = SlackChannelState.Joined;
        var joined = new JsonObject
        {
            ["type"] = "member_joined_channel", ["user"] = SlackDesk.Bot, ["channel"] = channel, ["channel_type"] = "C", ["team"] = slack.Team, ["inviter"] = id, ["event_ts"] = slack.Desk.Next(),
        };
        return slack.DeliverAsync("events_api", Event(joined), cancellationToken);
    }

    /// <summary>Opens the bot's Home tab.</summary>
    public Task LookInAsync(CancellationToken cancellationToken) => slack.DeliverAsync(
        "events_api", Event(new JsonObject { ["type"] = "app_home_opened", ["user"] = id, ["channel"] = Direct, ["tab"] = "home", ["event_ts"] = slack.Desk.Next() }), cancellationToken);

    /// <summary>Presses a button of the Home tab: there is no channel and no message.</summary>
    public Task PressHomeAsync(string label, CancellationToken cancellationToken) => slack.DeliverAsync(
        "interactive",
        new JsonObject
        {
            ["type"] = "block_actions",
            ["team"] = new JsonObject { ["id"] = slack.Team },
            ["user"] = new JsonObject { ["id"] = id },
            ["trigger_id"] = Guid.NewGuid().ToString("N"),
            ["container"] = new JsonObject { ["type"] = "view", ["view_id"] = "V0HOME" },
            ["view"] = new JsonObject { ["id"] = "V0HOME", ["type"] = "home", ["state"] = new JsonObject { ["values"] = new JsonArray() } },
            ["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "button", ["action_id"] = "home", ["action_ts"] = slack.Desk.Next(),
                ["value"] = (string)(slack.Desk.Homes[id].Button(label) ?? throw new InvalidOperationException($"There is no button {label} on:\n{slack.Desk.Homes[id].Words}"))["value"]!,
            }),
        },
        cancellationToken);

    /// <summary>Presses a button that opens a window, and returns it. Whoever is told that it did not open in time presses again.</summary>
    public async Task<JsonObject> OpenAsync(SlackMessage on, string label, CancellationToken cancellationToken)
    {
        var (before, expired) = (slack.Desk.Windows.Count, slack.Expired.Count);
        await PressAsync(on, label, cancellationToken);
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (slack.Desk.Windows.Count == before)
        {
            await every.WaitForNextTickAsync(cancellationToken);
            if (slack.Expired.Count == expired)
                continue;

            expired = slack.Expired.Count;
            await PressAsync(on, label, cancellationToken);
        }

        return slack.Desk.Windows.Last();
    }

    /// <summary>Ends a window, what is filled in named by its labels.</summary>
    /// <returns>What is said beside inputs, by their labels; empty when the window closes.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FillInAsync(JsonObject window, CancellationToken cancellationToken, params (string Label, string Value)[] inputs)
    {
        var answer = await SubmitAsync(window, cancellationToken, [.. inputs.Select(input => (IdOf(window, input.Label), input.Value))]);
        return (answer?["errors"] as JsonObject ?? []).ToDictionary(fault => LabelOf(window, fault.Key), fault => (string)fault.Value!);
    }

    private static string LabelOf(JsonObject window, string block) =>
        window["blocks"]!.AsArray().OfType<JsonObject>().Where(known => (string?)known["block_id"] == block && (string?)known["type"] == "input").Select(known => (string)known["label"]!["text"]!).FirstOrDefault()
        ?? throw new InvalidOperationException($"Slack shows no fault beside {block}, which is no input of:\n{window}");

    private static string IdOf(JsonObject window, string label) =>
        window["blocks"]!.AsArray().OfType<JsonObject>().Where(block => (string?)block["label"]?["text"] == label).Select(block => (string)block["element"]!["action_id"]!).FirstOrDefault()
        ?? throw new InvalidOperationException($"There is no input {label} in:\n{window}");

    /// <summary>Types in a menu that has too many choices to be sent along; what it offers then, by their labels.</summary>
    public async Task<IReadOnlyList<(string Label, string Value)>> SeekAsync(JsonObject block, string words, CancellationToken cancellationToken)
    {
        var answer = await slack.DeliverAsync(
            "interactive",
            new JsonObject
            {
                ["type"] = "block_suggestion",
                ["team"] = new JsonObject { ["id"] = slack.Team },
                ["user"] = new JsonObject { ["id"] = id },
                ["block_id"] = (string)block["block_id"]!,
                ["action_id"] = (string)block["element"]!["action_id"]!,
                ["value"] = words,
            },
            cancellationToken);
        var options = answer!["options"]!.AsArray();
        if (options.Count > 0 && BlockLimits.BrokenOptions(options, 100).FirstOrDefault() is { } fault)
            throw new InvalidOperationException($"Slack shows no such choices: {fault}");

        return [.. options.Select(option => ((string)option!["text"]!["text"]!, (string)option["value"]!))];
    }

    /// <summary>Ends a window.</summary>
    public Task<JsonObject?> SubmitAsync(JsonObject window, CancellationToken cancellationToken, params (string Id, string Value)[] inputs) => slack.DeliverAsync(
        "interactive",
        new JsonObject
        {
            ["type"] = "view_submission",
            ["team"] = new JsonObject { ["id"] = slack.Team },
            ["user"] = new JsonObject { ["id"] = id },
            ["view"] = new JsonObject
            {
                ["id"] = $"V{slack.Desk.Next()}",
                ["hash"] = slack.Desk.Next(),
                ["private_metadata"] = (string)window["private_metadata"]!,
                ["state"] = new JsonObject { ["values"] = Values(inputs) },
            },
        },
        cancellationToken);

    /// <summary>Waits until the bot says or shows something, for at most three minutes of the machine's time.</summary>
    public async Task<SlackMessage> SeesAsync(string channel, Func<SlackMessage, bool> isAsAsked, CancellationToken cancellationToken)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            do
            {
                if (slack.Desk.Messages.LastOrDefault(message => message.User == SlackDesk.Bot && message.Channel == channel && isAsAsked(message)) is { } found)
                    return found;
            }
            while (await every.WaitForNextTickAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            // Said below, with what there is.
        }

        throw new TimeoutException($"It never came. What there is in {channel}:\n{string.Join("\n---\n", slack.Desk.Messages.Where(message => message.Channel == channel).Select(message => $"{message.User}: {message.Words}"))}");
    }

    public Task<SlackMessage> SeesAsync(string words, CancellationToken cancellationToken) =>
        SeesAsync(Direct, message => message.Words.Contains(words, StringComparison.Ordinal), cancellationToken);

    [GeneratedRegex("<@(?<id>[UW][A-Z0-9]{2,})>")]
    private static partial Regex Named();

    private JsonObject Event(JsonObject message) => new()
    {
        ["type"] = "event_callback",
        ["team_id"] = slack.Team,
        ["event_id"] = $"Ev{Guid.NewGuid():N}",
        ["event"] = message,
    };

    private static JsonObject Values(IEnumerable<(string Id, string Value)> inputs) => new(inputs.Select(input => KeyValuePair.Create(
        $"b.{input.Id}", (JsonNode?)new JsonObject { [input.Id] = new JsonObject { ["type"] = "plain_text_input", ["value"] = input.Value } })));
}
