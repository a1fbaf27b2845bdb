using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>People of Teams as the conversation in which they spoke last tells of them, asked at most every ten minutes. Nothing of it is kept on the disk.</summary>
internal sealed partial class TeamsMembers(ConnectorApi api, ITeamsReferenceStore references, TeamsSettings settings, TimeProvider machine, ILogger<TeamsMembers> logger) : IMembers
{
    private const int LongestName = 40;

    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Heard> _heard = new();
    private readonly ConcurrentDictionary<string, Lazy<Task>> _asking = new();

    public string Channel => TeamsPlace.Prefix;

    public Member? Known(PersonId person)
    {
        if (!IsFresh(person.Key))
            _ = RefreshAsync(person.Key);

        return _heard.GetValueOrDefault(person.Key)?.Member;
    }

    public async Task<Member?> AskAsync(PersonId person, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsFresh(person.Key))
                await RefreshAsync(person.Key).WaitAsync(Patience, machine, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was heard before holds; nothing is nothing.
        }

        return _heard.GetValueOrDefault(person.Key)?.Member;
    }

    /// <summary>The name of somebody who was asked about; else the id. Teams is not asked: anybody may write an id.</summary>
    public string NameOf(string person) => _heard.GetValueOrDefault(person.ToLowerInvariant())?.Member?.Name ?? person;

    public IReadOnlyList<PersonId> Called(string name) =>
        [.. _heard.Where(one => one.Value.Member is { Belongs: true } member && member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(one => TeamsPeople.PersonOf(one.Key))];

    private bool IsFresh(string person) => _heard.TryGetValue(person, out var heard) && machine.GetUtcNow() < heard.Until;

    private Task RefreshAsync(string person) => _asking.GetOrAdd(person, _ => new Lazy<Task>(() => HearAsync(person))).Value;

    private async Task HearAsync(string person)
    {
        try
        {
            // Whoever was not met yet may be in the next moment.
            var member = await FetchAsync(person);
            _heard[person] = new Heard(member, machine.GetUtcNow() + (member is null ? TimeSpan.Zero : Holds));
        }
        catch (Exception fault)
        {
            NotSaid(person, fault.Message);
            _heard[person] = new Heard(_heard.GetValueOrDefault(person)?.Member, machine.GetUtcNow() + Rest);
        }
        finally
        {
            _asking.TryRemove(person, out _);
        }
    }

    /// <summary>Null of whoever the bot has not met: there is no conversation to ask in.</summary>
    private async Task<Member?> FetchAsync(string person)
    {
        if (await references.FindAsync(TeamsPlace.With(person).Conversation, CancellationToken.None) is not { User: { } user } known || (known.Seen ?? known.Direct) is not { } place)
            return null;

        try
        {
            var path = $"conversations/{Uri.EscapeDataString(TeamsPlace.Of(place).Id)}/members/{Uri.EscapeDataString(user)}";
            return Read(await api.CallAsync(new ConnectorCall(HttpMethod.Get, known.Service, path, place.Value), CancellationToken.None), person);
        }
        catch (ConnectorException fault) when (fault.Kind == ConnectorFault.Gone)
        {
            return new Member(person, Belongs: false);
        }
    }

    /// <summary>Which words Teams has for people who are only visiting, beside <c>guest</c>, is unconfirmed: whoever is of another tenant is one whatever it says.</summary>
    private Member Read(JsonObject about, string person)
    {
        var name = string.Join(' ', (about.Word("name") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var isVisiting = about.Word("userRole") is { } role && (role.Equals("guest", StringComparison.OrdinalIgnoreCase) || role.Equals("anonymous", StringComparison.OrdinalIgnoreCase));
        var isElsewhere = settings.TenantId is { } ours && about.Word("tenantId") is { Length: > 0 } tenant && !tenant.Equals(ours, StringComparison.OrdinalIgnoreCase);
        return new Member(name.Length == 0 ? person : SlackText.Cut(name, LongestName), !isVisiting && !isElsewhere)
        {
            Email = isVisiting || isElsewhere ? null : about.Word("email") ?? about.Word("userPrincipalName"),
        };
    }

    /// <param name="Until">Asked again when it is needed after this.</param>
    private sealed record Heard(Member? Member, DateTimeOffset Until);

    [LoggerMessage(EventId = 470, Level = LogLevel.Warning, Message = "Teams did not say who {Person} is: {Says}")]
    private partial void NotSaid(string person, string says);
}
