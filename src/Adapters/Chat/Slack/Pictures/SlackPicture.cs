using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>What stands in the place of a picture of ours.</summary>
internal abstract record SlackPicture
{
    /// <param name="Id">Slack's id of the uploaded picture.</param>
    public sealed record File(string Id) : SlackPicture;

    /// <summary>Slack draws it from its numbers.</summary>
    public sealed record Chart(ChartNumbers Numbers) : SlackPicture;
}
