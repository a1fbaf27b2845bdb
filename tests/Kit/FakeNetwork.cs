using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Kit;

/// <summary>How a call goes wrong.</summary>
public enum Trouble
{
    /// <summary>It takes effect, and the answer is lost.</summary>
    ExecutesThenTimesOut,

    /// <summary>It does not take effect, and no answer comes.</summary>
    TimesOut,
    Unavailable,
    Rejected,
    RateLimited,

    /// <summary>The network says yes and changes nothing.</summary>
    LiesAboutIt,

    /// <summary>The network says yes, remembers the key, and changes nothing: the same key is never carried out any more.</summary>
    ForgetsToDoIt,
}

/// <summary>
/// An ad network in memory. Every command is kept; <see cref="Troubles"/> decides which go wrong; readings are what a test puts in.
/// </summary>
public sealed class FakeNetwork(NetworkProfile profile, TimeProvider clock) : IAdNetwork
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CommandKey, ExternalId> _keys = [];
    private readonly Dictionary<ExternalId, NetworkCampaign> _campaigns = [];
    private readonly List<(NetworkCommand Command, CommandKey Key)> _executed = [];
    private readonly Channel<string> _hung = Channel.CreateUnbounded<string>();

    public NetworkProfile Profile => profile;

    /// <summary>What took effect, in order; a repeated key takes effect once.</summary>
    public IReadOnlyList<(NetworkCommand Command, CommandKey Key)> Executed
    {
        get
        {
            lock (_lock)
                return [.. _executed];
        }
    }

    public IReadOnlyCollection<NetworkCampaign> Campaigns => _campaigns.Values;

    /// <summary>Asked before every command: the trouble it gets, or null.</summary>
    public Func<NetworkCommand, Trouble?> Troubles { get; set; } = _ => null;

    /// <summary>What it says beside <see cref="Trouble.RateLimited"/>.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Awaited before every command, for a network that takes its time.</summary>
    public Func<NetworkCommand, Task> Takes { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after a command took effect, before its answer is given.</summary>
    public Func<NetworkCommand, Task> AnswerTakes { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited before every account read.</summary>
    public Func<Task> ReadTakes { get; set; } = () => Task.CompletedTask;

    /// <summary>Thrown by every read while set.</summary>
    public AdNetworkException? ReadFault { get; set; }

    /// <summary>What is activated is reviewed first, until <see cref="Put"/> says otherwise.</summary>
    public bool ReviewsFirst { get; set; }

    public int AccountReads { get; private set; }

    /// <summary>Calls by name, for example <c>nameof(IAdNetwork.ExecuteAsync)</c>, that never answer and do not listen when told to end.</summary>
    public HashSet<string> Hangs { get; } = [];

    /// <summary>Ends when one more call hangs.</summary>
    public async Task HangsAsync()
    {
        await _hung.Reader.WaitToReadAsync();
        _hung.Reader.TryRead(out _);
    }

    /// <summary>Custom audiences of its accounts; null: it cannot be asked.</summary>
    public ImmutableArray<string>? Audiences { get; set; }

    public async Task<ImmutableArray<string>?> FindAudiencesAsync(AdAccount account, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        return ReadFault is null ? Audiences : throw ReadFault;
    }

    /// <summary>Figures by campaign that the next account reads give; campaigns without an entry are absent.</summary>
    public Dictionary<ExternalId, Func<NetworkCampaign, PerformanceReading>> Figures { get; } = [];

    public void Put(NetworkCampaign campaign) => _campaigns[campaign.Id] = campaign;

    public async Task<AccountReading> ReadAccountAsync(AdAccount account, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        await ReadTakes().WaitAsync(cancellationToken);
        AccountReads++;
        if (ReadFault is not null)
            throw ReadFault;

        lock (_lock)
        {
            return new AccountReading(account.Id, clock.GetUtcNow(), _campaigns.Values
                .Where(campaign => Figures.ContainsKey(campaign.Id))
                .ToImmutableDictionary(campaign => campaign.Id, campaign => Figures[campaign.Id](campaign)));
        }
    }

    public async Task<NetworkCampaign?> FindCampaignAsync(AdAccount account, ExternalId campaign, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        if (ReadFault is not null)
            throw ReadFault;

        lock (_lock)
            return _campaigns.GetValueOrDefault(campaign);
    }

    public async Task<ExternalId?> FindByKeyAsync(AdAccount account, CommandKey key, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        if (ReadFault is not null)
            throw ReadFault;

        lock (_lock)
            return _keys.TryGetValue(key, out var id) ? id : null;
    }

    public async Task<ExternalId> ExecuteAsync(AdAccount account, NetworkCommand command, CommandKey key, CancellationToken cancellationToken)
    {
        await AnswerAsync();
        await Takes(command).WaitAsync(cancellationToken);
        var trouble = Troubles(command);
        var answer = trouble switch
        {
            Trouble.TimesOut => throw new AdNetworkException(FaultKind.TimedOut, "no answer"),
            Trouble.Unavailable => throw new AdNetworkException(FaultKind.Unavailable, "503"),
            Trouble.Rejected => throw new AdNetworkException(FaultKind.Rejected, "the network says no"),
            Trouble.RateLimited => throw new AdNetworkException(FaultKind.RateLimited, "429", RetryAfter),
            Trouble.LiesAboutIt => TargetOf(command) ?? new ExternalId("nothing"),
            _ => Apply(command, key, trouble),
        };
        await AnswerTakes(command).WaitAsync(cancellationToken);
        return answer;
    }

    private Task AnswerAsync([CallerMemberName] string call = "")
    {
        if (!Hangs.Contains(call))
            return Task.CompletedTask;

        _hung.Writer.TryWrite(call);
        return new TaskCompletionSource().Task;
    }

    private ExternalId Apply(NetworkCommand command, CommandKey key, Trouble? trouble)
    {
        lock (_lock)
        {
            if (!_keys.TryGetValue(key, out var id))
            {
                id = trouble == Trouble.ForgetsToDoIt ? TargetOf(command) ?? new ExternalId("nothing") : Effect(command);
                _keys[key] = id;
                _executed.Add((command, key));
            }

            return trouble == Trouble.ExecutesThenTimesOut ? throw new AdNetworkException(FaultKind.TimedOut, "no answer") : id;
        }
    }

    private ExternalId Effect(NetworkCommand command)
    {
        switch (command)
        {
            case NetworkCommand.CreateCampaign create:
                var created = new ExternalId($"n{_campaigns.Count + 1}");
                _campaigns[created] = new NetworkCampaign(
                    created, create.Order.Name, NetworkStatus.Paused, create.Order.DailyBudget,
                    create.Order.Bidding.TargetCpa, create.Order.Schedule.Start, [])
                {
                    LifetimeBudget = create.Order.LifetimeBudget,
                    Ours = create.Campaign,
                };
                return created;

            case NetworkCommand.CreateAdSet adSet:
                return new ExternalId($"{adSet.Parent}-set");

            case NetworkCommand.UploadCreative upload:
                return new ExternalId($"creative-{upload.File.Value[..Math.Min(8, upload.File.Value.Length)]}-{upload.Position}");

            case NetworkCommand.CreateAd ad:
                var parent = new ExternalId(ad.Parent.Value.Replace("-set", "", StringComparison.Ordinal));
                var id = new ExternalId($"{parent}/{ad.Position}");
                _campaigns[parent] = _campaigns[parent] with { Ads = _campaigns[parent].Ads.Add(new NetworkAd(id, ad.Name, NetworkStatus.Active)) };
                return id;

            case NetworkCommand.Activate activate:
                var waits = activate.StartsAt > clock.GetUtcNow();
                return Change(activate.Target, now => now with { Status = ReviewsFirst ? NetworkStatus.InReview : waits ? NetworkStatus.Scheduled : NetworkStatus.Active });

            case NetworkCommand.Pause pause:
                return Change(pause.Target, now => now with { Status = NetworkStatus.Paused });

            case NetworkCommand.SetDailyBudget budget:
                return Change(budget.Target, now => now with { DailyBudget = budget.To });

            case NetworkCommand.SetBid bid:
                return Change(bid.Target, now => now with { Bid = bid.To });

            case NetworkCommand.Archive archive:
                return Change(archive.Target, now => now with { Status = NetworkStatus.Archived });

            case NetworkCommand.PauseAd ad:
                return ChangeAd(ad.Target, NetworkStatus.Paused);

            case NetworkCommand.ResumeAd ad:
                return ChangeAd(ad.Target, NetworkStatus.Active);

            default:
                throw new InvalidOperationException(command.GetType().Name);
        }
    }

    private ExternalId Change(ExternalId target, Func<NetworkCampaign, NetworkCampaign> change)
    {
        _campaigns[target] = change(_campaigns[target]);
        return target;
    }

    private ExternalId ChangeAd(ExternalId ad, NetworkStatus status)
    {
        Change(new ExternalId(ad.Value.Split('/')[0]), now => now with
        {
            Ads = [.. now.Ads.Select(known => known.Id == ad ? known with { Status = status } : known)],
        });
        return ad;
    }

    internal static ExternalId? TargetOf(NetworkCommand command) => command switch
    {
        NetworkCommand.Activate activate => activate.Target,
        NetworkCommand.Pause pause => pause.Target,
        NetworkCommand.SetDailyBudget budget => budget.Target,
        NetworkCommand.SetBid bid => bid.Target,
        NetworkCommand.PauseAd ad => ad.Target,
        NetworkCommand.ResumeAd ad => ad.Target,
        NetworkCommand.Archive archive => archive.Target,
        _ => null,
    };
}

/// <summary>A directory of fake networks, one for each profile.</summary>
public sealed class FakeNetworks(params IReadOnlyList<FakeNetwork> networks) : IAdNetworkDirectory
{
    private readonly List<NetworkProfile> _more = [];

    public IReadOnlyList<NetworkProfile> Profiles => [.. networks.Select(network => network.Profile), .. _more];

    /// <summary>Why nothing can be launched at a live network; null: it can.</summary>
    public string? LiveIsNotBuilt { get; set; }

    public string? NotBuilt(NetworkName network, NetworkMode mode) => mode == NetworkMode.Live ? LiveIsNotBuilt : null;

    /// <summary>One more that can be chosen, with nothing behind it.</summary>
    public void Add(NetworkProfile profile) => _more.Add(profile);

    public NetworkProfile Profile(NetworkName network) => Profiles.First(profile => profile.Name == network);

    public IAdNetwork For(AdAccount account, NetworkMode mode) => networks.First(network => network.Profile.Name == account.Network);
}
