using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Hours;

/// <summary>The hours of campaigns whose network keeps none, in the zone of their account.</summary>
public sealed class CampaignHours(IAdAccounts accounts, CampaignClock clock)
{
    /// <summary>Null where the network keeps the hours itself or there are none.</summary>
    public async Task<OpenHours?> FindAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (!campaign.HoursByUs)
            return null;

        var account = await accounts.GetAsync(campaign.Account, cancellationToken);
        return new OpenHours(campaign.Spec.Schedule.Hours, account.Zone());
    }

    /// <summary>"outside its hours until 06:00", or null when it may run now.</summary>
    public async Task<string?> RestWordsAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await FindAsync(campaign, cancellationToken) is { } hours && clock.GetUtcNow() is var now && !hours.IsOpenAt(now) ? hours.RestWords(now) : null;

    /// <summary>When it may begin: its start, now when null, or the next of its hours after that.</summary>
    public async Task<DateTimeOffset?> StartAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var start = campaign.Spec.Schedule.Start;
        if (await FindAsync(campaign, cancellationToken) is not { } hours)
            return start;

        var from = start > clock.GetUtcNow() ? start.Value : clock.GetUtcNow();
        return hours.IsOpenAt(from) ? start : hours.OpensAt(from);
    }
}
