using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>A safety net whose eyes and verdicts a test decides.</summary>
public sealed class FakeWatch : ISafetyWatch
{
    public Func<Campaign, Observation> Sees { get; set; } = campaign => AnObservation.Of(campaign, 0, 0);

    public Func<Observation, IReadOnlyList<SafetyVerdict>> Says { get; set; } = _ => [];

    public Exception? Fault { get; set; }

    /// <summary>A reading is in only when this is done.</summary>
    public Task Waits { get; set; } = Task.CompletedTask;

    /// <summary>The campaigns of the last look.</summary>
    public IReadOnlyList<CampaignId> LookedAt { get; private set; } = [];

    public int Looks { get; private set; }

    public List<SafetyVerdict.Breach> Handed { get; } = [];

    public async Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        Looks++;
        LookedAt = [.. campaigns.Select(campaign => campaign.Id)];
        await Waits;
        return Fault is null ? [.. campaigns.Select(Sees)] : throw Fault;
    }

    public IReadOnlyList<SafetyVerdict> Judge(Observation now) => Says(now);

    public Task HandOverAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        Handed.AddRange(verdicts.OfType<SafetyVerdict.Breach>());
        return Task.CompletedTask;
    }
}
