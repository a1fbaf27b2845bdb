using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>The accounts that a test names; bound to no channel unless it says so.</summary>
public sealed class FakeAccounts(params IReadOnlyList<AdAccount> accounts) : IAdAccounts
{
    private readonly List<AdAccount> _accounts = [.. accounts];
    private readonly Dictionary<AdAccountId, ChannelBinding> _bindings = [];

    public void Add(AdAccount account) => _accounts.Add(account);

    public void Bind(ChannelBinding binding) => _bindings[binding.Account] = binding;

    /// <summary>The most that all accounts together may be budgeted a day.</summary>
    public Money? Together { get; set; }

    public Task<Money?> FindWorkspaceLimitAsync(Currency currency, CancellationToken cancellationToken) => Task.FromResult(Together?.Currency == currency ? Together : null);

    public Task<IReadOnlyList<AdAccount>> AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AdAccount>>(_accounts);

    public Task<AdAccount> GetAsync(AdAccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(_accounts.First(known => known.Id == account));

    public Task<ChannelBinding> BindingAsync(AdAccountId account, CancellationToken cancellationToken) =>
        Task.FromResult(_bindings.GetValueOrDefault(account) ?? new ChannelBinding(account, "", "", "", []));
}

/// <summary>The four local people of the demonstration, and what the chat says over them; strangers are viewers.</summary>
public sealed class FakePeople : IPeople
{
    public static readonly Person You = Local("you", Role.Admin);
    public static readonly Person Ana = Local("ana", Role.Marketer);
    public static readonly Person Max = Local("max", Role.Approver);
    public static readonly Person Olga = Local("olga", Role.OnCall);

    private readonly ConfiguredRoles _configured;

    public FakePeople(params IReadOnlyList<Person> people) => _configured = new ConfiguredRoles(people.Count > 0 ? people : [You, Ana, Max, Olga]);

    /// <summary>What is said in the chat over what is configured here.</summary>
    public RosterBook Roster { get; set; } = new(new MemorySettings());

    /// <summary>Chats that know their people.</summary>
    public List<IMembers> Chats { get; } = [];

    public ConfiguredRoles Configured => _configured;

    private WorkspacePeople All => new(_configured, Roster, Chats);

    public static Person Local(string name, params IReadOnlyList<Role> roles) => new(new PersonId($"local:{name}"), WorkspaceId.Local, new PersonId($"local:{name}").Name, roles);

    public Task<Person> GetAsync(PersonId person, CancellationToken cancellationToken) => All.GetAsync(person, cancellationToken);

    public Task<IReadOnlyList<Person>> WithRoleAsync(WorkspaceId workspace, Role role, CancellationToken cancellationToken) => All.WithRoleAsync(workspace, role, cancellationToken);

    public Task<IReadOnlyList<Person>> AllAsync(WorkspaceId workspace, CancellationToken cancellationToken) => All.AllAsync(workspace, cancellationToken);

    public Task<string?> OutsideAsync(PersonId person, CancellationToken cancellationToken) => All.OutsideAsync(person, cancellationToken);

    public Task<Sameness> CompareAsync(Person person, PersonId other, CancellationToken cancellationToken) => All.CompareAsync(person, other, cancellationToken);
}
