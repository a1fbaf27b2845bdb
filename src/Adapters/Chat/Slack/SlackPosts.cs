using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Puts messages where they belong: one after another in a channel, so that none overtakes an earlier one while Slack makes us wait.</summary>
internal sealed partial class SlackPosts(SlackApi api, SlackPace pace, ILogger<SlackPosts> log)
{
    /// <exception cref="SlackException">It was not posted, or nobody knows whether it was.</exception>
    public async Task<MessageId> PostAsync(SlackAccess access, SlackPlace place, SlackContent content, CancellationToken cancellationToken)
    {
        using var pass = await pace.EnterAsync($"{access.Self.Workspace}/{place.Channel}", content.Urgent, cancellationToken);
        try
        {
            return await PostAsync(access, place, content.Body, cancellationToken);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Ours && content.Body.Count > 1)
        {
            // What Slack will not draw is said in words all the same.
            NotDrawn(place.Conversation, fault);
            return await PostAsync(access, place, InWords(content), cancellationToken);
        }
    }

    /// <summary>False when there is no such message of ours any more.</summary>
    /// <exception cref="SlackException">It stands as it was, or nobody knows.</exception>
    public async Task<bool> TryEditAsync(SlackAccess access, SlackPlace place, MessageId message, SlackContent content, CancellationToken cancellationToken)
    {
        try
        {
            await EditAsync(access, place, message, content.Body, cancellationToken);
            return true;
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Ours && content.Body.Count > 1)
        {
            NotDrawn(place.Conversation, fault);
            return await TryEditAsync(access, place, message, content with { Body = InWords(content) }, cancellationToken);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Race)
        {
            return false;
        }
    }

    private Task<JsonObject> EditAsync(SlackAccess access, SlackPlace place, MessageId message, JsonObject body, CancellationToken cancellationToken)
    {
        var edit = (JsonObject)body.DeepClone();
        edit["channel"] = place.Channel;
        edit["ts"] = message.Value;
        // What is not sent stays as it was, buttons and all.
        edit.TryAdd("blocks", new JsonArray());
        edit.TryAdd("attachments", new JsonArray());
        return api.CallAsync(access.Call("chat.update", edit), cancellationToken);
    }

    private static JsonObject InWords(SlackContent content) => new() { ["text"] = content.Body["text"]!.DeepClone() };

    /// <summary>For one person alone. One that cannot be told is logged: it holds nothing that is not shown elsewhere.</summary>
    public async Task WhisperAsync(SlackAccess access, SlackPlace place, string person, string says, CancellationToken cancellationToken)
    {
        var post = new JsonObject { ["channel"] = place.Channel, ["user"] = person, ["text"] = SlackText.Escape(says) };
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        try
        {
            await api.CallAsync(access.Call("chat.postEphemeral", post), cancellationToken);
        }
        catch (SlackException fault)
        {
            NotWhispered(fault);
        }
    }

    private async Task<MessageId> PostAsync(SlackAccess access, SlackPlace place, JsonObject body, CancellationToken cancellationToken)
    {
        var post = (JsonObject)body.DeepClone();
        post["channel"] = place.Channel;
        post["unfurl_links"] = false;
        post["unfurl_media"] = false;
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        var answer = await api.CallAsync(access.Call("chat.postMessage", post), cancellationToken);
        return new MessageId(answer.Word("ts") ?? throw new SlackException("chat.postMessage", "internal_error", "the answer has no ts"));
    }

    [LoggerMessage(EventId = 412, Level = LogLevel.Warning, Message = "Somebody was not told something on Slack.")]
    private partial void NotWhispered(Exception fault);

    [LoggerMessage(EventId = 416, Level = LogLevel.Error, Message = "Slack refused how a message in {Conversation} is drawn; it is said in words.")]
    private partial void NotDrawn(ConversationId conversation, Exception fault);
}
