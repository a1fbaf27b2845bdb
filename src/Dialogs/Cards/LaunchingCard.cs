using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Dialogs.Chat;

namespace ChatOpsCampaigns.Dialogs.Cards;

/// <summary>A launch under way, step by step, and how it ended.</summary>
public sealed record LaunchingCard(string Title, string Status, ImmutableArray<LaunchingCard.Step> Steps, string Target) : ICardView
{
    public sealed record Step(string Sign, string Title);

    public string Template => "launching";

    public string Fallback => $"{Title}: {Status}. {string.Join(", ", Steps.Select(step => $"{step.Sign} {step.Title}"))}";

    public static LaunchingCard Of(Campaign campaign, LaunchStep now, TimeZoneInfo zone)
    {
        var done = campaign.Status is not (CampaignStatus.Launching or CampaignStatus.Failed);
        return new LaunchingCard(
            $"{campaign.Name} ({campaign.Handle}{(campaign.IsSimulated ? ", simulated" : "")})", StatusOf(campaign, zone),
            [.. Enum.GetValues<LaunchStep>().Select(step => new Step(done || step < now ? "✓" : step == now ? SignOf(campaign) : "○", TitleOf(step)))],
            campaign.Handle);
    }

    /// <summary>How far a launch came, by what stands at the network: for when nobody saw its steps.</summary>
    public static LaunchStep StepOf(Campaign campaign) => campaign.Network switch
    {
        { Ads.IsDefaultOrEmpty: false } => LaunchStep.ReadBack,
        { AdSet: not null } => LaunchStep.Ads,
        { Campaign: not null } => LaunchStep.AdSet,
        _ => LaunchStep.Prepare,
    };

    public static string StatusOf(Campaign campaign, TimeZoneInfo zone) => campaign.Status switch
    {
        CampaignStatus.Launching when campaign.Undoing => $"being taken back{Because(campaign)}",
        CampaignStatus.Launching when WaitsForChoice(campaign) =>
            $"waits for you, nothing is running yet: {campaign.RefusedAds.Length} of {campaign.RefusedAds.Length + campaign.Network.Ads.Length} ads were refused. Say \"go on {campaign.Handle}\" or \"undo launch {campaign.Handle}\"",
        CampaignStatus.Launching when campaign.Because is not null => $"waits for the network and goes on by itself{Because(campaign)}",
        CampaignStatus.Launching => "launching",
        CampaignStatus.Active => $"running{((campaign.RunningSince ?? campaign.LastResumedAt ?? campaign.LaunchedAt) is { } since ? $" since {AccountTime.In(zone, since)}" : "")}",
        CampaignStatus.Scheduled => $"scheduled{(campaign.Spec.Schedule.Start is { } start ? $" for {AccountTime.In(zone, start)}" : "")}{Because(campaign)}",
        CampaignStatus.Resting => campaign.Because ?? "outside its hours",
        CampaignStatus.InReview => "in review by the network",
        CampaignStatus.Rejected => $"rejected by the network{Because(campaign)}",
        CampaignStatus.Paused => StatusWords.With("paused", campaign.Because),
        CampaignStatus.Stopped => $"STOPPED{(campaign.Because?.StartsWith("stop everything", StringComparison.Ordinal) == true ? "" : " by the emergency monitor")}{Because(campaign)}",
        CampaignStatus.Ended => "ended",
        _ => $"not launched, nothing is running{Because(campaign)}",
    };

    private static bool WaitsForChoice(Campaign campaign) => !campaign.RefusedAds.IsDefaultOrEmpty && !campaign.GoesOnWithoutRefused;

    private static string Because(Campaign campaign) => campaign.Because is { } because ? $": {because}" : "";

    private static string SignOf(Campaign campaign) => campaign.Status == CampaignStatus.Failed || campaign.Undoing ? "✗" : "…";

    private static string TitleOf(LaunchStep step) => step switch
    {
        LaunchStep.Prepare => "prepare the files",
        LaunchStep.Upload => "upload them",
        LaunchStep.Campaign => "create the campaign, paused",
        LaunchStep.AdSet => "create the ad set",
        LaunchStep.Ads => "create the ads",
        LaunchStep.ReadBack => "check it at the network",
        _ => "activate",
    };
}
