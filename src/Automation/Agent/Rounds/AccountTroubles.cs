using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Agent.Rounds;

/// <summary>How an account's rounds failed lately.</summary>
/// <param name="Failures">Failed rounds in a row; 0 for none.</param>
/// <param name="Since">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="NotBefore">The next attempt; until then an account that failed altogether is left alone.</param>
/// <param name="Unanswered">The campaign whose move was not answered: in the next round it comes last, so that it does not keep the others from their turns again.</param>
public sealed record AccountTrouble(int Failures, DateTimeOffset Since, DateTimeOffset Last, DateTimeOffset NotBefore, CampaignId? Unanswered)
{
    /// <summary>Only these campaigns' turns failed and are tried again at <see cref="NotBefore"/>: the others go on. Null: the account failed altogether.</summary>
    public IReadOnlyList<CampaignId>? Only { get; init; }

    public static readonly AccountTrouble None = new(0, default, default, default, null);
}

/// <summary>
/// Counts the failed rounds of each account, and says when the next attempt is due, of the whole account or of the campaigns whose turns failed: after
/// 1 minute, then twice as long each time, at most an hour.
/// Kept, so that a restart neither forgets the count nor asks at once again. People are told when it goes on.
/// </summary>
public sealed partial class AccountTroubles(ISettingsStore settings, AgentSight sight, CampaignClock clock, ILogger<AccountTroubles> logger)
{
    /// <summary>So many failed rounds in a row, over this time, and people are told that the agent is blind.</summary>
    private const int BlindAfter = 3;

    private static readonly TimeSpan BlindFor = TimeSpan.FromMinutes(10);

    /// <summary>Campaign time before the second attempt; doubled with each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <summary>How often is looked, in campaign time, whether something is due again.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<AdAccountId, AccountTrouble> _known = new();

    /// <summary>Accounts of which something failed and whose pause is over.</summary>
    public IReadOnlyList<AdAccountId> Due()
    {
        var now = clock.GetUtcNow();
        return [.. _known.Where(one => one.Value.NotBefore > one.Value.Last && one.Value.NotBefore <= now).Select(one => one.Key)];
    }

    /// <summary>The campaigns whose turns failed, or null: the whole account did, or nothing.</summary>
    public IReadOnlyList<CampaignId>? Failed(AdAccountId account) => _known.GetValueOrDefault(account)?.Only;

    /// <summary>Reads what was kept of these accounts, so that what is due again is known after a restart too; false when that could not be read.</summary>
    public async Task<bool> RecallAsync(IEnumerable<AdAccountId> managed, CancellationToken cancellationToken)
    {
        foreach (var account in managed)
        {
            await OfAsync(account, cancellationToken);
            if (!_known.ContainsKey(account))
                return false;
        }

        return true;
    }

    public async Task<bool> IsLeftAloneAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        var (now, trouble) = (clock.GetUtcNow(), await OfAsync(account, cancellationToken));
        return trouble.Only is null && now < trouble.NotBefore && trouble.NotBefore - now <= LongestPause;
    }

    /// <summary>Accounts of which people were told that the agent does not see them.</summary>
    public Task<IReadOnlyList<AdAccountId>> LostAsync(CancellationToken cancellationToken) => sight.LostAsync(cancellationToken);

    /// <summary>Nothing is the agent's any more in the account.</summary>
    public async Task EmptyAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        await KeepAsync(account, AccountTrouble.None, cancellationToken);
        await sight.RegainedAsync(account, "the agent has nothing to do there any more", cancellationToken);
    }

    /// <summary>Every turn that was due was had.</summary>
    public async Task EndedAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        await KeepAsync(account, (await OfAsync(account, cancellationToken)) with { Failures = 0, Since = default, Last = default, NotBefore = default, Only = null }, cancellationToken);
        await sight.RegainedAsync(account, "the agent sees the account again", cancellationToken);
    }

    /// <param name="managed">The account's campaigns.</param>
    /// <param name="only">The campaigns whose turns failed; null when none had its turn: the account is left alone for a while.</param>
    public async Task FailedAsync(AdAccountId account, IReadOnlyList<Campaign> managed, Exception fault, IReadOnlyList<CampaignId>? only, CancellationToken cancellationToken)
    {
        if (managed.Count == 0)
            return;

        var (now, before) = (clock.GetUtcNow(), await OfAsync(account, cancellationToken));
        var failures = before.Failures + 1;
        var since = before.Failures > 0 ? before.Since : now;
        var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 10)));
        await KeepAsync(account, before with { Failures = failures, Since = since, Last = now, NotBefore = now + pause, Only = only }, cancellationToken);
        if (failures >= BlindAfter && now - since >= BlindFor)
            await sight.LostAsync(managed, failures, since, fault, cancellationToken);
    }

    public async Task UnansweredAsync(AdAccountId account, CampaignId campaign, CancellationToken cancellationToken) =>
        await KeepAsync(account, (await OfAsync(account, cancellationToken)) with { Unanswered = campaign }, cancellationToken);

    /// <summary>The campaign that comes last this time; null when each has its place.</summary>
    public async Task<CampaignId?> TakeLastAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        var trouble = await OfAsync(account, cancellationToken);
        await KeepAsync(account, trouble with { Unanswered = null }, cancellationToken);
        return trouble.Unanswered;
    }

    private async Task<AccountTrouble> OfAsync(AdAccountId account, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(account, out var known))
            return known;

        try
        {
            var kept = await settings.FindAsync<AccountTrouble>(WorkspaceId.Local, Name(account), cancellationToken);
            return _known.GetOrAdd(account, kept ?? AccountTrouble.None);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(account, fault.Message);
            return AccountTrouble.None;
        }
    }

    /// <summary>Written only when it changes, which it seldom does.</summary>
    private async Task KeepAsync(AdAccountId account, AccountTrouble trouble, CancellationToken cancellationToken)
    {
        if (await OfAsync(account, cancellationToken) == trouble)
            return;

        _known[account] = trouble;
        try
        {
            await settings.SetAsync(WorkspaceId.Local, Name(account), trouble, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotKept(account, fault.Message);
        }
    }

    private static string Name(AdAccountId account) => $"agent-trouble/{account}";

    [LoggerMessage(EventId = 147, Level = LogLevel.Warning, Message = "How the agent's rounds in {Account} failed is known in memory only: {Says}")]
    private partial void NotKept(AdAccountId account, string says);
}
