using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Microsoft Teams as a way of talking: messages and Adaptive Cards, edited in place.</summary>
internal sealed class TeamsChannel(TeamsPosts posts, TeamsComposer composer, TeamsFiles files, TeamsPeople people) : IChatChannel
{
    public string Name => TeamsPlace.Prefix;

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        var (place, way) = await WayAsync(conversation, cancellationToken);
        return await posts.PostAsync(place, way, await composer.ComposeAsync(place, way, message, cancellationToken), cancellationToken);
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        var (place, way) = await WayAsync(conversation, cancellationToken);
        var content = await composer.ComposeAsync(place, way, with, cancellationToken);
        return await posts.TryEditAsync(place, way, message, content, cancellationToken) ? message : await posts.PostAsync(place, way, content, cancellationToken);
    }

    public async Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var (place, way) = await WayAsync(conversation, cancellationToken);
        // In a channel it would stand at no thread.
        if (!place.IsChannel)
            await posts.TypingAsync(place, way, cancellationToken);
    }

    /// <summary>
    /// Beside others it is said in the conversation with that person alone, where it stays; where messages that one member sees are switched on and taken, as one of
    /// those. Whoever pressed something there just now reads it in the answer to that, too.
    /// </summary>
    public async Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken)
    {
        if (!IsShared(conversation))
        {
            await PostAsync(conversation, new ChatMessage(text), cancellationToken);
            return;
        }

        var (place, way) = await WayAsync(conversation, cancellationToken);
        var content = await composer.ComposeAsync(place, way, new ChatMessage(text), cancellationToken);
        posts.Tell(place, person, content.Words);
        if (await people.FindUserAsync(person, cancellationToken) is not { } user || !await posts.TryWhisperAsync(place, way, user, content, cancellationToken))
            await PostAsync(await DirectAsync(person, cancellationToken), new ChatMessage(text), cancellationToken);
    }

    public bool IsShared(ConversationId conversation) => !TeamsPlace.Of(conversation).IsDirect;

    public ConversationId? ThreadUnder(ConversationId conversation, MessageId message) =>
        TeamsPlace.Of(conversation) is { IsChannel: true, Thread: null } ? conversation.ThreadUnder(message) : null;

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => people.DirectAsync(person, cancellationToken);

    public async Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) =>
        (await people.ReachAsync(TeamsPlace.Of(place), cancellationToken)).Conversation;

    public PersonId? FindReader(ConversationId place) => TeamsPeople.FindReader(place);

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => files.FetchAsync(file, cancellationToken);

    private async Task<(TeamsPlace Place, TeamsReference Way)> WayAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var place = await people.ReachAsync(TeamsPlace.Of(conversation), cancellationToken);
        return (place, await people.WayAsync(place, cancellationToken));
    }
}
