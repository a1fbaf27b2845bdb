using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;

namespace ChatOpsCampaigns.Kit;

/// <summary>A safety net whose eyes and verdicts a test decides.</summary>
public sealed class FakeWatch : ISafetyWatch
{
    public Func<Campaign, Observation> Sees { get; set; } = campaign => AnObservation.Of(campaign, 0, 0);

    public Func<Observation, IReadOnlyList<SafetyVerdict>> Says { get; set; } = _ => [];

    public Exception? Fault { get; set; }

    public int Looks { get; private set; }

    public List<SafetyVerdict.Breach> Handed { get; } = [];

    public Task<IReadOnlyList<Observation>> ObserveAsync(AdAccount account, IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        Looks++;
        return Fault is null
            ? Task.FromResult<IReadOnlyList<Observation>>([.. campaigns.Select(Sees)])
            : Task.FromException<IReadOnlyList<Observation>>(Fault);
    }

    public IReadOnlyList<SafetyVerdict> Judge(Observation now) => Says(now);

    public Task HandOverAsync(Observation now, IReadOnlyList<SafetyVerdict> verdicts, CancellationToken cancellationToken)
    {
        Handed.AddRange(verdicts.OfType<SafetyVerdict.Breach>());
        return Task.CompletedTask;
    }
}
