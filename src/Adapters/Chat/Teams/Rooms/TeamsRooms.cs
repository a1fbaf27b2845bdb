using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Rooms;

/// <summary>
/// The channels of the teams that the app was added to, by name or id. Said in a channel, its own team comes first. Names have spaces in Teams, which may be left
/// out or written as anything else: <c>#ads-team</c> is "Ads Team".
/// </summary>
internal sealed class TeamsRooms(ConnectorApi api, ITeamsReferenceStore references) : IRooms
{
    /// <summary>Teams names no name for the channel that every team begins with.</summary>
    private const string First = "General";

    public string Channel => TeamsPlace.Prefix;

    public async Task<FoundRoom> FindAsync(string said, ConversationId here, CancellationToken cancellationToken)
    {
        var place = here.Channel == Channel ? TeamsPlace.Of(here).Whole : null;
        if (said.Equals("here", StringComparison.OrdinalIgnoreCase))
        {
            return place is null or { IsDirect: true }
                ? new FoundRoom.Not("This is our chat with each other, which nobody else reads. Name a channel such as #ads, or say \"setup\" in the channel itself.")
                : await NamedAsync(place, cancellationToken);
        }

        try
        {
            var own = place is null ? null : (await references.FindAsync(place.Conversation, cancellationToken))?.Team;
            var teams = await references.TeamsAsync(cancellationToken);
            if (teams.Count == 0)
                return new FoundRoom.Not("I know no team yet. Add the app to your team in Teams, mention me once in one of its channels, and then say it again here.");

            return IdOf(said) is { } id
                ? await ByIdAsync(id, teams, cancellationToken)
                : await ByNameAsync(said, own, teams, cancellationToken);
        }
        catch (ConnectorException fault) when (fault.Kind is ConnectorFault.Passing or ConnectorFault.Limited or ConnectorFault.Broken)
        {
            return new FoundRoom.Not($"Teams does not say just now whether there is {said}; say it again in a minute.");
        }
        catch (ConnectorException fault)
        {
            return new FoundRoom.Not($"Teams lets me look at no channel ({fault.Error}). Look whether the app is in that team, or say \"setup\" in the channel itself and write \"here\".");
        }
    }

    private async Task<FoundRoom> ByNameAsync(string said, string? own, IReadOnlyList<TeamsReference> teams, CancellationToken cancellationToken)
    {
        var found = new List<(TeamsPlace Place, string Name, bool IsOwn)>();
        foreach (var team in teams)
        {
            foreach (var (place, name) in await ChannelsAsync(team, cancellationToken))
            {
                if (Plain(name) == Plain(said))
                    found.Add((place, name, team.Team == own));
            }
        }

        var meant = found.Any(one => one.IsOwn) ? found.FindAll(one => one.IsOwn) : found;
        return meant switch
        {
            [var (place, name, _)] => await OpenAsync(place, name, cancellationToken),
            [] => new FoundRoom.Not($"There is no channel {said} in a team that I am in. Look at its name, or add the app to its team in Teams and mention me there once; in a private channel I cannot be."),
            _ => new FoundRoom.Not($"{meant.Count} of my teams have a channel {said}. Say \"setup\" in the one that you mean and write \"here\", or name it by its id: {meant[0].Place.Conversation}."),
        };
    }

    private async Task<FoundRoom> ByIdAsync(string id, IReadOnlyList<TeamsReference> teams, CancellationToken cancellationToken)
    {
        foreach (var team in teams)
        {
            foreach (var (place, name) in await ChannelsAsync(team, cancellationToken))
            {
                if (place.Chat == id)
                    return await OpenAsync(place, name, cancellationToken);
            }
        }

        // A group has no team that lists it.
        var known = new TeamsPlace(id);
        return await references.FindAsync(known.Conversation, cancellationToken) is { Closed: null } && !known.IsChannel
            ? await OpenAsync(known, id, cancellationToken)
            : new FoundRoom.Not($"There is no channel {id} in a team that I am in. Add the app to its team in Teams, mention me there once, and then say it again here.");
    }

    /// <summary>Where we are, with its name as far as Teams says it.</summary>
    private async Task<FoundRoom> NamedAsync(TeamsPlace place, CancellationToken cancellationToken)
    {
        try
        {
            if (place.IsChannel && await references.FindAsync(place.Conversation, cancellationToken) is { Team: not null } known)
            {
                foreach (var (channel, name) in await ChannelsAsync(known, cancellationToken))
                {
                    if (channel.Chat == place.Chat)
                        return new FoundRoom.Open(place.Conversation, $"#{name}");
                }
            }
        }
        catch (ConnectorException)
        {
            // It is where we are talking: that is enough, without a name.
        }

        return new FoundRoom.Open(place.Conversation, place.IsChannel ? "this channel" : "this group");
    }

    private async Task<FoundRoom> OpenAsync(TeamsPlace place, string name, CancellationToken cancellationToken) =>
        await references.FindAsync(place.Conversation, cancellationToken) is { Closed: { } why }
            ? new FoundRoom.Not($"Nothing can be posted to #{name}: {why}. Then say it again here.")
            : new FoundRoom.Open(place.Conversation, $"#{name}");

    /// <summary>Those of a team that everybody in it sees: a bot is in no others.</summary>
    private async Task<IReadOnlyList<(TeamsPlace Place, string Name)>> ChannelsAsync(TeamsReference team, CancellationToken cancellationToken)
    {
        var listed = await api.CallAsync(new ConnectorCall(HttpMethod.Get, team.Service, $"teams/{Uri.EscapeDataString(team.Team!)}/conversations", team.Place.Value), cancellationToken);
        return [.. listed.List("conversations").Where(channel => channel.Word("id") is { Length: > 0 }).Select(channel => (new TeamsPlace(channel.Word("id")!), channel.Word("name") is { Length: > 0 } name ? name : First))];
    }

    private static string? IdOf(string said)
    {
        var written = said.StartsWith($"{TeamsPlace.Prefix}/", StringComparison.OrdinalIgnoreCase) ? said[(TeamsPlace.Prefix.Length + 1)..] : said;
        return written.StartsWith("19:", StringComparison.Ordinal) ? written.Split('/')[0] : null;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
