using ChatOpsCampaigns.Automation.Agent.Foresight;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>The card of one campaign offers what fits its state and the person who asked.</summary>
public sealed class CampaignCardTests
{
    [Proves(159)]
    [Theory]
    [InlineData(CampaignStatus.Active, Role.Viewer, "")]
    [InlineData(CampaignStatus.Active, Role.Marketer, "pause override take over")]
    [InlineData(CampaignStatus.Scheduled, Role.Marketer, "pause override take over")]
    [InlineData(CampaignStatus.Paused, Role.Viewer, "")]
    [InlineData(CampaignStatus.Paused, Role.Marketer, "resume take over")]
    [InlineData(CampaignStatus.Stopped, Role.Marketer, "take over")]
    [InlineData(CampaignStatus.Stopped, Role.OnCall, "resume take over")]
    [InlineData(CampaignStatus.Ended, Role.Admin, "")]
    public void Offers_what_fits_state_and_role(CampaignStatus status, Role role, string offers) => Offered(A.Campaign(status), role).ShouldBe(offers);

    [Fact]
    public void Taken_over_it_is_handed_back_and_not_overridden() =>
        Offered(A.Campaign() with { TakenOver = true }, Role.Marketer).ShouldBe("pause hand back");

    [Fact]
    public void What_a_person_changed_shows_who_holds_it_and_can_be_handed_back()
    {
        var campaign = A.Campaign().HeldBy(HeldLever.DailyBudget, new PersonId("local:ana"), A.Noon).HeldBy(HeldLever.Bid, null, A.Noon.AddHours(1));

        Card(campaign, Role.Marketer).Facts.Single(fact => fact.Name == "Held").Value.ShouldBe(
            "daily budget held by ana until 2026-03-03 12:00 (UTC); bid held by somebody at the network until 2026-03-03 13:00 (UTC)");
        Offered(campaign, Role.Marketer).ShouldBe("pause override take over hand back");
        Card(A.Campaign(), Role.Marketer).Facts.ShouldNotContain(fact => fact.Name == "Held");
    }

    [Fact]
    public void Status_tells_what_the_agent_expects_while_the_agent_is_on()
    {
        var next = new RunningForecast(
            new CampaignId("c-1"), WorkspaceId.Local, new AdAccountId("meta"), Currency.Usd, ResultWord.Install, 500, 12,
            new Foreseen(ForecastSpan.Hour, A.Noon.AddHours(1), A.Noon.AddHours(2), A.Noon, new Estimate(29, 34, 41), null, null));

        Card(A.Campaign(), Role.Marketer, next).Facts.Single(fact => fact.Name == "By the hour").Value.ShouldBe("I expect about $29–$41 from 13:00 to 14:00 (UTC).");
        Card(A.Campaign() with { TakenOver = true }, Role.Marketer, next).Facts.ShouldNotContain(fact => fact.Name == "By the hour");
    }

    private static string Offered(Campaign campaign, Role role)
    {
        var card = Card(campaign, role);
        return string.Join(
            ' ',
            new (bool Can, string Word)[]
            {
                (card.CanAnswer, "answer"), (card.CanPause, "pause"), (card.CanResume, "resume"), (card.CanOverride, "override"), (card.CanTakeOver, "take over"), (card.CanHandBack, "hand back"),
            }
            .Where(offer => offer.Can)
            .Select(offer => offer.Word));
    }

    private static CampaignCard Card(Campaign campaign, Role role, params IReadOnlyList<RunningForecast> forecasts)
    {
        var line = new DashboardLine(
            campaign.Id, campaign.Handle, campaign.Name, campaign.Spec.Network, campaign.Mode, campaign.Status, "●", "running", campaign.DailyBudget, null, null,
            ResultWord.Install, null, campaign.AgentManaged, null, null, false, null, null);
        var around = new DashboardFigures(WorkspaceId.Local, A.Noon, 1, 1, 0, [], [line], null, null, "no check yet", null);
        return CampaignCard.Of(line, campaign, TimeZoneInfo.Utc, around, [], ForecastTrack.Empty.With(forecasts), new Person(new PersonId("local:x"), WorkspaceId.Local, "x", [role]));
    }
}
