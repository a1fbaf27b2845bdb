using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack;

/// <summary>Where people of Slack are reached alone, also before they ever said something. What was opened once is kept.</summary>
/// <param name="doors">Null where nothing is heard from Slack.</param>
internal sealed partial class SlackPeople(SlackApi api, SlackWorkspaces workspaces, IConversationStore conversations, ILogger<SlackPeople> log, SlackDoors? doors = null)
{
    /// <summary>Who we are where something comes from, or a fault within two seconds; null where we are not installed: what comes from there is passed over.</summary>
    public async Task<SlackAccess?> FindAccessAsync(string? workspace, CancellationToken cancellationToken)
    {
        var access = await workspaces.HeardFromAsync(workspace, cancellationToken);
        if (access is null)
            NotInstalled(workspace);

        return access;
    }

    /// <summary>Who we most likely are there, while neither Slack nor the database says so; null where we cannot be.</summary>
    public SlackSelf? Presumed(string? workspace, string user) => workspaces.Presumed(workspace, user);

    /// <summary>We were taken out of a workspace.</summary>
    public Task LostAsync(SlackSelf self, string why, CancellationToken cancellationToken) => workspaces.LostAsync(self, why, cancellationToken);

    /// <summary>Slack told that a channel takes nothing from us any more: whoever can put that right need not wait for the next message that is refused there.</summary>
    public Task ShutAsync(SlackPlace channel, string error, CancellationToken cancellationToken) =>
        doors?.ShutAsync(channel, error, cancellationToken) ?? Task.CompletedTask;

    public void Opened(SlackPlace channel) => doors?.Opened(channel);

    /// <summary>Says one line, once, to whoever sees us for the first time: those of a channel, or <paramref name="person"/> alone.</summary>
    public Task GreetAsync(SlackAccess access, SlackPlace place, SlackPerson? person, CancellationToken cancellationToken) =>
        doors?.GreetAsync(access, place, person is { } one ? PersonOf(one) : null, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Their direct conversation as far as it is known; else a place that is opened when something is posted there. Slack is not asked.</summary>
    public async Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken) =>
        await FindAsync(person, cancellationToken) ?? SlackPlace.With(Of(person)).Conversation;

    /// <summary>Whose direct conversation a place stands for; null for every other one.</summary>
    public static PersonId? FindReader(ConversationId place) => SlackPlace.Of(place).Person is { } user ? PersonOf(user) : null;

    /// <summary>The place itself, or the direct conversation that it stands for.</summary>
    /// <exception cref="SlackException">It cannot be opened.</exception>
    public async Task<SlackPlace> ReachAsync(SlackPlace place, CancellationToken cancellationToken) => place.Person is { } user
        ? await FindAsync(PersonOf(user), cancellationToken) is { } known ? SlackPlace.Of(known) : await OpenAsync(PersonOf(user), cancellationToken)
        : place;

    /// <summary>The same as far as it is known; else the place itself, which is opened when something is posted there. Slack is not asked.</summary>
    public async Task<SlackPlace> KnownAsync(SlackPlace place, CancellationToken cancellationToken) =>
        place.Person is { } user && await FindAsync(PersonOf(user), cancellationToken) is { } known ? SlackPlace.Of(known) : place;

    /// <summary>Whether it can be the id of a person or of a user group.</summary>
    public static bool IsId(string key) => Id().IsMatch(key);

    [GeneratedRegex("^[UWS][A-Z0-9]+$")]
    private static partial Regex Id();

    /// <summary>A user group, by the first letter of its id.</summary>
    public static bool IsGroup(string key) => key.StartsWith('S');

    /// <summary><c>slack:U0ANA</c>, and <c>slack:T0CAMP002:U0ANA</c> in a workspace other than the configured token's.</summary>
    public static PersonId PersonOf(SlackPerson person) => new(person.Workspace is { } workspace ? $"{SlackPlace.Prefix}:{workspace}:{person.Id}" : $"{SlackPlace.Prefix}:{person.Id}");

    public static SlackPerson Of(PersonId person) => new(person.Key, person.Value.Split(':') is [_, var workspace, _] ? workspace : null);

    private async Task<ConversationId?> FindAsync(PersonId person, CancellationToken cancellationToken) =>
        (await conversations.OfAsync(person, cancellationToken))
            .Select(state => state.Conversation)
            .Where(conversation => conversation.Channel == SlackPlace.Prefix && SlackPlace.Of(conversation) is { IsDirect: true, Thread: null, Person: null })
            .Cast<ConversationId?>()
            .FirstOrDefault();

    private async Task<SlackPlace> OpenAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (user, workspace) = Of(person);
        var access = await workspaces.AccessAsync(workspace, cancellationToken);
        var opened = await api.CallAsync(access.Call("conversations.open", new JsonObject { ["users"] = user }), cancellationToken);
        var place = new SlackPlace(workspace, opened.Word("channel", "id") ?? throw new SlackException("conversations.open", "internal_error", "the answer has no channel"), null);
        if (await conversations.FindAsync(place.Conversation, cancellationToken) is null)
            await conversations.SaveAsync(new ConversationState(place.Conversation, person), cancellationToken);

        return place;
    }

    [LoggerMessage(EventId = 435, Level = LogLevel.Warning, Message = "Slack sent something of the workspace {Workspace}, in which we are not installed; it was passed over.")]
    private partial void NotInstalled(string? workspace);
}
