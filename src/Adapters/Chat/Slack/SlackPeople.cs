using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Where people of Slack are reached alone, also before they ever said something. What was opened once is kept.</summary>
internal sealed class SlackPeople(SlackApi api, SlackWorkspaces workspaces, IConversationStore conversations)
{
    /// <summary>Who we are where they are.</summary>
    public Task<SlackAccess> OwnAsync(CancellationToken cancellationToken) => workspaces.OwnAsync(cancellationToken);

    /// <summary>Their direct conversation as far as it is known; else a place that is opened when something is posted there. Slack is not asked.</summary>
    public async Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) =>
        await FindAsync(person, cancellationToken) ?? SlackPlace.With(person.Key).Conversation;

    /// <summary>Whose direct conversation a place stands for; null for every other one.</summary>
    public static PersonId? FindReader(ConversationId place) => SlackPlace.Of(place).Person is { } user ? PersonOf(user) : null;

    /// <summary>The place itself, or the direct conversation that it stands for.</summary>
    /// <exception cref="SlackException">It cannot be opened.</exception>
    public async Task<SlackPlace> ReachAsync(SlackPlace place, CancellationToken cancellationToken) => place.Person is { } user
        ? await FindAsync(PersonOf(user), cancellationToken) is { } known ? SlackPlace.Of(known) : await OpenAsync(PersonOf(user), cancellationToken)
        : place;

    /// <summary>A user group, by the first letter of its id.</summary>
    public static bool IsGroup(string key) => key.StartsWith('S');

    public static PersonId PersonOf(string user) => new($"{SlackPlace.Prefix}:{user}");

    private async Task<ConversationId?> FindAsync(PersonId person, CancellationToken cancellationToken) =>
        (await conversations.OfAsync(person, cancellationToken))
            .Select(state => state.Conversation)
            .Where(conversation => conversation.Channel == SlackPlace.Prefix && SlackPlace.Of(conversation) is { IsDirect: true, Thread: null })
            .Cast<ConversationId?>()
            .FirstOrDefault();

    private async Task<SlackPlace> OpenAsync(PersonId person, CancellationToken cancellationToken)
    {
        var own = await workspaces.OwnAsync(cancellationToken);
        var opened = await api.CallAsync(own.Call("conversations.open", new JsonObject { ["users"] = person.Key }), cancellationToken);
        var place = new SlackPlace(null, opened.Word("channel", "id") ?? throw new SlackException("conversations.open", "internal_error", "the answer has no channel"), null);
        if (await conversations.FindAsync(place.Conversation, cancellationToken) is null)
            await conversations.SaveAsync(new ConversationState(place.Conversation, person), cancellationToken);

        return place;
    }
}
