using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Who of Teams a message is for, by the ids that Teams knows them by.</summary>
internal sealed class TeamsAudience(ITeamsReferenceStore references, TeamsMembers members, IPeople people)
{
    private const int MostCalled = 20;

    /// <summary>Everybody on Teams who may decide on requests; empty when one of them is not known to Teams yet, so that nobody lacks a button.</summary>
    public async Task<IReadOnlyList<string>> DecidersAsync(CancellationToken cancellationToken)
    {
        var users = new List<string>();
        foreach (var person in (await people.AllAsync(WorkspaceId.Local, cancellationToken)).Where(person => person.MaySomewhere(Permission.Approve) && IsOurs(person.Id)))
        {
            if (await UserAsync(person.Id, cancellationToken) is not { } user)
                return [];

            users.Add(user);
        }

        return [.. users.Distinct()];
    }

    /// <summary>Whom a message wakes, with their names. Whoever is of another chat is passed over.</summary>
    public async Task<IReadOnlyList<(string User, string Name)>> CallsAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        var calls = new List<(string, string)>();
        foreach (var person in message.Calls.Where(IsOurs).Distinct().Take(MostCalled))
        {
            // Whoever was not met is called by the id of Entra, which Teams says it takes in cards; in plain words that is unconfirmed.
            calls.Add((await UserAsync(person, cancellationToken) ?? person.Key, members.NameOf(person.Key)));
        }

        return calls;
    }

    private async Task<string?> UserAsync(PersonId person, CancellationToken cancellationToken) =>
        (await references.FindAsync(TeamsPlace.With(person.Key).Conversation, cancellationToken))?.User;

    private static bool IsOurs(PersonId person) => person.Value.StartsWith($"{TeamsPlace.Prefix}:", StringComparison.Ordinal);
}
