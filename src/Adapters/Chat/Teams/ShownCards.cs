using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Tells whoever pressed a button what its message shows next, and keeps an older look from taking the place of a newer one.</summary>
internal sealed class ShownCards
{
    /// <summary>Of so many messages that were edited last it is known what they show.</summary>
    private const int MostKnown = 500;

    private readonly ConcurrentDictionary<string, JsonObject> _known = new();
    private readonly ConcurrentQueue<string> _edited = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _awaited = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _listening = new();
    private readonly Turnstile _inTurn = new();

    /// <summary>The activity that the message is edited to next.</summary>
    public Task<JsonObject> NextAsync(TeamsPlace place, MessageId message) =>
        _awaited.GetOrAdd(Key(place, message), _ => new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>What somebody is told next beside a conversation.</summary>
    public Task<string> ToldAsync(TeamsPlace place, PersonId person) =>
        _listening.GetOrAdd(Key(place, person), _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Tell(TeamsPlace place, PersonId person, string says)
    {
        if (_listening.TryRemove(Key(place, person), out var listening))
            listening.TrySetResult(says);
    }

    /// <summary>Edits of one message come one after another.</summary>
    public Task<IDisposable> EnterAsync(TeamsPlace place, MessageId message, CancellationToken cancellationToken) => _inTurn.EnterAsync(Key(place, message), cancellationToken);

    public void Note(TeamsPlace place, MessageId message, JsonObject shows)
    {
        Remember(Key(place, message), shows);
        if (_awaited.TryRemove(Key(place, message), out var awaited))
            awaited.TrySetResult(shows);
    }

    /// <summary>What a message was edited to since it showed that card; null where it still shows it, or nobody knows.</summary>
    public JsonObject? InPlaceOf(string card, TeamsPlace place, MessageId message) =>
        _known.TryGetValue(Key(place, message), out var shows) && !shows.ToJsonString().Contains(card, StringComparison.Ordinal) ? shows : null;

    private void Remember(string key, JsonObject shows)
    {
        if (_known.TryAdd(key, shows))
            _edited.Enqueue(key);
        else
            _known[key] = shows;

        while (_known.Count > MostKnown && _edited.TryDequeue(out var oldest))
            _known.TryRemove(oldest, out _);
    }

    /// <summary>A press comes from the thread, and the message may have been posted as its root.</summary>
    private static string Key(TeamsPlace place, MessageId message) => $"{place.Chat}\n{message}";

    private static string Key(TeamsPlace place, PersonId person) => $"{place.Chat}\n{person.Value}";
}
