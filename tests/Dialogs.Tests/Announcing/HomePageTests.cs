using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>What somebody finds who looks in: the dashboard with what they may do about each campaign.</summary>
public sealed class HomePageTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(159)]
    [Theory]
    [InlineData("ana", CampaignStatus.Active, true, false)]
    [InlineData("ana", CampaignStatus.Paused, false, true)]
    [InlineData("ana", CampaignStatus.Stopped, false, false)]
    [InlineData("olga", CampaignStatus.Stopped, false, true)]
    [InlineData("stranger", CampaignStatus.Active, false, false)]
    [InlineData("stranger", CampaignStatus.Paused, false, false)]
    public async Task Each_campaign_offers_what_fits_its_state_and_whoever_looks(string person, CampaignStatus status, bool canOverride, bool canResume)
    {
        _bench.Core.Campaigns.With(A.Campaign(status));

        var row = ((DashboardCard)(await _bench.Home.OfAsync(new PersonId($"local:{person}"), Now)).Card!).Rows.ShouldHaveSingleItem();

        (row.CanOverride, row.CanResume).ShouldBe((canOverride, canResume));
    }

    [Theory]
    [InlineData("olga", true)]
    [InlineData("you", true)]
    [InlineData("ana", false)]
    public async Task The_settings_are_offered_to_those_who_may_see_them(string person, bool offered)
    {
        _bench.Core.Campaigns.With(A.Campaign());

        (await _bench.Home.OfAsync(new PersonId($"local:{person}"), Now)).QuickReplies.Any(reply => reply.Says == "settings").ShouldBe(offered);
    }
}
