using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Charts;
using ChatOpsCampaigns.Adapters.Chat;
using ChatOpsCampaigns.Adapters.Chat.Teams.Cards;
using ChatOpsCampaigns.Adapters.Chat.Teams.Pictures;
using ChatOpsCampaigns.Adapters.Chat.Teams.Wire;
using ChatOpsCampaigns.Adapters.Media;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Teams;

/// <summary>Charts that Teams draws itself, where it is set to and their numbers are known.</summary>
public sealed class TeamsChartTests
{
    /// <summary>What Teams knows of a line chart, beside the elements of the schema.</summary>
    private static readonly string[] OfALineChart = ["type", "title", "xAxisTitle", "yAxisTitle", "data", "fallback"];

    private static readonly CardTemplates Cards = CardTemplates.Load(Path.Combine(AppContext.BaseDirectory, "cards"));
    private static readonly Digest Picture = Digest.Of("a chart");

    private readonly DrawnCharts _drawn = new();

    public TeamsChartTests() => _drawn.Keep(
        Picture,
        new ChartNumbers("Spend on 2026-03-01", "Time (UTC)", "USD", ["09:00", "10:00"], [new ChartLine("spend", [1, 2.5m]), new ChartLine("cap", [750, 750])])
        {
            Moments = ["2026-03-01T09:00", "2026-03-01T10:00"],
        });

    [Fact]
    public void Teams_is_given_the_numbers_and_what_stood_there_for_a_client_that_draws_none()
    {
        var chart = Drawn(isNative: true, canFetch: true).ShouldHaveSingleItem();

        chart.Select(part => part.Key).ShouldBe(OfALineChart);
        ((string?)chart["title"]).ShouldBe("Spend on 2026-03-01");
        chart["data"]![0]!.ToJsonString().ShouldBe("""{"legend":"spend","values":[{"x":"2026-03-01T09:00","y":1},{"x":"2026-03-01T10:00","y":2.5}]}""");
        ((string?)chart["fallback"]!["type"]).ShouldBe("Image");
        ((string)chart["fallback"]!["url"]!).ShouldStartWith("https://campaigns.example.com/media/");
    }

    [Fact]
    public void Where_Teams_cannot_fetch_the_picture_the_words_stand_behind_the_chart() =>
        ((string?)Drawn(isNative: true, canFetch: false).ShouldHaveSingleItem()["fallback"]!["type"]).ShouldBe("RichTextBlock");

    [Fact]
    public void Without_the_setting_there_is_the_picture() => Drawn(isNative: false, canFetch: true).ShouldBeEmpty();

    [Fact]
    public void A_line_along_amounts_lies_along_numbers()
    {
        var numbers = new ChartNumbers("What a day's budget brings", "Daily spend", "Installs a day", ["$100"], [new ChartLine("middle", [8])]) { Amounts = [100] };

        ChartPart.Of(numbers, [])["data"]![0]!["values"]!.ToJsonString().ShouldBe("""[{"x":100,"y":8}]""");
    }

    private List<JsonObject> Drawn(bool isNative, bool canFetch)
    {
        var pictures = new TeamsPictures(
            new SignedPictures(canFetch ? new Uri("https://campaigns.example.com") : null, () => new byte[32], TimeProvider.System), _drawn, new TeamsSettings { NativeCharts = isNative });
        var card = Cards.BindSample("campaign");
        foreach (var picture in CardParts.Inside(card).Where(element => (string?)element["type"] == "Image").Take(1))
            picture["url"] = $"/media/{Picture}";

        var look = new CardLook("Campaigns") { Pictures = pictures.AddressesOf(card), Charts = pictures.ChartsOf(card) };
        return [.. CardParts.Inside(AdaptiveCardRenderer.Card(card, "k1", look)).Where(element => (string?)element["type"] == "Chart.Line")];
    }
}
