using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.AdNetworks;

/// <summary>
/// Until when an account must not be asked, since its network said so. Everything but safety waits; what keeps money from running away is
/// still tried now and then. All of it is machine time.
/// </summary>
public sealed class AccountRests(TimeProvider machine)
{
    /// <summary>A network that is busy and does not say for how long is left alone for a minute.</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>Nobody means longer; a day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>An account's figures and each campaign's pause are tried this often all the same: with sweeps every 30 seconds at least once a minute.</summary>
    private static readonly TimeSpan SafetyEvery = TimeSpan.FromSeconds(45);

    /// <summary>Looking, telling and reading back are one try.</summary>
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<(AdAccountId, NetworkMode), DateTimeOffset> _until = new();
    private readonly ConcurrentDictionary<(AdAccountId, NetworkMode, string), DateTimeOffset> _tried = new();

    /// <summary>Until when, or null when it may be asked.</summary>
    public DateTimeOffset? Until(AdAccountId account, NetworkMode mode) =>
        _until.TryGetValue((account, mode), out var until) && until > machine.GetUtcNow() ? until : null;

    /// <summary>Whether a safety call may go out although the account rests.</summary>
    /// <param name="about">What it is about: the account's figures, or one campaign.</param>
    public bool MayTry(AdAccountId account, NetworkMode mode, string about)
    {
        var now = machine.GetUtcNow();
        var begun = _tried.AddOrUpdate((account, mode, about), now, (_, last) => now - last >= SafetyEvery ? now : last);
        return now - begun < OneTry;
    }

    /// <summary>Notes what the network said. Shorter than what it said before changes nothing.</summary>
    public void Note(AdAccountId account, NetworkMode mode, TimeSpan? retryAfter)
    {
        var rest = retryAfter is { } said && said > TimeSpan.Zero ? said : Unsaid;
        var until = machine.GetUtcNow() + (rest < Longest ? rest : Longest);
        _until.AddOrUpdate((account, mode), until, (_, before) => before > until ? before : until);
    }
}
