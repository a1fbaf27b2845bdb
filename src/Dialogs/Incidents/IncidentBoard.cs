using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Rules;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Announcing;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Incidents;

/// <summary>Keeps one message about an incident in each conversation that it concerns, edited in place as the incident goes on.</summary>
public sealed class IncidentBoard(
    IIncidentStore incidents, IAlertStore alerts, IEnumerable<IAlertChannel> channels, IAdAccounts accounts, Audience audience,
    IConversationStore conversations, ChatDesk chat, CampaignClock clock) : IReceiptBoard
{
    /// <summary>So many of the newest are looked through for what is behind another.</summary>
    private const int MostLookedAt = 200;

    private static readonly RuleId NoResults = new ZeroConversions().Id;

    /// <summary>How an incident that nobody answered stood when it was shown last in a place: what says the same again can wait.</summary>
    private readonly ConcurrentDictionary<(IncidentId Incident, ConversationId Place), string> _standing = new();

    public static string Subject(IncidentId incident) => $"incident/{incident}";

    /// <summary>Shows it to everybody it concerns; one that cannot be reached keeps nobody else from seeing it.</summary>
    public async Task ShowAsync(IncidentId id, CancellationToken cancellationToken)
    {
        if (await incidents.FindAsync(id, cancellationToken) is not { } incident)
            return;

        var card = await CardAsync(incident, cancellationToken);
        var called = incident is { ClosedAt: null, AcknowledgedBy: null } ? await audience.CalledAsync(incident, cancellationToken) : [];
        var places = await PlacesAsync(incident, cancellationToken);
        var faults = (await Task.WhenAll(places.Select(place => FaultAsync(incident, card, called, place, cancellationToken)))).OfType<Exception>().ToList();
        if (faults.Count > 0)
            throw new AggregateException($"Incident {incident.Handle} could not be shown everywhere.", faults);
    }

    /// <summary>Side by side: a chat that takes its time keeps nobody on another one waiting, nor what comes next.</summary>
    private async Task<Exception?> FaultAsync(Incident incident, IncidentCard card, IReadOnlyList<PersonId> called, ConversationId place, CancellationToken cancellationToken)
    {
        try
        {
            var shown = await audience.MayAsync(place, Permission.Respond, incident.Account, cancellationToken) ? card : card.ToLookAt();
            var standing = incident is { ClosedAt: null, AcknowledgedBy: null } ? $"{incident.State} {incident.PauseConfirmed} {called.Count}" : null;
            var isNews = standing is not null && (!_standing.TryGetValue((incident.Id, place), out var before) || before != standing);
            await chat.AnnounceAsync(place, Subject(incident.Id), ChatMessage.Of(shown) with { Calls = CallsIn(place, called), Urgent = isNews }, cancellationToken);
            if (standing is null)
                _standing.TryRemove((incident.Id, place), out _);
            else
                _standing[(incident.Id, place)] = standing;

            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return fault;
        }
    }

    /// <summary>Whom a message about it calls in a conversation; nobody where one person reads it, or once somebody is on it.</summary>
    public async Task<IReadOnlyList<PersonId>> CallsInAsync(IncidentId id, ConversationId place, CancellationToken cancellationToken) =>
        await incidents.FindAsync(id, cancellationToken) is { ClosedAt: null, AcknowledgedBy: null } incident ? CallsIn(place, await audience.CalledAsync(incident, cancellationToken)) : [];

    private IReadOnlyList<PersonId> CallsIn(ConversationId place, IReadOnlyList<PersonId> called) => chat.IsShared(place) ? called : [];

    /// <summary>Shows it at the end of a conversation; what was shown above it there stays as it is.</summary>
    public async Task ShowAnewAsync(Incident incident, ConversationId place, Person reader, CancellationToken cancellationToken)
    {
        var card = await CardAsync(incident, cancellationToken);
        await chat.PostAnewAsync(place, Subject(incident.Id), ChatMessage.Of(reader.May(Permission.Respond, incident.Account) ? card : card.ToLookAt()), cancellationToken);
    }

    /// <summary>Stops that are confirmed and wait for a resume, the newest first.</summary>
    public async Task<IReadOnlyList<Incident>> StoppedAsync(CancellationToken cancellationToken) =>
        [.. (await incidents.OpenAsync(cancellationToken)).Where(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: true }).OrderByDescending(open => open.OpenedAt)];

    public Task<Incident?> FindAsync(IncidentId incident, CancellationToken cancellationToken) => incidents.FindAsync(incident, cancellationToken);

    /// <summary>When it was opened, in its account's own time.</summary>
    public async Task<string> OpenedAsync(Incident incident, CancellationToken cancellationToken) =>
        $"{await accounts.InAsync(incident.Account, incident.OpenedAt, cancellationToken)}{IncidentCard.ClockWord(clock.Speed)}";

    /// <summary>Every conversation that it concerns, with those in which it is shown already.</summary>
    public async Task<IReadOnlyList<ConversationId>> PlacesAsync(IncidentId id, CancellationToken cancellationToken) =>
        await incidents.FindAsync(id, cancellationToken) is { } incident ? await PlacesAsync(incident, cancellationToken) : [];

    private async Task<IReadOnlyList<ConversationId>> PlacesAsync(Incident incident, CancellationToken cancellationToken)
    {
        var known = (await conversations.PostsAsync(Subject(incident.Id), cancellationToken)).Select(post => post.Conversation);
        return [.. known.Concat(await TogetherAsync(incident, await audience.OfIncidentAsync(incident, cancellationToken), cancellationToken)).Distinct()];
    }

    /// <summary>
    /// Results that are not counted in an account are one fault: a campaign that is stopped meanwhile for having none is shown in the thread of that, where the
    /// chat has threads.
    /// </summary>
    private async Task<IReadOnlyList<ConversationId>> TogetherAsync(Incident incident, IReadOnlyList<ConversationId> places, CancellationToken cancellationToken)
    {
        if (incident.Cause != NoResults || (await incidents.LatestAsync(incident.Workspace, MostLookedAt, cancellationToken)).FirstOrDefault(known => IsBehind(known, incident)) is not { } outage)
            return places;

        var shown = await conversations.PostsAsync(Subject(outage.Id), cancellationToken);
        return [.. places.Select(place => shown.Where(post => post.Conversation == place).Select(post => chat.ThreadUnder(place, post.Message)).FirstOrDefault() ?? place)];
    }

    private static bool IsBehind(Incident outage, Incident stop) =>
        outage.Cause == SafetyRules.TrackingOutage && outage.Account == stop.Account && outage.OpenedAt <= stop.OpenedAt && (outage.ClosedAt is not { } closed || closed >= stop.OpenedAt);

    public async Task<IncidentCard> CardAsync(Incident incident, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(incident.Account, cancellationToken);
        var receipts = await alerts.ReceiptsAsync(incident.Id, cancellationToken);
        var missing = channels.Where(channel => !channel.IsSetUp).Select(channel => $"{channel.Name} not set up");
        return IncidentCard.Of(incident, receipts, [.. missing], account.Zone(), clock.GetUtcNow(), clock.Speed);
    }

    /// <summary>Open incidents that are shown in a conversation.</summary>
    public async Task<IReadOnlyList<Incident>> ShownInAsync(ConversationId conversation, CancellationToken cancellationToken)
    {
        var shown = new List<Incident>();
        foreach (var incident in await incidents.OpenAsync(cancellationToken))
        {
            if ((await conversations.PostsAsync(Subject(incident.Id), cancellationToken)).Any(post => post.Conversation == conversation || post.Conversation.ThreadUnder(post.Message) == conversation))
                shown.Add(incident);
        }

        return shown;
    }

    public async Task<Incident?> ByHandleAsync(string handle, CancellationToken cancellationToken) =>
        (await incidents.OpenAsync(cancellationToken)).FirstOrDefault(incident => incident.Handle.Equals(handle, StringComparison.OrdinalIgnoreCase));

    /// <summary>Open or closed, among the latest.</summary>
    public async Task<Incident?> LatestByHandleAsync(WorkspaceId workspace, string handle, CancellationToken cancellationToken) =>
        (await incidents.LatestAsync(workspace, 200, cancellationToken)).FirstOrDefault(incident => incident.Handle.Equals(handle, StringComparison.OrdinalIgnoreCase));
}
