using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>People of Teams as the conversation in which they spoke last tells of them.</summary>
internal sealed partial class TeamsMembers(ConnectorApi api, ITeamsReferenceStore references, TeamsSettings settings, TimeProvider machine, ILogger<TeamsMembers> logger)
    : HeardMembers(machine)
{
    /// <summary>So many teams are asked about somebody at most.</summary>
    private const int MostTeams = 10;

    public override string Channel => TeamsPlace.Prefix;

    /// <summary>The name of somebody who was asked about; else the id. Teams is not asked: anybody may write an id.</summary>
    public string NameOf(string person) => Find(TeamsPeople.PersonOf(person))?.Name ?? person;

    public override IReadOnlyList<PersonId> Called(string name) =>
        [.. All.Where(one => one.Member.Belongs && one.Member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => one.Person)];

    public override string Name(string text) => Ids().Replace(text, id => NameOf(id.Value));

    protected override void Note(PersonId person, Exception fault) => NotSaid(person.Key, fault.Message);

    /// <summary>Null of whoever the bot has not met: there is no conversation to ask in.</summary>
    protected override async Task<Member?> FetchAsync(PersonId person)
    {
        if (await references.FindAsync(TeamsPlace.With(person.Key).Conversation, CancellationToken.None) is not { User: { } user } known || (known.Seen ?? known.Direct) is not { } place)
            return null;

        // Whoever left a team alone is still known where they talk to us; where we were removed, nobody tells us of anybody, and others are asked.
        var asked = await LookAsync(known, user, person.Key, [place, .. known.Direct is { } direct && direct != place ? [direct] : Array.Empty<ConversationId>()]);
        if (asked is { Member: null, Shut: not null })
        {
            var teams = (await references.TeamsAsync(CancellationToken.None)).Select(team => team.Place).Where(other => other != place).Take(MostTeams);
            var (member, seen, _, _) = await LookAsync(known, user, person.Key, [.. teams]);
            asked = asked with { Member = member, Seen = seen };
        }

        if (asked is { Member: not null, Shut: not null })
            await references.KeepAsync(known with { Seen = asked.Seen }, CancellationToken.None);

        return asked.Member ?? (asked.Shut is null || asked.IsGone ? new Member(person.Key, Belongs: false) : throw asked.Shut);
    }

    /// <param name="Seen">Where they are told of.</param>
    /// <param name="Shut">What one of the conversations answered in which we are not any more.</param>
    /// <param name="IsGone">They do not talk to us alone any more either.</param>
    private sealed record Asked(Member? Member, ConversationId? Seen, ConnectorException? Shut, bool IsGone);

    private async Task<Asked> LookAsync(TeamsReference known, string user, string person, IReadOnlyList<ConversationId> places)
    {
        var asked = new Asked(null, null, null, IsGone: false);
        foreach (var place in places)
        {
            try
            {
                if (await FindAsync(known, user, place, person) is { } member)
                    return asked with { Member = member, Seen = place };

                asked = asked with { IsGone = asked.IsGone || place == known.Direct };
            }
            catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Place)
            {
                asked = asked with { Shut = fault };
            }
        }

        return asked;
    }

    /// <summary>Null of whoever is not there.</summary>
    private async Task<Member?> FindAsync(TeamsReference known, string user, ConversationId place, string person)
    {
        try
        {
            var path = $"conversations/{Uri.EscapeDataString(TeamsPlace.Of(place).Id)}/members/{Uri.EscapeDataString(user)}";
            return Read(await api.CallAsync(new ConnectorCall(HttpMethod.Get, known.Service, path, place.Value), CancellationToken.None), person);
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Gone)
        {
            return null;
        }
    }

    /// <summary>Which words Teams has for people who are only visiting, beside <c>guest</c>, is unconfirmed: whoever is of another tenant is one whatever it says.</summary>
    private Member Read(JsonObject about, string person)
    {
        var name = string.Join(' ', (about.Word("name") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isVisiting = about.Word("userRole") is { } role && (role.Equals("guest", StringComparison.OrdinalIgnoreCase) || role.Equals("anonymous", StringComparison.OrdinalIgnoreCase));
        var isElsewhere = settings.TenantId is { } ours && about.Word("tenantId") is { Length: > 0 } tenant && !tenant.Equals(ours, StringComparison.OrdinalIgnoreCase);
        var (signsIn, mail) = (about.Word("userPrincipalName"), about.Word("email"));
        var isOurs = !isVisiting && !isElsewhere && DomainOf(signsIn) is not null;
        var vouched = !isOurs ? null : DomainOf(mail) == DomainOf(signsIn) ? mail : signsIn;
        return new Member(name.Length == 0 ? person : SlackText.Cut(name, LongestName), !isVisiting && !isElsewhere) { Email = vouched, Unproven = mail == vouched ? null : mail };
    }

    /// <summary>A tenant proves that a domain is its own before anybody signs in with it; an address of mail may be any. Of a guest the sign-in name holds a mark and somebody else's domain.</summary>
    private static string? DomainOf(string? address) =>
        address?.Split('@') is [{ Length: > 0 } name, { Length: > 0 } domain] && !name.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) ? domain.ToUpperInvariant() : null;

    [GeneratedRegex(@"(?<!teams:(?:[^\s:]+:)?)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Ids();

    [LoggerMessage(EventId = 470, Level = LogLevel.Warning, Message = "Teams did not say who {Person} is: {Says}")]
    private partial void NotSaid(string person, string says);
}
