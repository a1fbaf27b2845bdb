using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Campaigns;

public sealed class CampaignControlTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resumed_campaign_that_the_network_reviews_first_is_shown_in_review()
    {
        var campaign = await PausedAsync(Schedule.Now);
        _bench.Core.Network.ReviewsFirst = true;

        var answer = await _bench.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel);

        answer.Says.ShouldEndWith("resumed, confirmed by the network; the network reviews it before it runs.");
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.InReview);
    }

    [Fact]
    public async Task A_resumed_campaign_whose_start_is_to_come_is_shown_as_scheduled()
    {
        var campaign = await PausedAsync(new Schedule(A.Noon.AddDays(1), null, []));

        var answer = await _bench.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel);

        answer.Says.ShouldEndWith("it waits for its start.");
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Scheduled);
    }

    private async Task<Campaign> PausedAsync(Schedule schedule)
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.Put(A.AtNetwork(campaign, NetworkStatus.Paused));
        return await _bench.Core.Campaigns.ChangeAsync(
            campaign.Id, now => now with { Status = CampaignStatus.Paused, Spec = now.Spec with { Schedule = schedule } }, Cancel);
    }
}
