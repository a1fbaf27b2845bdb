using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Rooms;

/// <summary>The channels of a workspace by name or id: whether they are there, are ours alone, and take our messages.</summary>
internal sealed partial class SlackRooms(SlackApi api, SlackWorkspaces workspaces) : IRooms
{
    private const string Shared = "This channel is shared with another organisation, so I show and do nothing of our accounts here. Say it to me in a direct message, or in a channel that is ours alone.";
    private const string Unsaid = "Slack does not say just now whether another organisation reads this channel, so I show and do nothing of our accounts here. Say it to me in a direct message, or here again in a minute.";

    private const string Among = "This is a message to several people, in which I hear what names me and nothing of what is said after it, so I show and do nothing of our accounts here. Say it to me alone, or in a channel that I am in.";

    /// <summary>Without it Slack says nothing of a message to several people; we do not ask for it.</summary>
    private const string OfSeveral = "mpim:read";

    /// <summary>Slack lists at most a thousand at once.</summary>
    private const string AtOnce = "1000";

    /// <summary>A workspace with more channels than these is asked for an id.</summary>
    private const int MostPages = 20;

    /// <summary>How long it holds that a channel is ours alone, or is not: a minute of machine time.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    /// <summary>How long somebody waits for it: three seconds of machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long it is not asked again after Slack did not say: ten seconds of machine time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ConversationId, (bool? IsShared, DateTimeOffset Until)> _shared = new();
    private readonly ConcurrentDictionary<ConversationId, Lazy<Task<bool?>>> _asking = new();

    /// <summary>Messages to several people, which are no channels.</summary>
    private readonly ConcurrentDictionary<ConversationId, bool> _several = new();

    private readonly ConcurrentDictionary<ConversationId, string> _names = new();

    public string Channel => SlackPlace.Prefix;

    public string NameOf(ConversationId place) =>
        SlackPlace.IsOne(place.Value) && _names.TryGetValue(WholeOf(place), out var name) ? $"{name} ({place})" : place.Value;

    public async Task<FoundRoom> FindAsync(string said, ConversationId here, CancellationToken cancellationToken)
    {
        var place = here.Channel == Channel ? SlackPlace.Of(here) : null;
        if (said.Equals("here", StringComparison.OrdinalIgnoreCase) && place is not { IsDirect: false })
            return new FoundRoom.Not("This is our direct conversation, which nobody else reads. Name a channel such as #ads, or say \"setup\" in the channel itself.");

        try
        {
            // Whoever writes a whole place names its workspace too.
            var written = said.StartsWith($"{Channel}/", StringComparison.OrdinalIgnoreCase) ? SlackPlace.Of(new ConversationId($"{Channel}{said[Channel.Length..]}")) : null;
            var workspace = written is null ? place?.Workspace : written.Workspace;
            var access = await workspaces.AccessAsync(workspace, cancellationToken);
            var id = said.Equals("here", StringComparison.OrdinalIgnoreCase) ? place!.Channel : await IdAsync(access, written?.Channel ?? said, cancellationToken);
            return id is null ? Unknown(said) : await LookAsync(access, new SlackPlace(workspace, id, null), cancellationToken);
        }
        catch (Exception fault) when (fault is ArgumentException or ClosedPlaceException)
        {
            return Unknown(said);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Channel)
        {
            return Unknown(said);
        }
        catch (SlackException fault) when (fault.Kind is SlackFault.Passing or SlackFault.Limited)
        {
            return new FoundRoom.Not($"Slack does not say just now whether there is {said}; say it again in a minute.");
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Workspace)
        {
            return new FoundRoom.Not($"Slack lets me look at no channel ({fault.Named}). Install the app again with the present manifest: that needs channels:read and groups:read.");
        }
    }

    public async Task<string?> StrangersAsync(ConversationId place, CancellationToken cancellationToken) => await IsSharedAsync(place, cancellationToken) switch
    {
        true => Shared,
        false => null,
        null => _several.ContainsKey(WholeOf(place)) ? Among : Unsaid,
    };

    public ConversationId WholeOf(ConversationId place) => (SlackPlace.Of(place) with { Thread = null }).Conversation;

    public async Task<bool?> IsSharedAsync(ConversationId place, CancellationToken cancellationToken)
    {
        var channel = WholeOf(place);
        if (_shared.TryGetValue(channel, out var known) && api.Machine.GetUtcNow() < known.Until)
            return known.IsShared;

        try
        {
            return await _asking.GetOrAdd(channel, _ => new Lazy<Task<bool?>>(() => AskAsync(channel, known.IsShared))).Value.WaitAsync(Patience, api.Machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is asked once, however many wait; until it answers nobody else does.
            _shared[channel] = (known.IsShared is true ? true : null, api.Machine.GetUtcNow() + Rest);
            return known.IsShared is true ? true : null;
        }
    }

    /// <summary>What Slack does not say is not asked again at once.</summary>
    private async Task<bool?> AskAsync(ConversationId channel, bool? known)
    {
        try
        {
            var place = SlackPlace.Of(channel);
            var access = await workspaces.AccessAsync(place.Workspace, CancellationToken.None);
            var said = await api.CallAsync(access.Call("conversations.info", new JsonObject { ["channel"] = place.Channel }, isForm: true), CancellationToken.None);
            var about = said.Object("channel") ?? throw new SlackException("conversations.info", "internal_error", "the answer has no channel");
            if (about.Flag("is_mpim"))
                throw new SlackException("conversations.info", "missing_scope", $"needed {OfSeveral}");

            Named(place, about);
            var isShared = IsShared(about);
            _shared[channel] = (isShared, api.Machine.GetUtcNow() + Holds);
            return isShared;
        }
        catch (Exception fault) when (fault is SlackException or TimeoutException or ClosedPlaceException)
        {
            if (fault is SlackException { Named: var named } && named.Contains(OfSeveral, StringComparison.Ordinal))
                _several[channel] = true;

            _shared[channel] = (known is true ? true : null, api.Machine.GetUtcNow() + Rest);
            return known is true ? true : null;
        }
        finally
        {
            _asking.TryRemove(channel, out _);
        }
    }

    private string? Named(SlackPlace place, JsonObject? about) =>
        about.Word("name") is { Length: > 0 } known ? _names[WholeOf(place.Conversation)] = $"#{known}" : null;

    /// <summary>Shared with another organisation, or offered to one.</summary>
    private static bool IsShared(JsonObject? about) => about.Flag("is_ext_shared") || about.Flag("is_pending_ext_shared");

    private static FoundRoom.Not Unknown(string said) =>
        new($"There is no channel {said} that I can see. Look at its name; if it is private, say \"/invite @campaigns\" in it first, and then say it again here.");

    private async Task<FoundRoom> LookAsync(SlackAccess access, SlackPlace place, CancellationToken cancellationToken)
    {
        var about = (await api.CallAsync(access.Call("conversations.info", new JsonObject { ["channel"] = place.Channel }, isForm: true), cancellationToken)).Object("channel");
        var name = Named(place, about) ?? place.Channel;
        if (about.Flag("is_archived"))
            return new FoundRoom.Not($"{name} is archived. Unarchive it, or name another channel.");

        if (IsShared(about))
            return new FoundRoom.Not($"{name} is shared with another organisation, which would read budgets and stops. Name a channel of your own.");

        return about.Flag("is_member")
            ? new FoundRoom.Open(place.Conversation, name)
            : new FoundRoom.Not($"I am not in {name}, so nothing can be posted there. Say \"/invite @campaigns\" in it, and then say it again here.");
    }

    private async Task<string?> IdAsync(SlackAccess access, string said, CancellationToken cancellationToken)
    {
        var named = said.TrimStart('#');
        if (Id().IsMatch(named))
            return named;

        var cursor = "";
        for (var page = 0; page < MostPages; page++)
        {
            var asked = new JsonObject { ["types"] = "public_channel,private_channel", ["limit"] = AtOnce, ["exclude_archived"] = "false" };
            if (cursor.Length > 0)
                asked["cursor"] = cursor;

            var listed = await api.CallAsync(access.Call("conversations.list", asked, isForm: true), cancellationToken);
            if (listed.List("channels").FirstOrDefault(channel => string.Equals(channel.Word("name"), named, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found.Word("id");

            cursor = listed.Word("response_metadata", "next_cursor") ?? "";
            if (cursor.Length == 0)
                return null;
        }

        return null;
    }

    /// <summary>Names are never written in capitals.</summary>
    [GeneratedRegex("^[CG][A-Z0-9]{3,}$")]
    private static partial Regex Id();
}
