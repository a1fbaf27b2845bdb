using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Cards;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

public sealed class CampaignPicturesTests
{
    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_s_answer_shows_spend_against_its_cap_and_cost_against_its_target()
    {
        var (campaign, account) = (A.Campaign(), A.Account());
        var today = account.DayAt(A.Noon);
        _bench.Core.Campaigns.With(campaign);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.Readings.KeepDaysAsync(
            account, campaign.Id, [.. Enumerable.Range(1, 5).Reverse().Select(back => new DayFigures(new AccountDay(today.Date.AddDays(-back)), A.Usd(500), 10_000, 1_000, 60, null))], Now);
        foreach (var spend in new[] { 50, 100 })
        {
            var at = _bench.Core.Clock.GetUtcNow();
            _bench.Core.Network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(shown, at, at, new DayFigures(today, A.Usd(spend), 5_000, 500, 10, null), null, []);
            await _bench.Core.Observer.ObserveAsync(account, [campaign], Now);
            _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        }

        await _bench.SayAsync("ana", "status c1", Now);

        _bench.Channel.In(new ConversationId("local/ana"))[^1].Message.Card.ShouldBeOfType<CampaignCard>().Pictures.Select(picture => picture.Words).ShouldBe(
            ["Spend today against the budget $500 and the cap $750", "Cost per install by day against the target $12"]);
    }
}
