using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Where people of Teams are reached alone, also before they ever said something. What was opened once is kept.</summary>
internal sealed class TeamsPeople(ConnectorApi api, ITeamsReferenceStore references, TeamsSettings settings)
{
    /// <summary>Their direct conversation as far as it is known; else a place that is opened when something is posted there. Teams is not asked.</summary>
    public async Task<ConversationId> DirectAsync(PersonId person, CancellationToken cancellationToken)
    {
        var place = TeamsPlace.With(person.Key).Conversation;
        return (await references.FindAsync(place, cancellationToken))?.Direct ?? place;
    }

    /// <summary>Their id as Teams gives it to this bot; null of whoever it has not met.</summary>
    public async Task<string?> FindUserAsync(PersonId person, CancellationToken cancellationToken) =>
        (await references.FindAsync(TeamsPlace.With(person.Key).Conversation, cancellationToken))?.User;

    /// <summary>Whose direct conversation a place stands for; null for every other one.</summary>
    public static PersonId? FindReader(ConversationId place) => TeamsPlace.Of(place).Person is { } person ? PersonOf(person) : null;

    /// <summary>The id of Entra in one spelling, whatever it comes in.</summary>
    public static PersonId PersonOf(string id) => new($"{TeamsPlace.Prefix}:{id.ToLowerInvariant()}");

    /// <summary>The place itself, or the direct conversation that it stands for.</summary>
    /// <exception cref="ClosedPlaceException">Nobody has met the bot on Teams yet, or the app is not there for that person.</exception>
    /// <exception cref="ConnectorException">It cannot be opened just now.</exception>
    public async Task<TeamsPlace> ReachAsync(TeamsPlace place, CancellationToken cancellationToken)
    {
        if (place.Person is not { } person)
            return place;

        var known = await references.FindAsync(place.Conversation, cancellationToken);
        return known?.Direct is { } direct ? TeamsPlace.Of(direct) : await OpenAsync(place, person, known, cancellationToken);
    }

    /// <summary>How something is said in a place: as it was heard of last, else as the rest of the tenant is.</summary>
    /// <exception cref="ClosedPlaceException">The app was removed there, or nobody has met the bot on Teams yet.</exception>
    public async Task<TeamsReference> WayAsync(TeamsPlace place, CancellationToken cancellationToken)
    {
        var here = place.Whole.Conversation;
        var known = await references.FindAsync(here, cancellationToken);
        if (known?.Closed is { } why)
            throw new ClosedPlaceException(here, why, new InvalidOperationException("The app was removed."));

        return known ?? await references.LatestAsync(cancellationToken) ?? throw NobodyWrote(here);
    }

    private static ClosedPlaceException NobodyWrote(ConversationId place) =>
        new(place, "nobody has written to me on Teams yet, so that I know no way there; write something to me there", new InvalidOperationException("There is no conversation reference."));

    private async Task<TeamsPlace> OpenAsync(TeamsPlace place, string person, TeamsReference? known, CancellationToken cancellationToken)
    {
        var way = known ?? await references.LatestAsync(cancellationToken)
            ?? throw NobodyWrote(place.Conversation);
        var tenant = way.Tenant.Length > 0 ? way.Tenant : settings.TenantId ?? "";
        var asked = new JsonObject
        {
            ["bot"] = new JsonObject { ["id"] = way.Bot },
            // Somebody we have not met has no id of ours yet; that of Entra serves as well (unconfirmed against a live tenant).
            ["members"] = new JsonArray(new JsonObject { ["id"] = known?.User ?? person }),
            ["isGroup"] = false,
            ["tenantId"] = tenant,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = tenant } },
        };
        try
        {
            var opened = await api.CallAsync(new ConnectorCall(HttpMethod.Post, way.Service, "conversations", place.Conversation.Value, asked), cancellationToken);
            var id = opened.Word("id") ?? throw new ConnectorException("POST conversations", "NoId", "the answer has no id");
            var direct = TeamsPlace.OfActivity(id, isPersonal: true);
            await references.KeepAsync(way with { Place = direct.Conversation, User = null, Direct = null, Seen = null }, cancellationToken);
            await references.KeepAsync(way with { Place = place.Conversation, User = known?.User, Direct = direct.Conversation, Seen = known?.Seen }, cancellationToken);
            return direct;
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Place)
        {
            throw new ClosedPlaceException(place.Conversation, "the app is not there for them; add it for them in Teams, or let them write to me once", fault);
        }
    }
}
