using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>The local browser chat. Messages are logged, then shown to whoever looks; a page that comes later replays the log.</summary>
internal sealed class WebChatChannel(WebChatRenderer renderer, IActivityLog log, ConversationHub hub, TimeProvider machine) : IChatChannel
{
    public const string ChannelName = "local";

    public string Name => ChannelName;

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        var id = $"b{Guid.CreateVersion7():N}";
        var shown = Stamped(conversation, renderer.Activity(message), id, Now());
        try
        {
            await log.AppendAsync(conversation, id, null, shown, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            hub.Tell(conversation, new ConversationHub.Frame(shown, null));
            throw new NotKeptException(fault);
        }

        return new MessageId(id);
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        // The first timestamp stays: with a new one Web Chat moves the message to the bottom.
        var logged = await log.ReplaceAsync(
            conversation,
            message.Value,
            old => Stamped(conversation, renderer.Activity(with), message.Value, (string?)old["timestamp"] ?? Now()),
            cancellationToken);
        return logged is null ? await PostAsync(conversation, with, cancellationToken) : message;
    }

    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var typing = new JsonObject
        {
            ["type"] = "typing",
            ["from"] = new JsonObject { ["id"] = "campaigns", ["name"] = "Campaigns", ["role"] = "bot" },
        };
        hub.Tell(conversation, new ConversationHub.Frame(Stamped(conversation, typing, $"t{Guid.CreateVersion7():N}", Now()), null));
        return Task.CompletedTask;
    }

    /// <summary>A local conversation is one person's.</summary>
    public Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken) =>
        PostAsync(conversation, new ChatMessage(text), cancellationToken);

    public bool IsShared(ConversationId conversation) => false;

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(ConversationId.Local(person));

    /// <summary>An upload is in the media store already; its reference is its digest.</summary>
    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => Task.FromResult(new Digest(file.Reference));

    private string Now() => machine.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Stamped(ConversationId conversation, JsonObject activity, string id, string timestamp)
    {
        activity["id"] = id;
        activity["timestamp"] = timestamp;
        activity["channelId"] = "directline";
        activity["conversation"] = new JsonObject { ["id"] = conversation.Value };
        return activity;
    }
}
