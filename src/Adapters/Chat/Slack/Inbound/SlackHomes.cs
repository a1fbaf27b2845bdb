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
    /// <summary>More people than look at the tab at one time; of the others it is brought up to date when they open it.</summary>
    private const int MostHomes = 100;

    private readonly ConcurrentDictionary<SlackPerson, Home> _homes = new();

    /// <summary>What somebody's tab shows, and Slack's mark of it.</summary>
    private sealed record Home(string Shows, string? Hash);

    public Task ShowAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken) => PublishAsync(access, person, known: null, cancellationToken);

    /// <summary>Brings the tabs that were opened since the start up to date, as far as they would show something else.</summary>
    /// <param name="find">Who we are in a workspace; null where we are not any more.</param>
    public async Task RefreshAsync(Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        foreach (var (person, known) in _homes)
        {
            if (await find(person.Workspace, cancellationToken) is { } access)
                await PublishAsync(access, person, known, cancellationToken);
        }
    }

    private async Task PublishAsync(SlackAccess access, SlackPerson person, Home? known, CancellationToken cancellationToken)
    {
        try
        {
            var page = await home.OfAsync(SlackPeople.PersonOf(person), cancellationToken);
            var shows = page.Card is { } card ? JsonSerializer.Serialize(card, card.GetType()) : page.Text;
            if (shows == known?.Shows)
                return;

            var content = await composer.ComposeAsync(access, SlackPlace.With(person), page, cancellationToken, Block.MostInView);
            var blocks = content.Body["blocks"] ?? content.Body["attachments"]?[0]?["blocks"] ?? new JsonArray(Block.Section(content.Body.Word("text") ?? ""));
            var call = new JsonObject { ["user_id"] = person.Id, ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = blocks.DeepClone() } };
            if (known?.Hash is { } hash)
                call["hash"] = hash;

            var answer = await api.CallAsync(access.Call("views.publish", call), cancellationToken);
            if (_homes.Count < MostHomes || _homes.ContainsKey(person))
                _homes[person] = new Home(shows, answer.Word("view", "hash"));
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Race)
        {
            // Somebody opened it meanwhile, and sees what is newer.
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            NoHome(fault);
        }
    }

    [LoggerMessage(EventId = 419, Level = LogLevel.Warning, Message = "Somebody's Home tab on Slack was not brought up to date.")]
    private partial void NoHome(Exception fault);
}
