using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

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

    /// <summary>It takes some of the machine's time, often more than whoever asked waits.</summary>
    Slow,

    /// <summary>It arrives twice.</summary>
    Duplicated,

    /// <summary>The next call to the same port comes first.</summary>
    Reordered,

    /// <summary>The answer says that all is well, and nothing was done.</summary>
    SaysYesAndDoesNothing,
}

/// <param name="Size">How bad it is of its kind, from 0 to below 1.</param>
public readonly record struct Misfortune(Fault Fault, double Size);

/// <summary>
/// Which calls go wrong, and how: the same seed deals the same faults to the same calls, also when they run side by side. What happens to a call
/// depends on what is called, about what, and for which time, and on no other call.
/// </summary>
/// <param name="rate">Share of calls that go wrong, 0 to 1, unless <see cref="Rates"/> says another for a method.</param>
public sealed partial class FaultPlan(int seed, double rate)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _calls = [];
    private readonly SortedDictionary<string, int> _dealt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Overtaking> _held = new();

    public int Seed => seed;

    /// <summary>Nothing goes wrong while false.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>How long a call is held for another to go first. 10 ms of real time: what goes on beside it has called by then.</summary>
    public TimeSpan Holds { get; init; } = TimeSpan.FromMilliseconds(10);

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

    /// <param name="about">What the call is about, for example the key of a command; a part of it that is new in every run does not count.</param>
    public Misfortune? Next(string port, string method, string about, IReadOnlyList<Fault> possible)
    {
        var call = $"{port}.{method} {MadeUp().Replace(about, "#")}";
        lock (_lock)
        {
            if (!IsOn || possible.Count == 0)
                return null;

            var time = _calls[call] = _calls.GetValueOrDefault(call) + 1;
            if (Share(call, time, "whether") >= Rates.GetValueOrDefault(method, rate))
                return null;

            var fault = possible[(int)(Share(call, time, "which") * possible.Count)];
            var name = $"{port}.{method} {fault}";
            _dealt[name] = _dealt.GetValueOrDefault(name) + 1;
            return new Misfortune(fault, Share(call, time, "size"));
        }
    }

    /// <summary>The calls to a port that wait until another has gone first.</summary>
    public Overtaking Held(string port) => _held.GetOrAdd(port, _ => new Overtaking());

    /// <summary>From 0 to below 1, the same every time.</summary>
    private double Share(string call, int time, string asks) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {call} {time} {asks}"))) / (uint.MaxValue + 1.0);

    [GeneratedRegex("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex MadeUp();

    public override string ToString() => $"seed {seed}, {rate:P0}: {string.Join(", ", Dealt.Select(one => $"{one.Value}x {one.Key}"))}";
}
