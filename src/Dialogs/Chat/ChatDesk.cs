using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>Posts to whichever channel a conversation is on, and keeps one message for each subject: a second post edits the first.</summary>
public sealed class ChatDesk(IEnumerable<IChatChannel> channels, IConversationStore conversations, TimeProvider machine)
{
    /// <summary>How long an announcement is waited for. 5 seconds of machine time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ConversationId, Task> _slow = new();
    private readonly ConcurrentDictionary<ConversationId, string> _closed = new();
    private readonly Dictionary<string, IChatChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly Turnstile _subjects = new();

    /// <summary>Conversations that took no message when they were last tried, and why.</summary>
    public IReadOnlyDictionary<ConversationId, string> Closed => _closed;

    public Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken) =>
        PutAsync(conversation, Channel(conversation).PostAsync(conversation, message, cancellationToken));

    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        Channel(conversation).TypingAsync(conversation, cancellationToken);

    public Task<Digest> FetchAsync(ConversationId conversation, ChatFile file, CancellationToken cancellationToken) =>
        Channel(conversation).FetchAsync(file, cancellationToken);

    /// <summary>Says something that one person alone sees.</summary>
    public Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken) =>
        Channel(conversation).WhisperAsync(conversation, person, text, cancellationToken);

    /// <summary>Whether several people read and answer there; false where the channel is no longer set up.</summary>
    public bool IsShared(ConversationId conversation) => _channels.TryGetValue(conversation.Channel, out var channel) && channel.IsShared(conversation);

    /// <summary>The conversation that a person has with us alone; null for a group, and when their channel is not set up.</summary>
    public async Task<ConversationId?> FindDirectAsync(PersonId person, CancellationToken cancellationToken) =>
        _channels.TryGetValue(person.Value.Split(':')[0], out var channel) && !channel.IsGroup(person) ? await channel.DirectAsync(person, cancellationToken) : null;

    /// <summary>Who reads a place that no conversation is open for yet; null for every other one.</summary>
    public PersonId? FindReader(ConversationId place) => _channels.TryGetValue(place.Channel, out var channel) ? channel.FindReader(place) : null;

    /// <summary>
    /// The same as <see cref="ShowAsync"/> where it concerns many: a chat that takes longer than <see cref="Patience"/> holds up nobody else. What it
    /// was given goes on by itself, and until that ends nothing more is tried in the same conversation.
    /// </summary>
    /// <param name="late">What is done when it was shown after all.</param>
    /// <exception cref="SlowChatException">It is not known yet whether it is shown; to be announced again.</exception>
    public async Task AnnounceAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken, Func<Task>? late = null)
    {
        if (_slow.ContainsKey(conversation))
            throw new SlowChatException(conversation);

        var show = ShowAsync(conversation, subject, message, cancellationToken);
        try
        {
            await show.WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException) when (!show.IsCompleted)
        {
            _slow[conversation] = show;
            _ = LeaveBehindAsync(conversation, show, late);
            throw new SlowChatException(conversation);
        }
    }

    /// <summary>Whoever announced it announces it again, so that its fault need not be told.</summary>
    private async Task LeaveBehindAsync(ConversationId conversation, Task show, Func<Task>? late)
    {
        await show.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _slow.TryRemove(KeyValuePair.Create(conversation, show));
        if (show.IsCompletedSuccessfully && late is not null)
            await late();
    }

    /// <summary>Shows <paramref name="message"/> as the one message about <paramref name="subject"/> in this conversation.</summary>
    public async Task ShowAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        conversation = await Channel(conversation).ReachAsync(conversation, cancellationToken);
        using var turn = await _subjects.EnterAsync($"{conversation}\n{subject}", cancellationToken);
        var known = await FindAsync(conversation, subject, cancellationToken);
        var id = known is { } present
            ? await PutAsync(conversation, Channel(conversation).EditAsync(conversation, present, message, cancellationToken))
            : await PostAsync(conversation, message, cancellationToken);

        if (id != known)
            await conversations.KeepPostAsync(subject, conversation, id, cancellationToken);
    }

    /// <summary>The message about <paramref name="subject"/> here is from now on also the one about <paramref name="also"/>.</summary>
    public async Task NameAsync(ConversationId conversation, string subject, string also, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversation, subject, cancellationToken) is { } message)
            await conversations.KeepPostAsync(also, conversation, message, cancellationToken);
    }

    /// <summary>The message about <paramref name="subject"/> here, when there is one.</summary>
    public async Task<MessageId?> FindAsync(ConversationId conversation, string subject, CancellationToken cancellationToken) =>
        (await conversations.PostsAsync(subject, cancellationToken)).Where(post => post.Conversation == conversation).Select(post => (MessageId?)post.Message).FirstOrDefault();

    /// <summary>Posts at the bottom, and makes that the message about <paramref name="subject"/> from now on.</summary>
    public async Task PostAnewAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        conversation = await Channel(conversation).ReachAsync(conversation, cancellationToken);
        using var turn = await _subjects.EnterAsync($"{conversation}\n{subject}", cancellationToken);
        var id = await PostAsync(conversation, message, cancellationToken);
        await conversations.KeepPostAsync(subject, conversation, id, cancellationToken);
    }

    /// <summary>Remembers whether the conversation took it.</summary>
    private async Task<MessageId> PutAsync(ConversationId conversation, Task<MessageId> putting)
    {
        try
        {
            var id = await putting;
            foreach (var open in _closed.Keys.Where(closed => conversation == closed || conversation.Value.StartsWith($"{closed}/", StringComparison.Ordinal)))
                _closed.TryRemove(open, out _);

            return id;
        }
        catch (ClosedPlaceException fault)
        {
            _closed[fault.Place] = fault.Why;
            throw;
        }
    }

    /// <summary>Edits the message about <paramref name="subject"/> here, when there is one.</summary>
    public async Task EditAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversation, subject, cancellationToken) is not null)
            await ShowAsync(conversation, subject, message, cancellationToken);
    }

    /// <summary>Edits a subject's message in every conversation that has one.</summary>
    public async Task EditAllAsync(string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        foreach (var (conversation, _) in await conversations.PostsAsync(subject, cancellationToken))
            await ShowAsync(conversation, subject, message, cancellationToken);
    }

    /// <summary>The same, side by side, as announcements.</summary>
    public async Task AnnounceToAllAsync(string subject, ChatMessage message, CancellationToken cancellationToken) => await Task.WhenAll(
        (await conversations.PostsAsync(subject, cancellationToken)).Select(post => AnnounceAsync(post.Conversation, subject, message, cancellationToken)));

    private IChatChannel Channel(ConversationId conversation) => _channels.TryGetValue(conversation.Channel, out var channel)
        ? channel
        : throw new InvalidOperationException($"No chat channel is called {conversation.Channel}.");
}

/// <summary>A chat has not answered yet; what it was given may still be shown.</summary>
public sealed class SlowChatException(ConversationId conversation)
    : Exception($"{conversation} has not answered in {ChatDesk.Patience.TotalSeconds:0} s; it is tried again");
