using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Chat.Places;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;

/// <summary>What Slack tells of where we are: which channels take nothing from us any more, and who sees us for the first time.</summary>
internal sealed partial class SlackDoors(SlackPosts posts, SlackRooms rooms, ShutPlaces shut, GreetedPlaces greeted, ILogger<SlackDoors> log)
{
    private const string InChannel = "I am in this channel now. Say \"@campaigns new campaign\" to make one here, \"@campaigns help\" for all that I do, and as an Admin \"@campaigns setup\" to choose what I post here.";
    private const string Alone = "Say \"new campaign\" to make one, \"status\" for how all stand, or \"help\" for all that I do.";

    public Task ShutAsync(SlackPlace channel, string error, CancellationToken cancellationToken) => shut.ToldAsync(channel.Conversation, SlackClosed.Why(error), cancellationToken);

    public void Opened(SlackPlace channel) => shut.Opened(channel.Conversation);

    /// <summary>One line, once for all times: in a channel that is ours alone and that nothing is posted to yet, or to a person with whom nothing was said.</summary>
    public async Task GreetAsync(SlackAccess access, SlackPlace place, PersonId? person, CancellationToken cancellationToken)
    {
        try
        {
            if (person is null && (await shut.IsPostedToAsync(place.Conversation, cancellationToken) || await rooms.IsSharedAsync(place.Conversation, cancellationToken) != false))
                return;

            // Before it is said: killed in between, it is rather not said than said again.
            if (await greeted.TryAddAsync(place.Conversation, person, cancellationToken))
                await posts.PostAsync(access, place, new SlackContent(new JsonObject { ["text"] = SlackText.Escape(person is null ? InChannel : Alone) }, Urgent: false), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NotGreeted(place.Conversation, fault.Message);
        }
    }

    [LoggerMessage(EventId = 697, Level = LogLevel.Information, Message = "Whoever is in {Conversation} was not told what can be said there: {Why}")]
    private partial void NotGreeted(ConversationId conversation, string why);
}

/// <summary>Where we said what can be said to us, also over a restart. Of a person it is known by their conversation.</summary>
internal sealed class GreetedPlaces(ISettingsStore settings, IConversationStore conversations)
{
    private const string Setting = "slack-greeted";

    /// <summary>More channels than we are brought into.</summary>
    private const int MostKept = 1000;

    private readonly Turnstile _one = new();

    private sealed record Kept(ImmutableArray<string> Channels);

    /// <returns>Whether it was not known before.</returns>
    public async Task<bool> TryAddAsync(ConversationId place, PersonId? person, CancellationToken cancellationToken)
    {
        using var turn = await _one.EnterAsync(Setting, cancellationToken);
        if (person is { } one)
        {
            if (await conversations.FindAsync(place, cancellationToken) is not null)
                return false;

            await conversations.SaveAsync(new ConversationState(place, one), cancellationToken);
            return true;
        }

        var known = (await settings.FindAsync<Kept>(WorkspaceId.Local, Setting, cancellationToken))?.Channels ?? [];
        if (known.Contains(place.Value))
            return false;

        await settings.SetAsync(WorkspaceId.Local, Setting, new Kept([place.Value, .. known.Take(MostKept - 1)]), cancellationToken);
        return true;
    }
}
