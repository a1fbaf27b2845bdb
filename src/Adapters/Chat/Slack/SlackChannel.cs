using ChatOpsCampaigns.Adapters.Chat.Slack.Files;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Slack as a way of talking: messages as Block Kit, edited in place.</summary>
internal sealed class SlackChannel(SlackPosts posts, SlackWorkspaces workspaces, SlackComposer composer, SlackFiles files, SlackPeople people) : IChatChannel
{
    public string Name => SlackPlace.Prefix;

    public async Task<MessageId> PostAsync(ConversationId conversation, ChatMessage message, CancellationToken cancellationToken)
    {
        var place = await people.ReachAsync(SlackPlace.Of(conversation), cancellationToken);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        return await posts.PostAsync(access, place, await composer.ComposeAsync(access, place, message, cancellationToken), cancellationToken);
    }

    public async Task<MessageId> EditAsync(ConversationId conversation, MessageId message, ChatMessage with, CancellationToken cancellationToken)
    {
        var place = await people.ReachAsync(SlackPlace.Of(conversation), cancellationToken);
        var access = await workspaces.AccessAsync(place.Workspace, cancellationToken);
        var content = await composer.ComposeAsync(access, place, with, cancellationToken);
        return await posts.TryEditAsync(access, place, message, content, cancellationToken) ? message : await posts.PostAsync(access, place, content, cancellationToken);
    }

    /// <summary>Slack shows nothing of the kind for a bot.</summary>
    public Task TypingAsync(ConversationId conversation, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WhisperAsync(ConversationId conversation, PersonId person, string text, CancellationToken cancellationToken)
    {
        var place = SlackPlace.Of(conversation);
        if (place.IsDirect)
            await PostAsync(conversation, new ChatMessage(text), cancellationToken);
        else
            await posts.WhisperAsync(await workspaces.AccessAsync(place.Workspace, cancellationToken), place, person.Key, text, cancellationToken);
    }

    public bool IsShared(ConversationId conversation) => !SlackPlace.Of(conversation).IsDirect;

    public Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) => people.DirectAsync(person, cancellationToken);

    public async Task<ConversationId> ReachAsync(ConversationId place, CancellationToken cancellationToken) =>
        (await people.ReachAsync(SlackPlace.Of(place), cancellationToken)).Conversation;

    public bool IsGroup(PersonId called) => SlackPeople.IsGroup(called.Key);

    public PersonId? FindReader(ConversationId place) => SlackPeople.FindReader(place);

    public Task<Digest> FetchAsync(ChatFile file, CancellationToken cancellationToken) => files.FetchAsync(file, cancellationToken);
}
