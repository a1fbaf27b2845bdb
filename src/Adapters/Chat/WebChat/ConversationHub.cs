using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.WebChat;

/// <summary>Who is looking at a browser conversation now. Logging comes first, then these are told.</summary>
internal sealed class ConversationHub
{
    /// <summary>A page that falls further behind is cut off; it comes back and asks for what it missed.</summary>
    private const int Backlog = 500;

    private readonly ConcurrentDictionary<ConversationId, ConcurrentDictionary<Guid, Channel<Frame>>> _listeners = new();

    /// <param name="Watermark">Null for what is shown and not kept, such as typing.</param>
    public sealed record Frame(JsonObject Activity, long? Watermark);

    public sealed class Listener(Channel<Frame> channel, Action leave) : IDisposable
    {
        public ChannelReader<Frame> Frames => channel.Reader;

        public void Dispose() => leave();
    }

    public Listener Listen(ConversationId conversation)
    {
        var id = Guid.NewGuid();
        var channel = Channel.CreateBounded<Frame>(Backlog);
        var here = _listeners.GetOrAdd(conversation, _ => new ConcurrentDictionary<Guid, Channel<Frame>>());
        here[id] = channel;
        return new Listener(channel, () => here.TryRemove(id, out _));
    }

    public void Tell(ConversationId conversation, Frame frame)
    {
        if (!_listeners.TryGetValue(conversation, out var here))
            return;

        foreach (var channel in here.Values.Where(channel => !channel.Writer.TryWrite(frame)))
            channel.Writer.TryComplete();
    }
}
