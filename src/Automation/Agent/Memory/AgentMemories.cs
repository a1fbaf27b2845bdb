using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>
/// Keeps what the agent remembers of each campaign, so that a restart changes nothing. A move that the journal of commands shows as confirmed
/// is remembered also when the program ended before it was kept here.
/// </summary>
public sealed class AgentMemories(ISettingsStore settings, IIntentStore intents, IAdAccounts accounts, CampaignClock clock)
{
    /// <summary>How far back the journal is asked: the longest that a lever rests after a move. 24 hours.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<CampaignId, IReadOnlyList<CommandIntent>> _recalled = new();
    private readonly ConcurrentDictionary<CampaignId, AgentMemory> _kept = new();
    private readonly Turnstile _writing = new();

    public async Task<AgentMemory> OfAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(campaign.Id, out var kept))
            return kept;

        return _kept.GetOrAdd(campaign.Id, await RecallAsync(campaign, cancellationToken));
    }

    /// <summary>What is remembered, with the agent's moves that the journal shows beside it.</summary>
    public async Task<AgentMemory> RecallAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var memory = _kept.TryGetValue(campaign.Id, out var kept)
            ? kept
            : await settings.FindAsync<AgentMemory>(campaign.Workspace, Name(campaign), cancellationToken) ?? AgentMemory.Empty;

        // An account that left the configuration has no day, and no turns.
        if ((await accounts.AllAsync(cancellationToken)).FirstOrDefault(known => known.Id == campaign.Account) is not { } account)
            return memory;

        var since = clock.GetUtcNow() - Reach;
        var own = (await intents.ConfirmedAsync(campaign.Id, since, cancellationToken)).Where(intent => intent.By == PersonId.Agent).Reverse().ToList();
        _recalled[campaign.Id] = own;
        return memory.Including(own.Select(intent => PastMove.Of(intent, account)).OfType<PastMove>(), since);
    }

    /// <summary>Moves that the journal showed when it was asked last, oldest first: each time for one who looks whether they are on record.</summary>
    public IReadOnlyList<CommandIntent> TakeRecalled(Campaign campaign) => _recalled.TryRemove(campaign.Id, out var own) ? own : [];

    /// <summary>Something failed between a move and its being kept: it is recalled the next time.</summary>
    public void Forget(Campaign campaign) => _kept.TryRemove(campaign.Id, out _);

    /// <summary>What a turn remembers. Answers of people and moves that came to be known since it read the memory stay beside what it adds.</summary>
    public Task KeepAsync(Campaign campaign, AgentMemory memory, CancellationToken cancellationToken) => ChangeAsync(campaign, memory.Beside, cancellationToken);

    /// <summary>
    /// Changes what is remembered at this moment, whatever a turn that is under way read before. Written down unless it is what stands there already, but for the
    /// time of the last look, which the turn's decision bears.
    /// </summary>
    public async Task ChangeAsync(Campaign campaign, Func<AgentMemory, AgentMemory> change, CancellationToken cancellationToken)
    {
        using var alone = await _writing.EnterAsync(campaign.Id.Value, cancellationToken);
        var kept = _kept.GetValueOrDefault(campaign.Id);
        var memory = change(kept ?? await RecallAsync(campaign, cancellationToken));
        if (kept is null || !(kept with { LookedAt = memory.LookedAt }).Equals(memory))
            await settings.SetAsync(campaign.Workspace, Name(campaign), memory, cancellationToken);

        _kept[campaign.Id] = memory;
    }

    public static PastMove Move(Observation now, Proposal move)
    {
        var word = ResultWord.Of(now.Campaign);
        return new PastMove(move.Lever, now.Now, now.Today, move.From, move.To, now.Reading is { } reading ? word.In(reading.Today) : null) { Because = move.Because, Ad = move.Ad, By = move.By };
    }

    private static string Name(Campaign campaign) => $"agent/{campaign.Id}";
}
