using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Where people of Slack are reached alone, also before they ever said something. What was opened once is kept.</summary>
internal sealed partial class SlackPeople(
    SlackApi api, SlackWorkspaces workspaces, IConversationStore conversations, TimeProvider machine, ILogger<SlackPeople> log)
{
    /// <summary>For no longer than this those on other chats wait while it is asked where somebody is reached.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Who we are where they are.</summary>
    public Task<SlackAccess> OwnAsync(CancellationToken cancellationToken) => workspaces.OwnAsync(cancellationToken);

    /// <summary>Their direct conversation; while Slack cannot be asked, a place that is opened when something is posted there.</summary>
    public async Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (await FindAsync(person, cancellationToken) is { } known)
            return known;

        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return (await OpenAsync(person, either.Token)).Conversation;
        }
        catch (Exception fault) when (fault is SlackException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotOpened(person, fault);
            return SlackPlace.With(person.Key).Conversation;
        }
    }

    /// <summary>The place itself, or the direct conversation that it stands for.</summary>
    /// <exception cref="SlackException">It cannot be opened.</exception>
    public async Task<SlackPlace> ReachAsync(SlackPlace place, CancellationToken cancellationToken) => place.Person is { } user
        ? await FindAsync(PersonOf(user), cancellationToken) is { } known ? SlackPlace.Of(known) : await OpenAsync(PersonOf(user), cancellationToken)
        : place;

    private static PersonId PersonOf(string user) => new($"{SlackPlace.Prefix}:{user}");

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

    [LoggerMessage(EventId = 417, Level = LogLevel.Warning, Message = "The direct conversation with {Person} could not be opened; it is tried again when something is posted there.")]
    private partial void NotOpened(PersonId person, Exception fault);
}
