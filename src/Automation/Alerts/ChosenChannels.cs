using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Alerts;

/// <summary>Where a campaign's people chose to hear of what is no emergency, beside the chat. SMS is for emergencies alone.</summary>
public static class ChosenChannels
{
    public static IEnumerable<string> Of(AlertChannels chosen)
    {
        if (chosen.HasFlag(AlertChannels.Email))
            yield return "email";

        if (chosen.HasFlag(AlertChannels.Push))
            yield return "push";
    }
}
