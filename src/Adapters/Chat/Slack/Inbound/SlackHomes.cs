using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Announcing;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;

/// <summary>What everybody finds in the Home tab.</summary>
internal sealed partial class SlackHomes(SlackApi api, SlackComposer composer, HomePage home, ILogger<SlackHomes> log)
{
    /// <summary>More people than look at the tab at one time: those who opened it last. Of the others it is brought up to date when they open it again.</summary>
    private const int MostHomes = 100;

    private readonly ConcurrentDictionary<SlackPerson, Home> _homes = new();

    /// <summary>What somebody's tab shows, and Slack's mark of it.</summary>
    /// <param name="Opened">Rises with every time that anybody opens theirs.</param>
    private sealed record Home(string Shows, string? Hash, long Opened);

    private long _opened;

    public async Task ShowAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken)
    {
        if (await PublishAsync(access, person, known: null, cancellationToken) is not { } shown)
            return;

        _homes[person] = shown with { Opened = Interlocked.Increment(ref _opened) };
        foreach (var (oldest, home) in _homes.OrderByDescending(one => one.Value.Opened).Skip(MostHomes).ToList())
            _homes.TryRemove(KeyValuePair.Create(oldest, home));
    }

    /// <summary>Brings the tabs that were opened last, since the start, up to date, as far as they would show something else.</summary>
    /// <param name="find">Who we are in a workspace; null where we are not any more.</param>
    public async Task RefreshAsync(Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        foreach (var (person, known) in _homes)
        {
            if (await find(person.Workspace, cancellationToken) is { } access && await PublishAsync(access, person, known, cancellationToken) is { } shown)
                _homes.TryUpdate(person, shown, known);
        }
    }

    /// <returns>Null when nothing was published.</returns>
    private async Task<Home?> PublishAsync(SlackAccess access, SlackPerson person, Home? known, CancellationToken cancellationToken)
    {
        try
        {
            var page = await home.OfAsync(SlackPeople.PersonOf(person), cancellationToken);
            var shows = page.Card is { } card ? JsonSerializer.Serialize(card, card.GetType()) : page.Text;
            if (shows == known?.Shows)
                return null;

            var content = await composer.ComposeAsync(access, SlackPlace.With(person), page, cancellationToken, Block.MostInView);
            var blocks = content.Body["blocks"] ?? content.Body["attachments"]?[0]?["blocks"] ?? new JsonArray(Block.Section(content.Body.Word("text") ?? ""));
            var call = new JsonObject { ["user_id"] = person.Id, ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = blocks.DeepClone() } };
            if (known?.Hash is { } hash)
                call["hash"] = hash;

            var answer = await api.CallAsync(access.Call("views.publish", call), cancellationToken);
            return new Home(shows, answer.Word("view", "hash"), known?.Opened ?? 0);
        }
        catch (SlackException fault) when (fault.Error == "hash_conflict" && known is not null)
        {
            // It was changed meanwhile by what may be older: as it stands now, whatever stood there.
            return await PublishAsync(access, person, known: null, cancellationToken) is { } shown ? shown with { Opened = known.Opened } : null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NoHome(fault);
            return null;
        }
    }

    [LoggerMessage(EventId = 419, Level = LogLevel.Warning, Message = "Somebody's Home tab on Slack was not brought up to date.")]
    private partial void NoHome(Exception fault);
}
