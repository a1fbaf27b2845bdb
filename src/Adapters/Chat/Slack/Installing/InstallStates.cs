using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Installing;

/// <summary>
/// Installations that a browser began: each is random, counts once and for ten minutes, and only with the cookie of the browser that began it, so that
/// nobody ends another's. They live as long as the program; after a restart one begins again.
/// </summary>
internal sealed class InstallStates(TimeProvider machine)
{
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    private const int Bytes = 32;

    /// <summary>Anybody may open the page: the oldest give way.</summary>
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new();

    /// <summary>What Slack brings back, and the cookie beside it.</summary>
    public string Begin()
    {
        var now = machine.GetUtcNow();
        foreach (var (old, _) in _begun.Where(one => one.Value <= now).Concat(_begun.OrderByDescending(one => one.Value).Skip(Most - 1)))
            _begun.TryRemove(old, out _);

        var state = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        _begun[Mark(state)] = now + Holds;
        return state;
    }

    /// <summary>Whether it was begun by this browser, a short while ago and for the first time. With that it is used up, however it goes on.</summary>
    public bool TryTake(string? state, string? cookie) =>
        state is { Length: Bytes * 2 } && cookie is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(cookie))
        && _begun.TryRemove(Mark(state), out var until) && machine.GetUtcNow() < until;

    /// <summary>Looked up by its hash, so that the time of the look tells nothing of it.</summary>
    private static string Mark(string state) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}
