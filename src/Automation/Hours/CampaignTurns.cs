using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Hours;

/// <summary>
/// One at a time for a campaign between people who pause and resume it and the schedule that does: what was looked at still holds when it
/// is acted on. The emergency stop waits for none of this.
/// </summary>
public sealed class CampaignTurns
{
    private readonly Turnstile _campaigns = new();

    public Task<IDisposable> EnterAsync(CampaignId campaign, CancellationToken cancellationToken) => _campaigns.EnterAsync(campaign.Value, cancellationToken);
}
