using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Slack as a way of talking: messages as Block Kit, edited in place.</summary>
internal sealed class SlackChannel(SlackPosts posts, SlackWorkspaces workspaces, SlackComposer composer, SlackFiles files, SlackPeople people) : IChatChannel
{
    /// <summary>In characters, with room for what is escaped; Slack takes 4,000.</summary>
    private const int LongestText = 3000;

    /// <summary>More would be a flood: what is longer ends with where the whole is.</summary>
    private const int MostParts = 3;

    public string Name => SlackPlace.Prefix;

    /// <summary>Slack takes about 50 edits a minute of a whole workspace. 2 seconds of machine time.</summary>
    public TimeSpan EditPause => TimeSpan.FromSeconds(2);

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        var place = await ReachedAsync(conversation, cancellationToken);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        var parts = Parts(await SentAsync(access, place, message, cancellationToken));
        foreach (var part in parts.SkipLast(1))
            await PostAsync(access, place, part, cancellationToken);

        return await PostAsync(access, place, parts[^1], cancellationToken);
    }

    /// <summary>A file goes ahead of the words about it; where Slack does not take it, they say so. Where the words are there already, so is the file.</summary>
    private async Task<ChatMessage> SentAsync(SlackAccess access, SlackPlace place, ChatMessage message, CancellationToken cancellationToken)
    {
        if (message.Download is not { } file || await posts.IsThereAsync(access, place, message, cancellationToken))
            return message;

        using var pass = await posts.EnterAsync(access, place, urgent: false, cancellationToken);
        return await OrClosedAsync(place, () => files.SendAsync(access, place, file, cancellationToken)) is { } refusal ? message with { Text = $"{message.Text} {refusal}" } : message;
    }

    /// <summary>Words that are longer than Slack takes are several messages, what can be pressed below the last; of a card what does not fit is left out with a link.</summary>
    private static IReadOnlyList<ChatMessage> Parts(ChatMessage message)
    {
        if (message.Card is not null || message.Text.Length <= LongestText)
            return [message];

        var parts = SlackText.Parts(message.Text, LongestText, MostParts);
        return
        [
            .. parts.Select((text, number) => message with
            {
                Text = text, Key = message.Key is { } key ? $"{key}/{number}" : null, Calls = number == 0 ? message.Calls : [], QuickReplies = number == parts.Count - 1 ? message.QuickReplies : [],
            }),
        ];
    }

    private async Task<MessageId> PostAsync(SlackAccess access, SlackPlace place, ChatMessage message, CancellationToken cancellationToken)
    {
        var content = await composer.ComposeAsync(access, place, message, cancellationToken);
        return await OrClosedAsync(place, () => posts.PostOnceAsync(access, place, content, message, cancellationToken));
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        var place = await ReachedAsync(conversation, cancellationToken);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        var content = await composer.ComposeAsync(access, place, with, cancellationToken);
        return await OrClosedAsync(
            place,
            async () => await posts.TryEditAsync(access, place, message, content, cancellationToken) ? message : await posts.PostAsync(access, place, content, cancellationToken));
    }

    /// <summary>Somebody who left cannot be reached any more: that is a closed place, and no fault of ours.</summary>
    private Task<SlackPlace> ReachedAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var place = SlackPlace.Of(conversation);
        return OrClosedAsync(place, () => people.ReachAsync(place, cancellationToken));
    }

    /// <exception cref="ClosedPlaceException">Trying again helps only once a person did something in Slack.</exception>
    private async Task<T> OrClosedAsync<T>(SlackPlace place, Func<Task<T>> put)
    {
        try
        {
            return await put();
        }
        catch (SlackException fault) when (fault.Kind is SlackFault.Channel or SlackFault.Ours)
        {
            // A refusal that nobody knows, of words alone too, is the same the next time.
            throw new ClosedPlaceException((place with { Thread = null }).Conversation, SlackClosed.Why(fault.Error), fault);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Workspace)
        {
            throw workspaces.Refused(place, fault);
        }
    }

    /// <summary>Slack shows nothing of the kind for a bot.</summary>
    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken)
    {
        var place = SlackPlace.Of(conversation);
        if (place.IsDirect)
            await PostAsync(conversation, new ChatMessage(text), cancellationToken);
        else
            await posts.WhisperAsync(await workspaces.AccessAsync(place.Workspace, cancellationToken), place, person.Key, composer.Words(text), cancellationToken);
    }

    public async Task<bool> TryAnswerAsync(ConversationId conversation, PersonId asked, ChatMessage message, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["text"] = SlackText.CutMarkup(SlackText.Escape(composer.Words(message.Text)), LongestText) };
        return asked.Value.StartsWith($"{SlackPlace.Prefix}:", StringComparison.Ordinal) && await posts.TryAnswerAsync(SlackPlace.Of(conversation), SlackPeople.Of(asked), body, cancellationToken);
    }

    public string? Realm(ConversationId conversation) => SlackPlace.Of(conversation).Realm;

    public string? Realm(PersonId person) => SlackPlace.With(SlackPeople.Of(person)).Realm;

    public IReadOnlyDictionary<ConversationId, string> Gone => workspaces.Gone;

    public bool IsShared(ConversationId conversation) => !SlackPlace.Of(conversation).IsDirect;

    public ConversationId? ThreadUnder(ConversationId conversation, MessageId message) =>
        SlackPlace.Of(conversation) is { IsDirect: false, Thread: null } ? conversation.ThreadUnder(message) : null;

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => people.DirectAsync(person, cancellationToken);

    public async Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) =>
        (await people.ReachAsync(SlackPlace.Of(place), cancellationToken)).Conversation;

    public bool IsGroup(PersonId called) => SlackPeople.IsGroup(called.Key);

    public PersonId? FindReader(ConversationId place) => SlackPeople.FindReader(place);

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => files.FetchAsync(file, cancellationToken);
}
