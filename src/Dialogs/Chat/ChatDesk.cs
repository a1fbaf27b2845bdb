// Long because it is the one door to every chat: what is announced, answered, kept and edited goes through it.
using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat.Places;

namespace ChatOpsCampaigns.Dialogs.Chat;

/// <summary>Posts to whichever channel a conversation is on, and keeps one message for each subject: a second post edits the first.</summary>
public sealed class ChatDesk(IEnumerable<IChatChannel> channels, IConversationStore conversations, Outbox outbox, Elsewhere elsewhere, TimeProvider machine)
{
    /// <summary>How long an announcement is waited for. 5 seconds of machine time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer is waited for before it is kept for later. 20 seconds of machine time.</summary>
    private static readonly TimeSpan LongestReply = TimeSpan.FromSeconds(20);

    /// <summary>So long after a start a message may be there that was posted right before the end of the last life, and not kept as posted.</summary>
    private static readonly TimeSpan Unsure = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _began = machine.GetUtcNow();
    private readonly ConcurrentDictionary<string, bool> _lost = new();
    private readonly ConcurrentDictionary<(ConversationId Conversation, string Subject), Task> _slow = new();
    private readonly ConcurrentDictionary<ConversationId, string> _strange = new();
    private readonly Dictionary<string, IChatChannel> _channels = channels.ToDictionary(channel => channel.Name);
    private readonly Turnstile _subjects = new();
    private readonly EditPace _edits = new(machine);

    /// <summary>Conversations that take no messages, as far as it is known, or in which others read by now, and why.</summary>
    public IReadOnlyDictionary<ConversationId, string> Closed =>
        elsewhere.Shut.All.Concat(_strange).Concat(_channels.Values.SelectMany(channel => channel.Gone)).DistinctBy(one => one.Key).ToDictionary();

    /// <summary>A conversation as people know it, with its id.</summary>
    public string NameOf(ConversationId place) => elsewhere.NameOf(place);

    /// <summary>Whether a conversation is in another, or is it: a thread in its channel, a channel in its workspace.</summary>
    public static bool IsIn(ConversationId conversation, string whole) =>
        conversation.Value.StartsWith(whole, StringComparison.Ordinal) && (conversation.Value.Length == whole.Length || conversation.Value[whole.Length] is '/' or '.');

    public Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken) =>
        PutAsync(conversation, Channel(conversation).PostAsync(conversation, message, cancellationToken));

    /// <summary>An answer to somebody: where the chat cannot be reached it is kept and said later, once and in its order.</summary>
    /// <param name="key">The same for the same answer when a turn is taken up again after a crash.</param>
    /// <param name="isAgain">The turn was taken up again: it may have been said.</param>
    /// <param name="asked">Whom it answers.</param>
    public async Task ReplyAsync(ConversationId conversation, string key, bool isAgain, ChatMessage message, CancellationToken cancellationToken, PersonId? asked = null)
    {
        message = message with { Key = key, IfThere = isAgain ? IfThere.Leave : IfThere.Never };
        if ((await WaitingAsync(conversation, cancellationToken)).Count > 0)
        {
            await outbox.AddAsync(key, conversation, message, cancellationToken, asked);
            return;
        }

        using var patience = new CancellationTokenSource(LongestReply, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await PostAsync(conversation, message, either.Token);
        }
        catch (ClosedPlaceException shut)
        {
            if (!await TryElsewhereAsync(conversation, asked, message, shut, cancellationToken))
                throw;
        }
        catch (Exception fault) when (fault is not NotKeptException && !cancellationToken.IsCancellationRequested)
        {
            await KeepAsync(conversation, key, message, fault, cancellationToken, asked);
        }
    }

    /// <summary>An answer that its conversation takes no more is given in the next best place that takes it.</summary>
    private async Task<bool> TryElsewhereAsync(ConversationId conversation, PersonId? asked, ChatMessage message, ClosedPlaceException shut, CancellationToken cancellationToken)
    {
        if (asked is { } person && await Channel(conversation).TryAnswerAsync(conversation, person, message, cancellationToken))
            return true;

        var why = $"I can say nothing in {NameOf(shut.Place)} any more: {shut.Why}. So it is said here.";
        var told = message with { Key = $"{message.Key}/elsewhere" };
        foreach (var place in await elsewhere.OfAsync(conversation, asked, shut.Place, FindDirectAsync, cancellationToken))
        {
            try
            {
                if (message.Card is not null)
                    await PostAsync(place, new ChatMessage(why), cancellationToken);

                await PostAsync(place, message.Card is null ? told with { Text = $"{why} {message.Text}" } : told, cancellationToken);
                return true;
            }
            catch (ClosedPlaceException)
            {
                // The next one is tried.
            }
        }

        return false;
    }

    /// <summary>What can neither be said nor kept is the fault that it was.</summary>
    private async Task KeepAsync(ConversationId conversation, string key, ChatMessage message, Exception because, CancellationToken cancellationToken, PersonId? asked = null)
    {
        try
        {
            await outbox.AddAsync(key, conversation, message, cancellationToken, asked);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new AggregateException($"An answer could not be said in {conversation}, and could not be kept.", because, fault);
        }
    }

    private async Task<IReadOnlyList<KeptReply>> WaitingAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await outbox.WaitingAsync(cancellationToken)).Where(one => one.Conversation == conversation)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A database that is away keeps nobody from being answered.
            return [];
        }
    }

    /// <summary>Says what could not be said before, of each conversation in its order.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public async Task<bool> SayKeptAsync(CancellationToken cancellationToken)
    {
        var isAll = true;
        foreach (var ofOne in (await outbox.WaitingAsync(cancellationToken)).GroupBy(one => one.Conversation).ToList())
        {
            foreach (var kept in ofOne)
            {
                if (await TrySayAsync(kept, cancellationToken))
                    continue;

                isAll = false;
                break;
            }
        }

        return isAll;
    }

    private async Task<bool> TrySayAsync(KeptReply kept, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync(kept.Conversation, kept.Message(machine.GetUtcNow()), cancellationToken);
            await outbox.RemoveAsync(kept, cancellationToken);
            return true;
        }
        catch (ClosedPlaceException shut)
        {
            if (!await TryElsewhereAsync(kept.Conversation, kept.Asked, kept.Message(machine.GetUtcNow()), shut, cancellationToken))
                return false;

            await outbox.RemoveAsync(kept, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) =>
        Channel(conversation).TypingAsync(conversation, cancellationToken);

    /// <summary>The conversation itself, or the one that a place stands for whose reader is known, which is opened now.</summary>
    public Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) => Channel(place).ReachAsync(place, cancellationToken);

    public Task<Digest> FetchAsync(ConversationId conversation, ChatFile file, CancellationToken cancellationToken) =>
        Channel(conversation).FetchAsync(file, cancellationToken);

    /// <summary>Says something that one person alone sees.</summary>
    public Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken) =>
        Channel(conversation).WhisperAsync(conversation, person, text, cancellationToken);

    /// <summary>Whether several people read and answer there; false where the channel is no longer set up.</summary>
    public bool IsShared(ConversationId conversation) => _channels.TryGetValue(conversation.Channel, out var channel) && channel.IsShared(conversation);

    /// <summary>Where something is said to what a message shows: in the thread below it, or where there are none, after it.</summary>
    public ConversationId ThreadOf(ConversationId conversation, MessageId message) => ThreadUnder(conversation, message) ?? conversation;

    /// <summary>Whether it is a group, which is called in a channel alone.</summary>
    public bool IsGroup(PersonId called) => _channels.TryGetValue(called.Value.Split(':')[0], out var channel) && channel.IsGroup(called);

    /// <summary>What every conversation of its workspace begins with, where a chat has several; null in the one that is configured.</summary>
    public string? Realm(ConversationId conversation) => _channels.TryGetValue(conversation.Channel, out var channel) ? channel.Realm(conversation) : null;

    /// <summary>The same of the workspace that a person belongs to.</summary>
    public string? Realm(PersonId person) => _channels.TryGetValue(person.Value.Split(':')[0], out var channel) ? channel.Realm(person) : null;

    /// <summary>The conversation that a person has with us alone; null for a group, and when their channel is not set up.</summary>
    public async Task<ConversationId?> FindDirectAsync(PersonId person, CancellationToken cancellationToken) =>
        _channels.TryGetValue(person.Value.Split(':')[0], out var channel) && !channel.IsGroup(person) ? await channel.DirectAsync(person, cancellationToken) : null;

    /// <summary>Who reads a place that no conversation is open for yet; null for every other one.</summary>
    public PersonId? FindReader(ConversationId place) => _channels.TryGetValue(place.Channel, out var channel) ? channel.FindReader(place) : null;

    /// <summary>
    /// The same as <see cref="ShowAsync"/> where it concerns many: a chat that takes longer than <see cref="Patience"/> holds up nobody else. What it
    /// was given goes on by itself, and until that ends nothing more is tried in the same conversation, but for what is urgent.
    /// </summary>
    /// <param name="late">What is done when it was shown after all.</param>
    /// <exception cref="SlowChatException">It is not known yet whether it is shown; to be announced again.</exception>
    public async Task AnnounceAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken, Func<Task>? late = null)
    {
        if (_slow.Keys.Any(slow => slow.Conversation == conversation && (slow.Subject == subject || !message.Urgent)))
            throw new SlowChatException(conversation);

        var show = ShowUnaskedAsync(conversation, subject, message, cancellationToken);
        try
        {
            await show.WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException) when (!show.IsCompleted)
        {
            _slow[(conversation, subject)] = show;
            _ = LeaveBehindAsync((conversation, subject), show, late);
            throw new SlowChatException(conversation);
        }
    }

    /// <summary>Nothing of an account is told where others read it.</summary>
    private async Task ShowUnaskedAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        if (await ShutAsync(conversation, cancellationToken) is { } shut)
            throw shut;

        await ShowAsync(conversation, subject, message, cancellationToken);
    }

    private async Task<ClosedPlaceException?> ShutAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        if (!IsShared(conversation))
            return null;

        var shut = await elsewhere.ShutAsync(conversation, cancellationToken);
        foreach (var open in _strange.Keys.Where(strange => shut is null && IsIn(conversation, strange.Value)))
            _strange.TryRemove(open, out _);

        if (shut is not null)
            _strange[shut.Place] = shut.Why;

        return shut;
    }

    /// <summary>Looks whether others still read where they did.</summary>
    public async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        foreach (var strange in _strange.Keys)
            await ShutAsync(strange, cancellationToken);
    }

    /// <summary>Whoever announced it announces it again, so that its fault need not be told.</summary>
    private async Task LeaveBehindAsync((ConversationId, string) slow, Task show, Func<Task>? late)
    {
        await show.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _slow.TryRemove(KeyValuePair.Create(slow, show));
        if (show.IsCompletedSuccessfully && late is not null)
            await late();
    }

    /// <summary>
    /// Shows <paramref name="message"/> as the one message about <paramref name="subject"/> in this conversation. Where a chat wants a pause between edits of
    /// a message, several become the last of them; this returns when that is shown.
    /// </summary>
    public async Task ShowAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        var channel = Channel(conversation);
        var place = await ReachedAsync(conversation, cancellationToken);
        var key = $"{place}\n{subject}";
        await _edits.ShowAsync(key, channel.EditPause, message, (newest, token) => ShowAsync(channel, place, subject, newest, token), cancellationToken);
    }

    private async Task ShowAsync(IChatChannel channel, ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        var key = $"{conversation}\n{subject}";
        using var turn = await _subjects.EnterAsync(key, cancellationToken);
        var known = await FindAsync(conversation, subject, cancellationToken);
        var id = known is { } present
            ? await PutAsync(conversation, channel.EditAsync(conversation, present, message, cancellationToken))
            : await PostOnceAsync(conversation, key, message, cancellationToken);

        if (known is not null)
            _edits.Edited(key, channel.EditPause);

        if (id != known)
            await conversations.KeepPostAsync(subject, conversation, id, cancellationToken);
    }

    /// <summary>
    /// The first message about a subject. One whose answer was lost, in this life or at the end of the last, is found again where the chat can do that, and
    /// brought up to date in the place of a second one.
    /// </summary>
    private async Task<MessageId> PostOnceAsync(ConversationId conversation, string key, ChatMessage message, CancellationToken cancellationToken)
    {
        var isUnsure = _lost.ContainsKey(key) || machine.GetUtcNow() - _began < Unsure;
        try
        {
            var id = await PostAsync(conversation, message with { Key = Digest.Of(key).Value, IfThere = isUnsure ? IfThere.Renew : IfThere.Never }, cancellationToken);
            _lost.TryRemove(key, out _);
            return id;
        }
        catch
        {
            _lost[key] = true;
            throw;
        }
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

    /// <summary>Whether any conversation shows a message about <paramref name="subject"/>.</summary>
    public async Task<bool> IsShownAsync(string subject, CancellationToken cancellationToken) => (await conversations.PostsAsync(subject, cancellationToken)).Count > 0;

    /// <summary>What is answered to a message there; null where the chat has no threads.</summary>
    public ConversationId? ThreadUnder(ConversationId conversation, MessageId message) =>
        _channels.TryGetValue(conversation.Channel, out var channel) ? channel.ThreadUnder(conversation, message) : null;

    /// <summary>Whether a conversation shows the message about <paramref name="subject"/>, or is the thread below it.</summary>
    public async Task<bool> ShownInAsync(string subject, ConversationId conversation, CancellationToken cancellationToken) =>
        (await conversations.PostsAsync(subject, cancellationToken)).Any(post => post.Conversation == conversation || post.Conversation.ThreadUnder(post.Message) == conversation);

    /// <summary>Posts at the bottom, and makes that the message about <paramref name="subject"/> from now on.</summary>
    public async Task PostAnewAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        conversation = await ReachedAsync(conversation, cancellationToken);
        _edits.Anew($"{conversation}\n{subject}");
        using var turn = await _subjects.EnterAsync($"{conversation}\n{subject}", cancellationToken);
        var id = await PostAsync(conversation, message, cancellationToken);
        await conversations.KeepPostAsync(subject, conversation, id, cancellationToken);
    }

    /// <summary>The same as <see cref="ReachAsync"/>, and remembers whether it could be opened.</summary>
    private async Task<ConversationId> ReachedAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        try
        {
            var place = await ReachAsync(conversation, cancellationToken);
            if (place != conversation)
                elsewhere.Shut.Opened(conversation);

            return place;
        }
        catch (ClosedPlaceException fault)
        {
            elsewhere.Shut.Refused(fault);
            throw;
        }
    }

    /// <summary>Remembers whether the conversation took it.</summary>
    private async Task<MessageId> PutAsync(ConversationId conversation, Task<MessageId> putting)
    {
        try
        {
            var id = await putting;
            elsewhere.Shut.Opened(conversation);
            return id;
        }
        catch (ClosedPlaceException fault)
        {
            elsewhere.Shut.Refused(fault);
            throw;
        }
    }

    /// <summary>Edits the message about <paramref name="subject"/> here, when there is one.</summary>
    public async Task EditAsync(ConversationId conversation, string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        if (await FindAsync(conversation, subject, cancellationToken) is not null)
            await ShowAsync(conversation, subject, message, cancellationToken);
    }

    /// <summary>Edits a subject's message in every conversation that has one and that nobody else reads.</summary>
    public async Task EditAllAsync(string subject, ChatMessage message, CancellationToken cancellationToken)
    {
        foreach (var (conversation, _) in await conversations.PostsAsync(subject, cancellationToken))
        {
            if (await ShutAsync(conversation, cancellationToken) is null)
                await ShowAsync(conversation, subject, message, cancellationToken);
        }
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
