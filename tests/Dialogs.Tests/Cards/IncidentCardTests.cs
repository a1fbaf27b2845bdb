using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Cards;

public sealed class IncidentCardTests
{
    private static readonly Incident Dear = new(
        new IncidentId("i-1"), WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Spring sale", new RuleId("cpa-ceiling"), Remedy.ReduceBid, Severity.High,
        new Evidence("cost per result", "$40", "$18"), A.Noon, IncidentState.Open);

    [Fact]
    public void A_bid_that_was_lowered_is_shown_with_both_amounts()
    {
        var card = Of(Dear with { BidCut = "bid $12 → $8.40 (-30 %)" });

        (card.Pause, card.PauseColor).ShouldBe(("Lowered and confirmed by the network: bid $12 → $8.40 (-30 %)", "good"));
    }

    [Fact]
    public void A_bid_that_was_not_lowered_is_said_so()
    {
        (Of(Dear).Pause, Of(Dear).PauseColor).ShouldBe(("Bid not lowered", "attention"));
    }

    [Fact]
    public void A_card_from_before_the_bid_was_lowered_is_out_of_date()
    {
        IncidentCard.RevisionOf(Dear with { BidCut = "bid $12 → $8.40 (-30 %)" }).ShouldNotBe(IncidentCard.RevisionOf(Dear));
    }

    [Fact]
    public void While_it_is_open_it_leads_to_the_network_s_own_pages()
    {
        var at = Dear with { AtNetwork = "Meta campaign 238561", OwnPages = new Uri("https://ads.meta.example") };

        (Of(at).HasOwnPages, Of(at).OwnPages).ShouldBe((true, "https://ads.meta.example/"));
        Of(at).Fallback.ShouldContain("Meta campaign 238561 in the network's own pages: https://ads.meta.example/.");
        Of(at with { State = IncidentState.Closed }).HasOwnPages.ShouldBeFalse();
    }

    [Fact]
    public void Of_a_simulated_campaign_it_says_that_no_page_shows_it()
    {
        var card = Of(Dear with { AtNetwork = "Meta campaign 238561", Simulated = true });

        card.HasOwnPages.ShouldBeFalse();
        card.Fallback.ShouldContain("simulated: the network has no page for it");
    }

    [Theory]
    [InlineData(1, "Opened 2026-03-02 12:00 (UTC)")]
    [InlineData(60, "Opened 2026-03-02 12:00 (UTC) campaign time")]
    public void Says_which_clock_it_is_where_two_can_differ(double speed, string says) =>
        IncidentCard.Of(Dear with { OpenedAt = A.Noon }, [], [], TimeZoneInfo.Utc, A.Noon, speed).Opened.ShouldBe(says);

    private static IncidentCard Of(Incident incident) => IncidentCard.Of(incident, [], [], TimeZoneInfo.Utc, A.Noon);
}
