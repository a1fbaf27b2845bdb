using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>One way that the program goes because of what a person says: how it gets there, when it is done, and what has to be so then.</summary>
/// <param name="Person">Who says it.</param>
/// <param name="Says">What is said; whoever got no answer says it again.</param>
/// <param name="DoneAsync">Whether everything that follows from it has happened.</param>
/// <param name="CheckAsync">What holds for every point at which it was killed.</param>
internal sealed record CrashWay(string Person, string Says, Func<CrashingBot, CancellationToken, Task<bool>> DoneAsync, Func<CrashLife, CancellationToken, Task> CheckAsync)
{
    /// <summary>How it is said, where words are not enough.</summary>
    public Func<ChatClient, CancellationToken, Task>? SayAsync { get; init; }

    /// <summary>How everything stands at the end, in words that are the same however often it was killed on the way; null where no one word holds for all.</summary>
    public Func<CrashLife, CancellationToken, Task<string>>? EndStateAsync { get; init; }

    /// <summary>
    /// Points by their name that a life may do without: workers beside it pass them or not as time goes. Every other point of the undisturbed life has to be
    /// the end of another.
    /// </summary>
    public string[] MayBePassedOver { get; init; } = [];

    /// <summary>Added on the command line of every life.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>Brings it there, once; every kill begins with a copy of what this left behind.</summary>
    public Func<CrashingBot, CancellationToken, Task> PrepareAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The ports whose points belong to it, by how they begin; workers beside it pass others. Empty: all but those within a commit.</summary>
    public string[] Ports { get; init; } = [];

    /// <summary>What takes several steps is cut short by the end and not gone on with: a person says it again.</summary>
    public bool IsCutShort { get; init; }
}

/// <summary>A program that was killed on its way, started again and has come to its end.</summary>
/// <param name="Points">Where, one after another.</param>
/// <param name="Before">How many changes its networks had seen when it set out.</param>
internal sealed record CrashLife(IReadOnlyList<string> Points, CrashingBot Bot, CountingGateway Gateway, int Before)
{
    public string Point => Points.Count == 0 ? "undisturbed" : string.Join(", then ", Points);

    /// <summary>What its networks did since it set out.</summary>
    public IReadOnlyList<Change> Done => [.. Bot.AtTheNetworks().Skip(Before)];

    /// <summary>What its networks did of one kind, for a campaign each.</summary>
    public ILookup<string, Change> DoneOf<TEvent>() where TEvent : MarketEvent => Done.Where(change => change.Happened is TEvent).ToLookup(change => change.Target?.Value ?? "");

    public Task<long> CountAsync(string sql, CancellationToken cancellationToken) => Bot.CountAsync(sql, cancellationToken);
}
