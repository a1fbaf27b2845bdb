using System.Text.Json;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Values;

/// <summary>What is kept as JSON comes back as it was.</summary>
public sealed class StoredAsJsonTests
{
    [Proves(64)]
    [Fact]
    public void A_campaign_comes_back_whole()
    {
        var campaign = A.Campaign() with { CapForToday = new DayCap(new AccountDay(new DateOnly(2026, 3, 2)), A.Usd(900)), RefusedAds = [new RefusedAd(1, "b.png", "too dark")] };

        JsonSerializer.Serialize(Again(campaign)).ShouldBe(JsonSerializer.Serialize(campaign));
        Again(campaign).CapForToday.ShouldBe(campaign.CapForToday);
    }

    [Fact]
    public void A_draft_comes_back_whole() => JsonSerializer.Serialize(Again(A.Draft())).ShouldBe(JsonSerializer.Serialize(A.Draft()));

    private static T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value))!;
}
