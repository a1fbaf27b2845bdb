using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>
/// A payload of Slack → <see cref="SlackNews"/>, or null for what is none of ours: our own words, other bots, edits, joins, talk in channels
/// that does not name us. The same over HTTP and over a socket.
/// </summary>
internal static class SlackReader
{
    /// <summary>The kinds of message that a person sends: plain, with files, a reply that is also shown in the channel, <c>/me</c>.</summary>
    private static readonly HashSet<string?> Kept = [null, "file_share", "thread_broadcast", "me_message"];

    private const string UseAsCreative = "use_as_creative";
    private const string NewCampaign = "new_campaign";

    /// <summary>Which workspace it is for; null when Slack does not say. Of an event it is where we are installed, which in a shared channel need not be where it happened.</summary>
    public static string? WorkspaceOf(JsonObject payload) =>
        payload.List("authorizations").Select(one => one.Word("team_id")).FirstOrDefault() ?? payload.Word("team_id") ?? payload.Word("team", "id") ?? payload.Word("user", "team_id");

    /// <summary>Our user there, where Slack tells it along.</summary>
    public static string UserOf(JsonObject payload) => payload.List("authorizations").Select(one => one.Word("user_id")).FirstOrDefault() ?? "";

    /// <summary>Whether it is worth a look whether it stops everything, or nearly says so.</summary>
    public static bool MayBeUrgent(JsonObject payload) =>
        payload.List("actions").Select(TokenOf).Append(payload.Word("event", "text")).Append(payload.Word("text")).Any(words => words is not null && UrgentOrder.MayBeIn(words));

    /// <param name="self">Who we are where it is for.</param>
    public static SlackNews? Read(JsonObject payload, SlackSelf self, DateTimeOffset at) => payload.Word("type") switch
    {
        "event_callback" => Event(payload, self, at),
        "block_actions" => Pressed(payload, self),
        "view_submission" => Submitted(payload, self),
        "block_suggestion" => Sought(payload, self),
        "message_action" when payload.Word("callback_id") == UseAsCreative => Used(payload, self, at),
        "shortcut" when payload.Word("callback_id") == NewCampaign && Person(payload, self) is { } person =>
            new SlackNews.Chosen(Shortcut(payload, self, person, SlackPlace.With(person), "new campaign", [], at), null),
        null when payload.Word("command") is not null => Commanded(payload, self, at),
        _ => null,
    };

    private static SlackNews? Event(JsonObject payload, SlackSelf self, DateTimeOffset at)
    {
        if (payload.Object("event") is not { } happened)
            return null;

        return happened.Word("type") switch
        {
            "app_mention" or "message" => Said(happened, self, at),
            "app_home_opened" when happened.Word("tab") == "home" && happened.Word("user") is { } user && !IsStranger(happened.Word("user_team") ?? happened.Word("team"), self) => new SlackNews.HomeOpened(new SlackPerson(user, self.Named)),
            "app_home_opened" when happened.Word("tab") == "messages" && happened.Word("channel") is { Length: > 0 } direct && happened.Word("user") is { } user && !IsStranger(happened.Word("user_team") ?? happened.Word("team"), self) =>
                new SlackNews.Met(new SlackPlace(self.Named, direct, null), new SlackPerson(user, self.Named)),
            "app_uninstalled" => new SlackNews.Uninstalled("app_uninstalled"),
            "tokens_revoked" when (happened.Object("tokens")?["bot"] as JsonArray)?.Count > 0 => new SlackNews.Uninstalled("tokens_revoked"),
            _ => happened.Word("channel") is { Length: > 0 } channel ? Door(happened, new SlackPlace(self.Named, channel, null), self) : null,
        };
    }

    /// <summary>Of leaving Slack tells whoever left that they did, and nobody else; of joining it tells everybody of everybody.</summary>
    private static SlackNews? Door(JsonObject happened, SlackPlace channel, SlackSelf self) => happened.Word("type") switch
    {
        "channel_left" or "group_left" => new SlackNews.Shut(channel, SlackClosed.Left),
        "channel_archive" or "group_archive" => new SlackNews.Shut(channel, SlackClosed.Archived),
        "channel_deleted" or "group_deleted" => new SlackNews.Shut(channel, SlackClosed.Deleted),
        "channel_unarchive" or "group_unarchive" => new SlackNews.Opened(channel),
        "member_joined_channel" when happened.Word("user") == self.User => new SlackNews.Opened(channel, IsNew: true),
        _ => null,
    };

    private static SlackNews.Said? Said(JsonObject message, SlackSelf self, DateTimeOffset at)
    {
        if (message.Word("user") is not { } user || user == self.User || message["bot_id"] is not null || user is "USLACK" or "USLACKBOT" || !Kept.Contains(message.Word("subtype")))
            return null;

        if (IsStranger(message.Word("user_team") ?? message.Word("source_team") ?? message.Word("team"), self))
            return null;

        if (message.Word("channel") is not { } channel || message.Word("ts") is not { } stamp)
            return null;

        var isDirect = channel.StartsWith('D');
        var isMention = message.Word("type") == "app_mention";
        var thread = message.Word("thread_ts");
        var text = message.Word("text") ?? "";

        // A direct message comes once as itself; in a channel what names us comes as a mention, and once more as a message.
        if (isDirect ? isMention : !isMention && (thread is null || text.Contains($"<@{self.User}", StringComparison.Ordinal)))
            return null;

        var place = new SlackPlace(self.Named, channel, isDirect ? thread : thread ?? stamp);
        return new SlackNews.Said(
            new ChatTurn($"slack/{self.Workspace}/{channel}/{stamp}", place.Conversation, SlackPeople.PersonOf(new SlackPerson(user, self.Named)), SlackText.Decode(text, self.User), Files(message, self), null, at,
                thread is null ? null : new MessageId(thread)),
            InOurThread: !isDirect && !isMention);
    }

    private static ImmutableArray<ChatFile> Files(JsonObject message, SlackSelf self) =>
        [.. message.List("files").Where(file => file.Word("id") is not null).Select(file => new ChatFile(file.Word("name") ?? file.Word("title") ?? "file", $"{self.Workspace}/{file.Word("id")}", file.Number("size")))];

    private static SlackNews.Commanded? Commanded(JsonObject form, SlackSelf self, DateTimeOffset at)
    {
        if (form.Word("team_id") is null || form.Word("channel_id") is not { } channel || form.Word("user_id") is not { } user || form.Word("trigger_id") is not { } trigger
            || IsStranger(form.Word("team_id"), self))
            return null;

        var turn = new ChatTurn(
            $"slack/{self.Workspace}/command/{trigger}", new SlackPlace(self.Named, channel, null).Conversation, SlackPeople.PersonOf(new SlackPerson(user, self.Named)), SlackText.Decode(form.Word("text"), null), [], null, at);
        return new SlackNews.Commanded(turn, trigger, form.Word("response_url") ?? "");
    }

    /// <summary>The files of a message that anybody wrote, as if whoever chose it had dropped them.</summary>
    private static SlackNews.Chosen? Used(JsonObject payload, SlackSelf self, DateTimeOffset at)
    {
        if (Person(payload, self) is not { } person || payload.Word("channel", "id") is not { } channel || payload.Object("message") is not { } message)
            return null;

        var place = new SlackPlace(self.Named, channel, message.Word("thread_ts") ?? (channel.StartsWith('D') ? null : message.Word("ts")));
        return new SlackNews.Chosen(Shortcut(payload, self, person, place, null, Files(message, self), at), place);
    }

    private static ChatTurn Shortcut(JsonObject payload, SlackSelf self, SlackPerson person, SlackPlace place, string? says, ImmutableArray<ChatFile> files, DateTimeOffset at) => new(
        $"slack/{self.Workspace}/shortcut/{payload.Word("trigger_id")}", place.Conversation, SlackPeople.PersonOf(person), says, files, null, at);

    private static SlackNews.Pressed? Pressed(JsonObject payload, SlackSelf self)
    {
        if (Person(payload, self) is not { } person || payload.List("actions").FirstOrDefault() is not { } action || TokenOf(action) is not { Length: > 0 } written)
            return null;

        var (token, order) = UrgentToken.Read(written);

        var container = payload.Object("container");
        var message = container.Word("message_ts");
        var channel = payload.Word("channel", "id") ?? container.Word("channel_id");
        var root = container.Word("thread_ts") ?? payload.Word("message", "thread_ts");
        var state = payload.Object("state") ?? payload.Object("view").Object("state");
        var place = channel is null ? SlackPlace.With(person) : new SlackPlace(self.Named, channel, root);
        return new SlackNews.Pressed(
            $"slack/{self.Workspace}/press/{person.Id}/{action.Word("action_ts")}/{token}", person, place, message, token, Fields(state), payload.Word("trigger_id") ?? "", payload.Word("response_url"))
        {
            Order = order,
        };
    }

    private static SlackNews.Submitted? Submitted(JsonObject payload, SlackSelf self)
    {
        if (Person(payload, self) is not { } person || payload.Object("view") is not { } view || view.Word("private_metadata") is not { Length: > 0 } written
            || WindowCallback.Read(written) is not { } callback)
            return null;

        return new SlackNews.Submitted($"slack/{self.Workspace}/view/{view.Word("id")}/{view.Word("hash")}", person, callback, Fields(view.Object("state")));
    }

    private static SlackNews.Sought? Sought(JsonObject payload, SlackSelf self) =>
        Person(payload, self) is not null && payload.Word("block_id") is { Length: > 0 } block && payload.Word("action_id") is { Length: > 0 } input ? new SlackNews.Sought(block, input, payload.Word("value") ?? "") : null;

    /// <summary>Somebody of another organisation, in a channel that is shared with it: they have no rights here, not even to look.</summary>
    private static bool IsStranger(string? team, SlackSelf self) => team is not null && team != self.Workspace;

    private static SlackPerson? Person(JsonObject payload, SlackSelf self) =>
        !IsStranger(payload.Word("user", "team_id"), self) && payload.Word("user", "id") is { } user ? new SlackPerson(user, self.Named) : null;

    private static string? TokenOf(JsonObject action) => action.Word("value") ?? action.Word("selected_option", "value");

    /// <summary>Every input by its own id, in the words of a form: many choices joined by commas. One that was left empty is not there.</summary>
    private static ImmutableDictionary<string, string> Fields(JsonObject? state) =>
        (state?["values"] as JsonObject ?? [])
            .SelectMany(block => block.Value as JsonObject ?? [])
            .Select(input => (input.Key, Value: Value(input.Value as JsonObject)))
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .GroupBy(field => field.Key)
            .ToImmutableDictionary(field => field.Key, field => field.First().Value!);

    private static string? Value(JsonObject? input) => input is null
        ? null
        : input["selected_options"] is JsonArray many
            ? string.Join(',', many.Select(option => option.Word("value")))
            : input.Word("selected_option", "value") ?? input.Word("selected_date") ?? input.Word("selected_time") ?? Plain(input["value"]);

    private static string? Plain(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };
}
