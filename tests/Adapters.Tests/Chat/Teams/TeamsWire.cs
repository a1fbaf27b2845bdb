using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Adapters.Chat.Teams;
using ChatOpsCampaigns.Adapters.Chat.Teams.Files;
using ChatOpsCampaigns.Adapters.Chat.Teams.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Teams.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Landing;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Teams;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Everything of Teams over real sockets to a stand-in, without a database or a bot behind it.</summary>
internal sealed class TeamsWire : IAsyncDisposable
{
    public static readonly PersonId Ana = new("teams:00000000-0000-0000-0000-00000000a1a1");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly TeamsDownloads _downloads;

    private TeamsWire(TeamsStandIn teams, bool targets)
    {
        Teams = teams;
        Settings = new TeamsSettings
        {
            AppId = TeamsDesk.App, TenantId = TeamsDesk.Tenant, ClientSecret = TeamsStandIn.Secret,
            OpenIdMetadataUrl = $"{teams.Address}v1/.well-known/openidconfiguration", TokenUrl = $"{teams.Address}token", TargetedMessages = targets,
        };
        var machine = TimeProvider.System;
        var pace = new SlackPace(machine);
        Tokens = new ConnectorTokens(_http, Settings, machine);
        Api = new ConnectorApi(_http, Settings, Tokens, pace, machine);
        Members = new TeamsMembers(Api, References, Settings, machine, NullLogger<TeamsMembers>.Instance);
        _downloads = new TeamsDownloads(Settings, Tokens, LandingRoutes.Internet);
        Posts = new TeamsPosts(Api, pace, Shown, Settings, NullLogger<TeamsPosts>.Instance);
        People = new TeamsPeople(Api, References, Settings);
        Composer = new TeamsComposer(CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards")), Cards, Members,
            new TeamsAudience(References, Members, Roles, Requests), new TeamsPictures(new SignedPictures(null, () => new byte[32], machine), Charts, Settings));
        Channel = new TeamsChannel(Posts, Composer, new TeamsFiles(_downloads, Media), People);
    }

    public TeamsStandIn Teams { get; }

    public DrawnCharts Charts { get; } = new();

    /// <summary>Where people reach the page for files; null: they do not.</summary>
    public Uri? Root { get; set; }

    public TeamsSettings Settings { get; }

    public ConnectorTokens Tokens { get; }

    public ConnectorApi Api { get; }

    public TeamsMembers Members { get; }

    public TeamsPeople People { get; }

    public TeamsPosts Posts { get; }

    public TeamsComposer Composer { get; }

    public TeamsChannel Channel { get; }

    public ShownCards Shown { get; } = new();

    public MemoryReferences References { get; } = new();

    public MemoryCards Cards { get; } = new();

    public MemoryMedia Media { get; } = new();

    public SomePeople Roles { get; } = new();

    public MemoryApprovals Requests { get; } = new();

    public static async Task<TeamsWire> StartAsync(CancellationToken cancellationToken, bool targets = false) => new(await TeamsStandIn.StartAsync(cancellationToken), targets);

    /// <summary>Ana says something there once.</summary>
    public async Task MeetAsync(string conversation, CancellationToken cancellationToken)
    {
        foreach (var reference in TeamsReader.References(AsAna.Saying(conversation, "hello")))
            await References.KeepAsync(reference, cancellationToken);
    }

    /// <summary>Everything that comes in, as the endpoint hands it on.</summary>
    public TeamsIntake Intake(ITurnIntake turns, IInputCheck check, TimeProvider machine)
    {
        var answers = new TeamsAnswers(People, Composer, Posts, new UploadPasses(Root, () => new byte[32], machine), NullLogger<TeamsAnswers>.Instance);
        var cards = new PostedCards(Cards, check, machine, NullLogger<PostedCards>.Instance);
        return new TeamsIntake(References, new TeamsPresses(cards, answers, Shown, new TeamsWindows(cards, Members, turns), turns), new MemoryConversations(), turns, machine);
    }

    public TeamsUser AsAna => new(Teams, "Ana", Ana.Key);

    public ChatFile Drop(string name, byte[] bytes) => TeamsFiles.Read(AsAna.Drop(name, bytes), Teams.Service)!;

    public async ValueTask DisposeAsync()
    {
        _downloads.Dispose();
        _http.Dispose();
        await Teams.DisposeAsync();
    }
}

internal sealed class MemoryReferences : ITeamsReferenceStore
{
    private readonly Dictionary<ConversationId, TeamsReference> _known = [];

    public Task KeepAsync(TeamsReference reference, CancellationToken cancellationToken)
    {
        var before = _known.GetValueOrDefault(reference.Place);
        _known[reference.Place] = reference with
        {
            User = reference.User ?? before?.User, Direct = reference.Direct ?? before?.Direct, Seen = reference.Seen ?? before?.Seen,
            Team = reference.Team ?? before?.Team, HearsAll = reference.HearsAll ?? before?.HearsAll,
        };
        return Task.CompletedTask;
    }

    public Task<TeamsReference?> FindAsync(ConversationId place, CancellationToken cancellationToken) => Task.FromResult(_known.GetValueOrDefault(place));

    public Task<TeamsReference?> LatestAsync(CancellationToken cancellationToken) => Task.FromResult(_known.Values.LastOrDefault());

    public Task<IReadOnlyList<TeamsReference>> TeamsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TeamsReference>>([.. _known.Values.Where(known => known is { Team: not null, Closed: null }).DistinctBy(known => known.Team)]);

    public Task CloseAsync(ConversationId place, string why, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(place, out var known))
            _known[place] = known with { Closed = why };

        return Task.CompletedTask;
    }

    public async Task CloseTeamAsync(string team, string why, CancellationToken cancellationToken)
    {
        foreach (var place in _known.Values.Where(known => known.Team == team).Select(known => known.Place).ToList())
            await CloseAsync(place, why, cancellationToken);
    }
}

internal sealed class MemoryCards : ISlackCardStore
{
    private readonly Dictionary<string, (string Card, ConversationId? Alone)> _cards = [];

    public Task KeepAsync(string id, string card, ConversationId? direct, CancellationToken cancellationToken)
    {
        _cards[id] = (card, _cards.TryGetValue(id, out var known) && known.Alone != direct ? null : direct);
        return Task.CompletedTask;
    }

    public Task<string?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult<string?>(_cards.GetValueOrDefault(id).Card);

    public Task<ConversationId?> AloneAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_cards.GetValueOrDefault(id).Alone);
}

internal sealed class SomePeople : IPeople
{
    public List<Person> All { get; } = [];

    /// <summary>With the roles of all their ids, where they have several.</summary>
    public Dictionary<PersonId, Person> Whole { get; } = [];

    public Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken) =>
        Task.FromResult(Whole.GetValueOrDefault(person) ?? All.FirstOrDefault(known => known.Id == person) ?? new Person(person, WorkspaceId.Local, person.Name, [Role.Viewer]));

    public Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Person>>([.. All.Where(person => person.Roles.Contains(role))]);

    public Task<IReadOnlyList<Person>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Person>>(All);

    public Task<string?> OutsideAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<Sameness> CompareAsync(Person person, PersonId other, CancellationToken cancellationToken) => Task.FromResult(person.Is(other) ? Sameness.Same : Sameness.Different);
}
