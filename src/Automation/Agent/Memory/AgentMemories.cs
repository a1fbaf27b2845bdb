using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Settings;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Agent.Memory;

/// <summary>Keeps what the agent remembers of each campaign, so that a restart changes nothing.</summary>
public sealed class AgentMemories(ISettingsStore settings)
{
    private readonly ConcurrentDictionary<CampaignId, AgentMemory> _kept = new();

    public async Task<AgentMemory> OfAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(campaign.Id, out var kept))
            return kept;

        var stored = await settings.FindAsync<AgentMemory>(campaign.Workspace, Name(campaign), cancellationToken) ?? AgentMemory.Empty;
        return _kept.GetOrAdd(campaign.Id, stored);
    }

    /// <summary>Writes it down unless it is what stands there already, but for the time of the last look, which the turn's decision bears.</summary>
    public async Task KeepAsync(Campaign campaign, AgentMemory memory, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(campaign.Id, out var kept) && (kept with { LookedAt = memory.LookedAt }).Equals(memory))
        {
            _kept[campaign.Id] = memory;
            return;
        }

        await settings.SetAsync(campaign.Workspace, Name(campaign), memory, cancellationToken);
        _kept[campaign.Id] = memory;
    }

    public static PastMove Move(Observation now, Proposal move)
    {
        var word = ResultWord.Of(now.Campaign);
        return new PastMove(move.Lever, now.Now, now.Today, move.From, move.To, now.Reading is { } reading ? word.In(reading.Today) : null) { Because = move.Because };
    }

    private static string Name(Campaign campaign) => $"agent/{campaign.Id}";
}
