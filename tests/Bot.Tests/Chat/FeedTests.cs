using System.Text.Json.Nodes;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Bot.Tests.Chat;

public sealed class FeedTests
{
    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(161)]
    [Fact]
    public async Task News_of_every_kind_comes_with_its_time_campaign_reason_action_impact_and_severity()
    {
        FeedKind[] kinds = [FeedKind.BidAdjustment, FeedKind.BudgetChange, FeedKind.Pause, FeedKind.Resume, FeedKind.CreativeRotation, FeedKind.EmergencyStop];
        await using var bot = InProcessBot.Start();
        using var client = await ChatClient.OpenAsync(bot.Address, "ana", Patience);
        foreach (var kind in kinds)
            await PublishAsync(bot, kind, "about $3 a day");

        var last = await PublishAsync(bot, FeedKind.Note, null);
        using var answer = await client.SendAsync(HttpMethod.Get, $"/feed/older?before={last.Id}", null, Patience);
        var shown = (await ChatClient.ReadAsync(answer, Patience))["events"]!.AsArray().Take(kinds.Length).Reverse().Select(one => one!.AsObject()).ToList();

        shown.Select(one => (string?)one["kind"]).ShouldBe(kinds.Select(kind => kind.ToString()));
        foreach (var one in shown)
        {
            one["at"]!.GetValue<DateTimeOffset>().ShouldBe(A.Noon);
            Told(one, "campaignId", "campaign", "reason", "action", "impact", "severity", "by")
                .ShouldBe(["c-1", "Spring sale", "one install costs $20", "did it", "about $3 a day", "Medium", "agent"]);
        }
    }

    private static IEnumerable<string?> Told(JsonObject shown, params string[] names) => names.Select(name => (string?)shown[name]);

    private static Task<FeedEvent> PublishAsync(InProcessBot bot, FeedKind kind, string? impact) => bot.Get<IActivityFeed>().PublishAsync(
        new FeedEvent(
            0, A.Noon, WorkspaceId.Local, A.Account().Id, new CampaignId("c-1"), "Spring sale", kind, Severity.Medium, "did it", "one install costs $20", PersonId.Agent, impact),
        Patience);
}
