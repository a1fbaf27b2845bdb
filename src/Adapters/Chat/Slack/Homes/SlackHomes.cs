using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Homes;

/// <summary>What everybody finds in the Home tab. Those who opened theirs last have it brought up to date, the others when they open it again.</summary>
internal sealed class SlackHomes(SlackApi api, SlackComposer composer, HomePage home, HomeOpeners openers, ILogger<SlackHomes> log)
{
    /// <summary>A header, one thing below it, and that there is more.</summary>
    private const int FewestWorth = 4;

    private readonly ConcurrentDictionary<SlackPerson, Home> _shown = new();
    private readonly HomeOutage _outage = new(log);

    /// <summary>What somebody's tab shows, and Slack's mark of it.</summary>
    private sealed record Home(string Shows, string? Hash);

    public async Task ShowAsync(SlackAccess access, SlackPerson person, CancellationToken cancellationToken)
    {
        try
        {
            _shown[person] = await PublishAsync(access, person, known: null, cancellationToken);
            _outage.Works(person);
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Channel)
        {
            await ForgetAsync(person, cancellationToken);
            return;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _outage.Fails(person, fault);
        }

        await KeepAsync(() => openers.OpenedAsync(person, cancellationToken), cancellationToken);
    }

    /// <summary>Brings the tabs that were opened last up to date, as far as they would show something else.</summary>
    /// <param name="find">Who we are in a workspace; null where we are not any more.</param>
    /// <returns>Whether all of them show how things stand.</returns>
    public async Task<bool> RefreshAsync(Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        if (await RecallAsync(cancellationToken) is not { } people)
            return false;

        foreach (var forgotten in _shown.Keys.Except(people))
            Drop(forgotten);

        var isAll = true;
        foreach (var person in people)
            isAll &= await RefreshAsync(person, find, cancellationToken);

        return isAll;
    }

    private async Task<bool> RefreshAsync(SlackPerson person, Func<string?, CancellationToken, Task<SlackAccess?>> find, CancellationToken cancellationToken)
    {
        try
        {
            if (await find(person.Workspace, cancellationToken) is not { } access)
            {
                await ForgetAsync(person, cancellationToken);
                return true;
            }

            // After a restart nobody knows what theirs shows: it is shown anew, whatever stood there.
            var known = _shown.GetValueOrDefault(person);
            var shown = await PublishAsync(access, person, known, cancellationToken);
            _ = known is null ? _shown.TryAdd(person, shown) : _shown.TryUpdate(person, shown, known);
            _outage.Works(person);
            return true;
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Channel)
        {
            // They are not there any more.
            await ForgetAsync(person, cancellationToken);
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _outage.Fails(person, fault);
            return false;
        }
    }

    /// <returns>Null while they cannot be read.</returns>
    private async Task<ImmutableArray<SlackPerson>?> RecallAsync(CancellationToken cancellationToken)
    {
        try
        {
            var people = await openers.AllAsync(cancellationToken);
            _outage.Read();
            return people;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _outage.Unread(fault);
            return null;
        }
    }

    private async Task ForgetAsync(SlackPerson person, CancellationToken cancellationToken)
    {
        Drop(person);
        await KeepAsync(() => openers.ForgetAsync(person, cancellationToken), cancellationToken);
    }

    private void Drop(SlackPerson person)
    {
        _shown.TryRemove(person, out _);
        _outage.Works(person);
    }

    private async Task KeepAsync(Func<Task> keep, CancellationToken cancellationToken)
    {
        try
        {
            await keep();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _outage.NotKept(fault);
        }
    }

    /// <returns>What it shows now.</returns>
    private async Task<Home> PublishAsync(SlackAccess access, SlackPerson person, Home? known, CancellationToken cancellationToken, bool simply = false)
    {
        var pages = await home.OfAsync(SlackPeople.PersonOf(person), cancellationToken);
        var shows = string.Join('\n', pages.Select(page => page.Card is { } card ? JsonSerializer.Serialize(card, card.GetType()) : page.Text));
        if (shows == known?.Shows)
            return known;

        var call = new JsonObject { ["user_id"] = person.Id, ["view"] = new JsonObject { ["type"] = "home", ["blocks"] = await DrawAsync(access, SlackPlace.With(person), pages, simply, cancellationToken) } };
        if (known?.Hash is { } hash)
            call["hash"] = hash;

        try
        {
            var answer = await api.CallAsync(access.Call("views.publish", call), cancellationToken);
            // Drawn more simply than it should be, it is drawn anew the next time.
            return new Home(simply ? "" : shows, answer.Word("view", "hash"));
        }
        catch (SlackException fault) when (fault.Kind == SlackFault.Ours && !simply)
        {
            return await PublishAsync(access, person, known, cancellationToken, simply: true);
        }
        catch (SlackException fault) when (fault.Error == "hash_conflict" && known is not null)
        {
            // It was changed meanwhile by what may be older: as it stands now, whatever stood there.
            return await PublishAsync(access, person, known: null, cancellationToken);
        }
    }

    /// <summary>One below the other, each in the room that is left.</summary>
    /// <param name="simply">Words in the place of pictures, which Slack refused.</param>
    private async Task<JsonArray> DrawAsync(SlackAccess access, SlackPlace place, ImmutableArray<ChatMessage> pages, bool simply, CancellationToken cancellationToken)
    {
        var blocks = new JsonArray();
        foreach (var page in pages)
        {
            if (blocks.Count + FewestWorth >= Block.MostInView)
                break;

            if (blocks.Count > 0)
                blocks.Add(Block.Divider());

            var content = await composer.ComposeAsync(access, place, page, cancellationToken, Block.MostInView - blocks.Count, int.MaxValue);
            while (simply && content.Simpler is { } simpler)
                content = await simpler(cancellationToken);

            foreach (var block in content.Body["blocks"] as JsonArray ?? content.Body["attachments"]?[0]?["blocks"] as JsonArray ?? [Block.Section(content.Body.Word("text") ?? "")])
                blocks.Add(block?.DeepClone());
        }

        return blocks;
    }
}
