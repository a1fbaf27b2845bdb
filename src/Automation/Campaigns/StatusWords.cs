using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>Where a campaign is, as people say it after "it is".</summary>
public static class StatusWords
{
    public static string Of(CampaignStatus status) => status switch
    {
        CampaignStatus.Launching => "being launched",
        CampaignStatus.InReview => "in review by the network",
        CampaignStatus.Rejected => "rejected by the network",
        CampaignStatus.Scheduled => "waiting for its start",
        CampaignStatus.Active => "running",
        CampaignStatus.Paused => "paused",
        CampaignStatus.Resting => "outside its hours",
        CampaignStatus.Stopped => "stopped in an emergency",
        CampaignStatus.Ended => "ended",
        CampaignStatus.Failed => "not launched",
        _ => throw new InvalidOperationException($"{status} has no word."),
    };

    public static string Of(NetworkStatus? status) => status switch
    {
        NetworkStatus.Active => "running",
        NetworkStatus.InReview => "in review",
        NetworkStatus.Scheduled => "waiting for its start",
        NetworkStatus.Paused => "paused",
        NetworkStatus.Rejected => "rejected",
        NetworkStatus.Ended => "ended",
        NetworkStatus.Archived => "put away",
        _ => "not known",
    };
}
