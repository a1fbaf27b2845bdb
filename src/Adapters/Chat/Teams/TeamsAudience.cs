using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Adapters.Chat.Teams;

/// <summary>Who of Teams a message is for, by the ids that Teams knows them by.</summary>
internal sealed class TeamsAudience(ITeamsReferenceStore references, TeamsMembers members, IPeople people, IApprovalStore approvals)
{
    private const int MostCalled = 20;

    /// <summary>
    /// Everybody on Teams who may decide on what a card asks for, in its ad account, but for whoever asks, also by a role that they were given in another chat; empty when one of them is not
    /// known to Teams yet, so that nobody lacks a button.
    /// </summary>
    public async Task<IReadOnlyList<string>> DecidersAsync(JsonObject card, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(card, cancellationToken);
        var users = new List<string>();
        foreach (var person in (await people.AllAsync(WorkspaceId.Local, cancellationToken)).Where(person => request is null || !person.Is(request.RequestedBy)))
        {
            foreach (var id in person.Also.Prepend(person.Id).Where(IsOurs))
            {
                // Whoever parted themselves has no roles of their other ids.
                if (!(id == person.Id ? person : await people.GetAsync(id, cancellationToken)).May(Permission.Approve, request?.Account))
                    continue;

                if (await UserAsync(id, cancellationToken) is not { } user)
                    return [];

                users.Add(user);
            }
        }

        return [.. users.Distinct()];
    }

    public async Task<bool> MayDecideAsync(PersonId person, JsonObject card, CancellationToken cancellationToken)
    {
        var (by, request) = (await people.GetAsync(person, cancellationToken), await RequestAsync(card, cancellationToken));
        return by.May(Permission.Approve, request?.Account) && (request is null || !by.Is(request.RequestedBy));
    }

    /// <summary>Whether a card asks to decide on a request that waits no more.</summary>
    public async Task<bool> IsOverAsync(JsonObject card, CancellationToken cancellationToken) => HandleOf(card) is not null && await RequestAsync(card, cancellationToken) is null;

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

    /// <summary>The request that a card asks about; null for one that waits no more.</summary>
    private async Task<PendingApproval?> RequestAsync(JsonObject card, CancellationToken cancellationToken) => HandleOf(card) is { } handle
        ? (await approvals.WaitingAsync(WorkspaceId.Local, cancellationToken)).FirstOrDefault(waiting => waiting.Handle == handle)
        : null;

    private static string? HandleOf(JsonObject card) => CardParts.Inside(card)
        .Where(element => element.Text("verb").StartsWith("approval.", StringComparison.Ordinal))
        .Select(element => (element["data"] as JsonObject)?.Text("_target"))
        .FirstOrDefault(target => target is { Length: > 0 });

    private static bool IsOurs(PersonId person) => person.Value.StartsWith($"{TeamsPlace.Prefix}:", StringComparison.Ordinal);
}
