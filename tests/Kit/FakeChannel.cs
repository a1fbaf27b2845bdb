using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Kit;

/// <summary>A chat channel that keeps what was said, in order, with edits in place.</summary>
public sealed class FakeChannel(string name = "local") : IChatChannel
{
    private readonly Lock _lock = new();
    private readonly List<Post> _posts = [];

    private int _given;

    /// <summary>A message as it stands now. <paramref name="Edits"/> counts how often it was replaced.</summary>
    public sealed record Post(MessageId Id, ConversationId Conversation, ChatMessage Message, int Edits);

    public string Name => name;

    /// <summary>Conversations that cannot be reached now.</summary>
    public Func<ConversationId, bool> IsAway { get; set; } = _ => false;

    /// <summary>Why a conversation takes no messages, and with it all its threads; null for those that do.</summary>
    public Func<ConversationId, string?> Closed { get; set; } = _ => null;

    /// <summary>How long a conversation takes before it answers.</summary>
    public Func<ConversationId, Task> Takes { get; set; } = _ => Task.CompletedTask;

    /// <summary>File references to the digest that fetching them gives.</summary>
    public ConcurrentDictionary<string, Digest> Files { get; } = new();

    public TimeSpan EditPause { get; set; }

    public IReadOnlyList<Post> All
    {
        get
        {
            lock (_lock)
                return [.. _posts];
        }
    }

    public IReadOnlyList<Post> In(ConversationId conversation) => [.. All.Where(post => post.Conversation == conversation)];

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        await Takes(conversation);
        ThrowWhenAway(conversation);
        PlainWords.Insist(message.Text);
        BoundCards.Insist(message.Card);
        lock (_lock)
        {
            var id = new MessageId($"m{++_given}");
            _posts.Add(new Post(id, conversation, message, 0));
            return id;
        }
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        await Takes(conversation);
        ThrowWhenAway(conversation);
        PlainWords.Insist(with.Text);
        BoundCards.Insist(with.Card);
        lock (_lock)
        {
            var at = _posts.FindIndex(post => post.Id == message);
            if (at < 0)
            {
                var anew = new MessageId($"m{++_given}");
                _posts.Add(new Post(anew, conversation, with, 0));
                return anew;
            }

            _posts[at] = _posts[at] with { Message = with, Edits = _posts[at].Edits + 1 };
            return message;
        }
    }

    /// <summary>Somebody deletes a message.</summary>
    public void Delete(MessageId message)
    {
        lock (_lock)
            _posts.RemoveAll(post => post.Id == message);
    }

    private void ThrowWhenAway(ConversationId conversation)
    {
        if (IsAway(conversation))
            throw new IOException($"{conversation} cannot be reached");

        var whole = new ConversationId(string.Join('/', conversation.Value.Split('/').Take(2)));
        if (Closed(whole) is { } why)
            throw new ClosedPlaceException(whole, why, new IOException(why));
    }

    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What one person alone was told.</summary>
    public ConcurrentQueue<(ConversationId Conversation, PersonId Person, string Text)> Whispers { get; } = new();

    /// <summary>Conversations of several people.</summary>
    public Func<ConversationId, bool> IsRoom { get; set; } = _ => false;

    /// <summary>Why nothing can be said to somebody alone; null for those who can be told.</summary>
    public Func<PersonId, string?> Deaf { get; set; } = _ => null;

    public Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken)
    {
        ThrowWhenAway(conversation);
        if (Deaf(person) is { } why)
            throw new ClosedPlaceException(new ConversationId($"{name}/{person.Key}"), why, new IOException(why));

        PlainWords.Insist(text);
        Whispers.Enqueue((conversation, person, text));
        return Task.CompletedTask;
    }

    public bool IsShared(ConversationId conversation) => IsRoom(conversation);

    /// <summary>Conversations whose messages can be answered below them.</summary>
    public Func<ConversationId, bool> HasThreads { get; set; } = _ => false;

    public ConversationId? ThreadUnder(ConversationId conversation, MessageId message) => HasThreads(conversation) ? conversation.ThreadUnder(message) : null;

    /// <summary>What the conversations of a person's or a place's workspace begin with.</summary>
    public Func<string, string?> RealmOf { get; set; } = _ => null;

    public string? Realm(ConversationId conversation) => RealmOf(conversation.Value);

    public string? Realm(PersonId person) => RealmOf(person.Value);

    /// <summary>Who is a group, by their ids.</summary>
    public HashSet<PersonId> Groups { get; } = [];

    public bool IsGroup(PersonId called) => Groups.Contains(called);

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(new ConversationId($"{name}/{person.Key}"));

    /// <summary>Why the conversation that somebody would have with us alone cannot be opened; null for those that are open.</summary>
    public Func<ConversationId, string?> Unopened { get; set; } = _ => null;

    public Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) =>
        Unopened(place) is { } why ? throw new ClosedPlaceException(place, why, new IOException(why)) : Task.FromResult(place);

    public PersonId? FindReader(ConversationId place) => Unopened(place) is null ? null : new PersonId(place.Value.Replace('/', ':'));

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => Task.FromResult(Files[file.Reference]);
}

public sealed class MemoryConversations : IConversationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ConversationId, ConversationState> _states = [];
    private readonly List<(string Subject, ConversationId Conversation, MessageId Message)> _posts = [];
    private readonly HashSet<string> _turns = [];

    public Task<ConversationState?> FindAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_states.GetValueOrDefault(conversation));
    }

    public Task SaveAsync(ConversationState state, CancellationToken cancellationToken)
    {
        lock (_lock)
            _states[state.Conversation] = state;

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ConversationState>> OfAsync(PersonId person, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<ConversationState>>([.. _states.Values.Where(state => state.Person == person)]);
    }

    public Task<IReadOnlyList<(ConversationId Conversation, MessageId Message)>> PostsAsync(string subject, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<(ConversationId, MessageId)>>(
                [.. _posts.Where(post => post.Subject == subject).Select(post => (post.Conversation, post.Message))]);
    }

    public Task<bool> TakesPartAsync(ConversationId thread, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_states.ContainsKey(thread) || _posts.Any(post => post.Conversation.ThreadUnder(post.Message) == thread));
    }

    public Task KeepPostAsync(string subject, ConversationId conversation, MessageId message, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _posts.RemoveAll(post => post.Subject == subject && post.Conversation == conversation);
            _posts.Add((subject, conversation, message));
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryClaimTurnAsync(string turnId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_turns.Add(turnId));
    }
}
