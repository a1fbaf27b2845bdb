using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;

namespace ChatOpsCampaigns.Dialogs.Announcing;

/// <summary>Who is told of what, and in which conversation.</summary>
public sealed class Audience(IPeople people, IAdAccounts accounts, ICampaignStore campaigns, IConversationStore conversations, ChatDesk chat)
{
    private const string OneToOne = "local";

    /// <summary>Waits a moment until their chat says who somebody is, as after a start, so that they are called by their name.</summary>
    public Task MeetAsync(PersonId person, CancellationToken cancellationToken) => people.OutsideAsync(person, cancellationToken);

    /// <summary>Everybody on call for it, people and groups; nobody on call, or none who hears it: every Admin; Admins too once escalated.</summary>
    public async Task<IReadOnlyList<PersonId>> CalledAsync(Incident incident, CancellationToken cancellationToken)
    {
        var bindings = await BindingsAsync(incident, cancellationToken);
        return await CalledAsync(incident.Workspace, bindings, incident.Escalated, incident.Campaign == Incident.OfEverything ? null : incident.Account, cancellationToken);
    }

    /// <summary>The owner, whoever is called, the account's incidents channel.</summary>
    public async Task<IReadOnlyList<ConversationId>> OfIncidentAsync(Incident incident, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        if (await OfCampaignAsync(incident.Campaign, cancellationToken) is { } home)
            places.Add(home);

        foreach (var person in await CalledAsync(incident, cancellationToken))
            places.AddRange(await OfPersonAsync(person, cancellationToken));

        places.AddRange((await BindingsAsync(incident, cancellationToken)).SelectMany(binding => Bound(binding.Incidents)));
        return [.. places.Distinct()];
    }

    /// <summary>Whom an emergency of these accounts would call, and where it would be shown: what a test of that way goes by.</summary>
    public async Task<(IReadOnlyList<PersonId> Called, IReadOnlyList<ConversationId> Places)> OfEmergencyAsync(
        WorkspaceId workspace, IReadOnlyList<AdAccountId> of, CancellationToken cancellationToken)
    {
        var called = new List<PersonId>();
        var places = new List<ConversationId>();
        foreach (var account in of)
        {
            var binding = await accounts.BindingAsync(account, cancellationToken);
            called.AddRange(await CalledAsync(workspace, [binding], escalated: false, account, cancellationToken));
            places.AddRange(Bound(binding.Incidents));
        }

        foreach (var person in called.Distinct())
            places.AddRange(await OfPersonAsync(person, cancellationToken));

        return ([.. called.Distinct()], [.. places.Distinct()]);
    }

    private async Task<IReadOnlyList<PersonId>> CalledAsync(
        WorkspaceId workspace, IReadOnlyList<ChannelBinding> bindings, bool escalated, AdAccountId? about, CancellationToken cancellationToken)
    {
        List<PersonId> onCall = [.. bindings.SelectMany(binding => binding.OnCall).Distinct()];
        var called = onCall.Count > 0 ? onCall : await OnCallAsync(workspace, [.. bindings.Select(binding => binding.Account)], about, cancellationToken);
        return escalated || called.Count == 0 || bindings.Any(IsHeardByNobody) ? [.. called.Concat(await WithAsync(workspace, Role.Admin, cancellationToken)).Distinct()] : called;
    }

    /// <summary>A group is called in the incidents channel of its chat and nowhere else: where that takes nothing from us, a group alone is nobody.</summary>
    private bool IsHeardByNobody(ChannelBinding binding)
    {
        if (binding.OnCall.Count == 0 || !binding.OnCall.All(chat.IsGroup))
            return false;

        var closed = chat.Closed;
        List<ConversationId> open = [.. Bound(binding.Incidents).Where(place => !closed.Keys.Any(shut => ChatDesk.IsIn(place, shut.Value)))];
        return !binding.OnCall.Any(group => open.Exists(place => group.Value.StartsWith($"{place.Channel}:", StringComparison.Ordinal) && chat.Realm(place) == chat.Realm(group)));
    }

    /// <summary>What concerns everything concerns the people of every account.</summary>
    private async Task<IReadOnlyList<ChannelBinding>> BindingsAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (incident.Campaign != Incident.OfEverything)
            return [await accounts.BindingAsync(incident.Account, cancellationToken)];

        var bindings = new List<ChannelBinding>();
        foreach (var account in await accounts.AllAsync(cancellationToken))
            bindings.Add(await accounts.BindingAsync(account.Id, cancellationToken));

        return bindings;
    }

    /// <summary>Everybody who may decide, except the one who asks.</summary>
    public async Task<IReadOnlyList<ConversationId>> OfApprovalAsync(WorkspaceId workspace, AdAccountId? account, PersonId asks, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var person in (await people.AllAsync(workspace, cancellationToken)).Where(person => person.May(Permission.Approve, account) && !person.Is(asks)))
        {
            if (await SeesAsync(person, account, cancellationToken))
                places.AddRange(await OfPersonAsync(person.Id, cancellationToken));
        }

        if (account is { } known)
            places.AddRange(Bound((await accounts.BindingAsync(known, cancellationToken)).Approvals));

        return [.. places.Distinct()];
    }

    /// <summary>
    /// Where news goes: a campaign's to the conversation that it was launched from and to its account's feed channel, what concerns every
    /// account to every feed channel.
    /// </summary>
    public async Task<IReadOnlyList<ConversationId>> OfNewsAsync(CampaignId? campaign, AdAccountId? account, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        if (campaign is { } known && await OfCampaignAsync(known, cancellationToken) is { } home)
            places.Add(home);

        var concerned = account is { } one ? [one] : campaign is null ? (await accounts.AllAsync(cancellationToken)).Select(each => each.Id) : [];
        foreach (var each in concerned)
            places.AddRange(Bound((await accounts.BindingAsync(each, cancellationToken)).Feed));

        return [.. places.Distinct()];
    }

    /// <summary>Where it goes that everything was stopped, frozen or allowed: to the owner of every campaign, everybody on call, every Admin, and every feed channel.</summary>
    public async Task<IReadOnlyList<ConversationId>> OfSwitchAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var campaign in await campaigns.AllAsync(workspace, cancellationToken))
        {
            if (await OfCampaignAsync(campaign.Id, cancellationToken) is { } home)
                places.Add(home);
        }

        foreach (var person in (await WithAsync(workspace, Role.OnCall, cancellationToken)).Concat(await WithAsync(workspace, Role.Admin, cancellationToken)))
            places.AddRange(await OfPersonAsync(person, cancellationToken));

        places.AddRange(await OfNewsAsync(null, null, cancellationToken));
        return [.. places.Distinct()];
    }

    /// <summary>Where a campaign's own posts go: the conversation it was launched from.</summary>
    public async Task<ConversationId?> OfCampaignAsync(CampaignId id, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(id, cancellationToken) is not { } campaign)
            return null;

        if (campaign.Conversation is { Length: > 0 } conversation)
            return new ConversationId(conversation);

        return campaign.CreatedBy.IsHuman ? (await OfPersonAsync(campaign.CreatedBy, cancellationToken)).Cast<ConversationId?>().FirstOrDefault() : null;
    }

    /// <summary>Whether whoever reads a conversation may do something. A channel has many readers: there it may be done, and is checked when it is.</summary>
    public async Task<bool> MayAsync(ConversationId place, Permission permission, AdAccountId? account, CancellationToken cancellationToken)
    {
        if (chat.IsShared(place))
            return true;

        var reader = (await conversations.FindAsync(place, cancellationToken))?.Person ?? chat.FindReader(place)
            ?? (place.Value.StartsWith($"{OneToOne}/", StringComparison.Ordinal) ? new PersonId(place.Value.Replace('/', ':')) : null);
        return reader is not { } person || (await people.GetAsync(person, cancellationToken)).May(permission, account);
    }

    /// <summary>Where a person is reached alone; nowhere when their channel is not set up.</summary>
    public async Task<IReadOnlyList<ConversationId>> OfPersonAsync(PersonId person, CancellationToken cancellationToken) =>
        person.Value.StartsWith($"{OneToOne}:", StringComparison.Ordinal) ? [ConversationId.Local(person)]
        : await chat.FindDirectAsync(person, cancellationToken) is { } direct ? [direct]
        : [];

    /// <summary>Whoever has the role, in the workspace or in one of these accounts.</summary>
    /// <param name="about">An account that has to be shown to them where they are reached alone.</param>
    private async Task<IReadOnlyList<PersonId>> OnCallAsync(WorkspaceId workspace, IReadOnlyList<AdAccountId> of, AdAccountId? about, CancellationToken cancellationToken)
    {
        var called = new List<PersonId>();
        foreach (var person in (await people.AllAsync(workspace, cancellationToken))
            .Where(person => person.Roles.Contains(Role.OnCall) || person.AccountRoles.Any(role => role.Role == Role.OnCall && of.Contains(role.Account))))
        {
            if (await SeesAsync(person, about, cancellationToken))
                called.Add(person.Id);
        }

        return called;
    }

    private async Task<bool> SeesAsync(Person person, AdAccountId? about, CancellationToken cancellationToken) =>
        about is null || (person with { Sight = await Sights.AloneAsync(person, accounts, chat, cancellationToken) }).Sees(about);

    /// <summary>Every Admin, where they are reached alone.</summary>
    public async Task<IReadOnlyList<ConversationId>> OfAdminsAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var places = new List<ConversationId>();
        foreach (var admin in await WithAsync(workspace, Role.Admin, cancellationToken))
            places.AddRange(await OfPersonAsync(admin, cancellationToken));

        return [.. places.Distinct()];
    }

    private async Task<IReadOnlyList<PersonId>> WithAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) =>
        [.. (await people.WithRoleAsync(workspace, role, cancellationToken)).Select(person => person.Id)];

    private static IEnumerable<ConversationId> Bound(string channel) => channel.Length == 0 ? [] : [new ConversationId(channel)];
}
