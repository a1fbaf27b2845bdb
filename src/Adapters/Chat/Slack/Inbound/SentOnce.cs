using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What a person pressed, commanded, chose or filled in: Slack sends it once and not again, whatever becomes of it.</summary>
internal sealed record SentOnce(SlackPlace Place, SlackPerson Person, string? Address)
{
    public const string NotKept = "I could not keep that, so most likely nothing was done. In a minute look at \"status\", and then do it once more.";
    public const string NotYet = "I have not kept that yet. If nothing answers it within a minute, look at \"status\", and then do it once more.";

    /// <summary>Slack gives up after three.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.4);

    /// <summary>Null for what comes again, and for what somebody only types in a menu.</summary>
    public static SentOnce? Of(JsonObject payload)
    {
        if (payload.Word("type") is not ("block_actions" or "view_submission" or "message_action" or "shortcut") && payload.Word("command") is null)
            return null;

        if ((payload.Word("user", "id") ?? payload.Word("user_id")) is not { } user)
            return null;

        var person = new SlackPerson(user, SlackReader.WorkspaceOf(payload));
        var channel = payload.Word("channel", "id") ?? payload.Word("channel_id") ?? payload.Word("container", "channel_id");
        return new SentOnce(
            channel is null ? SlackPlace.With(person) : new SlackPlace(person.Workspace, channel, payload.Word("container", "thread_ts") ?? payload.Word("message", "thread_ts")), person, payload.Word("response_url"));
    }

    /// <summary>The same beside the first input of a window, which stays open then; null where it is no window with an input.</summary>
    public static JsonObject? Beside(JsonObject payload, string says) =>
        payload.Word("type") == "view_submission" && payload.Object("view").Object("state").Object("values")?.Select(block => block.Key).FirstOrDefault() is { } input
            ? new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject { [input] = says } }
            : null;
}
