using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat.Slack.Blocks;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Adapters.Chat.Teams.Pictures;

/// <summary>What Teams shows in the place of a picture of a card: the picture at an address that it fetches, or a chart that it draws itself.</summary>
internal sealed class TeamsPictures(SignedPictures signed, DrawnCharts drawn, TeamsSettings settings)
{
    private const string InCards = "/media/";

    /// <param name="holds">How long it can be fetched; null for as long as pictures can.</param>
    public string? AddressOf(string inCard, TimeSpan? holds = null) => signed.AddressOf(inCard, holds);

    /// <summary>Every picture of a card that Teams can fetch, by its address there. Signed anew with every look, so that an address never ends while somebody looks.</summary>
    public IReadOnlyDictionary<string, string> AddressesOf(JsonObject card)
    {
        var found = new Dictionary<string, string>();
        foreach (var url in Urls(card))
        {
            if (signed.AddressOf(url) is { } address)
                found[url] = address;
        }

        return found;
    }

    /// <summary>The charts of a card whose numbers are known, where Teams is to draw them.</summary>
    public IReadOnlyDictionary<string, ChartNumbers> ChartsOf(JsonObject card)
    {
        var found = new Dictionary<string, ChartNumbers>();
        foreach (var url in settings.NativeCharts ? Urls(card).Where(url => url.StartsWith(InCards, StringComparison.Ordinal)) : [])
        {
            if (drawn.Find(new Digest(url[InCards.Length..].Split('/')[0])) is { Categories.Length: > 0 } numbers)
                found[url] = numbers;
        }

        return found;
    }

    private static IEnumerable<string> Urls(JsonObject card) => CardParts.Inside(card).Where(element => element.Kind() == "Image").Select(element => element.Text("url"));
}
