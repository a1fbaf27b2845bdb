using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Slack as a way of talking: messages as Block Kit, edited in place.</summary>
internal sealed class SlackChannel(
    SlackApi api, SlackWorkspaces workspaces, SlackPace pace, SlackComposer composer, SlackFiles files) : IChatChannel
{
    public string Name => SlackPlace.Prefix;

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        var place = SlackPlace.Of(conversation);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        var content = await composer.ComposeAsync(access, message, cancellationToken);
        var post = Filled(content, place.Channel);
        post["unfurl_links"] = false;
        post["unfurl_media"] = false;
        if (place.Thread is { } thread)
            post["thread_ts"] = thread;

        await pace.PostAsync($"{access.Self.Workspace}/{place.Channel}", content.Urgent, cancellationToken);
        var answer = await api.CallAsync(access.Call("chat.postMessage", post), cancellationToken);
        var stamp = answer.Word("ts") ?? throw new SlackException("chat.postMessage", "internal_error", "the answer has no ts");
        return new MessageId(stamp);
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        var place = SlackPlace.Of(conversation);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        var content = await composer.ComposeAsync(access, with, cancellationToken);
        var edit = Filled(content, place.Channel);
        edit["ts"] = message.Value;
        try
        {
            await api.CallAsync(access.Call("chat.update", edit), cancellationToken);
            return message;
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Race)
        {
            return await PostAsync(conversation, with, cancellationToken);
        }
    }

    /// <summary>Slack shows nothing of the kind for a bot.</summary>
    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => files.FetchAsync(file, cancellationToken);

    private static JsonObject Filled(SlackContent content, string channel)
    {
        var filled = (JsonObject)content.Body.DeepClone();
        filled["channel"] = channel;
        return filled;
    }
}
