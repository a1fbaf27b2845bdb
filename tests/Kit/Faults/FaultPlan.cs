namespace ChatOpsCampaigns.Kit.Faults;

/// <summary>How a call to the outside goes wrong.</summary>
public enum Fault
{
    /// <summary>No effect, and no answer.</summary>
    TimesOut,

    /// <summary>It takes effect, and the answer is lost.</summary>
    ExecutesThenTimesOut,

    Unavailable,
    RateLimited,

    /// <summary>It takes effect, and the answer cannot be understood.</summary>
    Malformed,

    /// <summary>It takes some of the machine's time.</summary>
    Slow,

    /// <summary>It arrives twice.</summary>
    Duplicated,

    /// <summary>What was asked for later comes first.</summary>
    Reordered,

    /// <summary>The answer says that all is well, and nothing was done.</summary>
    SaysYesAndDoesNothing,
}

/// <summary>Which calls go wrong, and how: the same seed deals the same faults to the same calls.</summary>
/// <param name="rate">Share of calls that go wrong, 0 to 1, unless <see cref="Rates"/> says another for a method.</param>
public sealed class FaultPlan(int seed, double rate)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, int> _dealt = new(StringComparer.Ordinal);

    public int Seed => seed;

    /// <summary>Nothing goes wrong while false.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>By name of method, for example <c>nameof(IAdNetwork.ExecuteAsync)</c>.</summary>
    public Dictionary<string, double> Rates { get; } = [];

    /// <summary>How often each fault was dealt to each call, for example <c>IAdNetwork.ExecuteAsync TimesOut</c>.</summary>
    public IReadOnlyDictionary<string, int> Dealt
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, int>(_dealt);
        }
    }

    public Fault? Next(string port, string method, IReadOnlyList<Fault> possible)
    {
        lock (_lock)
        {
            if (!IsOn || possible.Count == 0 || _random.NextDouble() >= Rates.GetValueOrDefault(method, rate))
                return null;

            var fault = possible[_random.Next(possible.Count)];
            var name = $"{port}.{method} {fault}";
            _dealt[name] = _dealt.GetValueOrDefault(name) + 1;
            return fault;
        }
    }

    public override string ToString() => $"seed {seed}, {rate:P0}: {string.Join(", ", Dealt.Select(one => $"{one.Value}x {one.Key}"))}";
}
