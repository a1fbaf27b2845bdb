using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Settings;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>Keeps what the agent remembers of each campaign, so that a restart changes nothing.</summary>
public sealed class AgentMemories(ISettingsStore settings)
{
    public async Task<AgentMemory> OfAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await settings.FindAsync<AgentMemory>(campaign.Workspace, Name(campaign), cancellationToken) ?? AgentMemory.Empty;

    public Task KeepAsync(Campaign campaign, AgentMemory memory, CancellationToken cancellationToken) =>
        settings.SetAsync(campaign.Workspace, Name(campaign), memory, cancellationToken);

    public static PastMove Move(Observation now, Proposal move)
    {
        var word = ResultWord.Of(now.Campaign.Spec.Type, now.Campaign.Spec.Objective);
        return new PastMove(move.Lever, now.Now, now.Today, move.From, move.To, now.Reading is { } reading ? word.In(reading.Today) : null);
    }

    private static string Name(Campaign campaign) => $"agent/{campaign.Id}";
}
