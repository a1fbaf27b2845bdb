using ChatOpsCampaigns.Adapters.Charts;

namespace ChatOpsCampaigns.Adapters.Chat.Slack.Pictures;

/// <summary>What stands in the places of a card's pictures.</summary>
/// <param name="ByAddress">Address in the card → what stands there; one that is missing is told in words.</param>
/// <param name="IsLate">One could not be uploaded in time, and may be later.</param>
internal sealed record PlacedPictures(IReadOnlyDictionary<string, SlackPicture> ByAddress, bool IsLate)
{
    public static readonly PlacedPictures None = new(new Dictionary<string, SlackPicture>(), IsLate: false);

    public bool HasCharts => ByAddress.Values.OfType<SlackPicture.Chart>().Any();
}

/// <summary>What stands in the place of a picture of ours.</summary>
internal abstract record SlackPicture
{
    /// <param name="Id">Slack's id of the uploaded picture.</param>
    public sealed record File(string Id) : SlackPicture;

    /// <summary>Slack draws it from its numbers.</summary>
    public sealed record Chart(ChartNumbers Numbers) : SlackPicture;
}
