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

    /// <summary>A word with its reason, which is not said twice where the reason begins with the word: "paused by ana".</summary>
    public static string With(string word, string? why) =>
        why is null ? word : why.StartsWith($"{word} ", StringComparison.OrdinalIgnoreCase) ? why : $"{word}: {why}";

    /// <summary>The reason for what is said beside it, without that word: "by ana" beside "paused".</summary>
    public static string Beside(string word, string why) => why.StartsWith($"{word} ", StringComparison.OrdinalIgnoreCase) ? why[(word.Length + 1)..] : why;

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
