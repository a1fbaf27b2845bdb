using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.AdNetworks.Simulator;

/// <summary>One account's objects at a simulated network.</summary>
internal sealed class SimulatedAccount
{
    public Dictionary<ExternalId, SimulatedCampaign> Campaigns { get; } = [];

    /// <summary>First answers by key.</summary>
    public Dictionary<CommandKey, ExternalId> Answers { get; } = [];

    public HashSet<ExternalId> Known { get; } = [];

    public int Creatives { get; set; }
}

/// <summary>
/// Everything that exists at the simulated networks, read once from their own file and changed only after that file has it.
/// One lock: calls are short.
/// </summary>
internal sealed class SimulatedWorld(
    SimulatedFile file, IReadOnlyList<NetworkProfile> profiles, SimulatorOptions options, CampaignClock clock, INetworkLine line)
{
    private readonly Lock _lock = new();
    private Dictionary<AdAccountId, SimulatedAccount>? _accounts;

    public SimulatorOptions Options => options;

    public Task<TAnswer> AskAsync<TAnswer>(NetworkCall call, Func<SimulatedAccount, DateTimeOffset, TAnswer> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return line.CarryAsync(call, Answer, cancellationToken);

        TAnswer Answer()
        {
            lock (_lock)
                return question(AccountOf(call.Account), clock.GetUtcNow());
        }
    }

    /// <summary>Writes changes down and then lets them happen. To be called inside a question.</summary>
    public void Commit(params IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            file.Add(changes);
            foreach (var change in changes)
                Apply(Accounts(), change);
        }
    }

    /// <summary>The campaign behind one of our ids, in whatever account it is.</summary>
    public (AdAccountId Account, ExternalId Id, SimulatedCampaign Campaign)? Find(CampaignId campaign)
    {
        lock (_lock)
        {
            foreach (var (account, known) in Accounts())
            {
                foreach (var (id, simulated) in known.Campaigns)
                {
                    if (simulated.Campaign == campaign)
                        return (account, id, simulated);
                }
            }

            return null;
        }
    }

    /// <summary>A campaign's finished days from one on, as the network would report them now.</summary>
    public IReadOnlyList<DayFigures> DaysOf(AdAccount account, ExternalId campaign, AccountDay from, DateTimeOffset now)
    {
        lock (_lock)
        {
            var simulated = AccountOf(account.Id).Campaigns[campaign];
            var days = new List<DayFigures>();
            for (var day = from; day < account.DayAt(now); day = day.Next)
                days.Add(simulated.FiguresOf(account, day, now, now));

            return days;
        }
    }

    private SimulatedAccount AccountOf(AdAccountId account)
    {
        var all = Accounts();
        if (!all.TryGetValue(account, out var known))
            all[account] = known = new SimulatedAccount();

        return known;
    }

    private Dictionary<AdAccountId, SimulatedAccount> Accounts()
    {
        if (_accounts is not null)
            return _accounts;

        var accounts = new Dictionary<AdAccountId, SimulatedAccount>();
        foreach (var change in file.All())
            Apply(accounts, change);

        return _accounts = accounts;
    }

    private void Apply(Dictionary<AdAccountId, SimulatedAccount> accounts, Change change)
    {
        if (!accounts.TryGetValue(change.Account, out var account))
            accounts[change.Account] = account = new SimulatedAccount();

        if (change.Key is { } key)
            account.Answers[key] = change.Answer;

        account.Known.Add(change.Answer);
        if (change.Created is { } created)
            account.Campaigns[change.Answer] = new SimulatedCampaign(change.Answer, created, ProfileOf(change.Account), options);

        if (change.Target is null && change.Created is null)
            account.Creatives++;

        if (change is { Happened: { } happened, Target: { } target })
            account.Campaigns[target].Apply(happened);
    }

    /// <summary>An account's id begins with its network's name: <c>meta</c>, <c>meta:eu</c>.</summary>
    private NetworkProfile ProfileOf(AdAccountId account)
    {
        var name = account.Value.Split(':')[0];
        return profiles.FirstOrDefault(profile => string.Equals(profile.Name.Value, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new AdNetworkException(FaultKind.NotFound, $"No ad network is called {name}.");
    }
}
