using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>What came of a launch, where the launch stands.</summary>
public sealed class LaunchThreadTests
{
    private static readonly ConversationId Home = new("local/ana");

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_the_campaign_was_not_launched_a_score_is_told_in_its_own_thread()
    {
        _bench.Channel.HasThreads = place => place == Home;
        var campaign = A.Campaign();
        _bench.Core.Campaigns.With(campaign);
        await _bench.Chat.ShowAsync(Home, $"campaign/{campaign.Id}", new ChatMessage("It runs."), Now);
        var head = _bench.Channel.In(Home).Single();

        await _bench.News.TellAsync(
            new FeedEvent(7, A.Noon, campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Note, Severity.Medium, "7 days after its launch", "as forecast", PersonId.Agent) { Below = $"launch/{campaign.Id}" }, Now);

        _bench.Channel.In(new ConversationId($"{Home}/{head.Id}")).Count.ShouldBe(1);
        _bench.Channel.In(Home).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_score_is_told_in_the_thread_of_the_launch_where_there_are_threads(bool threads)
    {
        _bench.Channel.HasThreads = place => threads && place == Home;
        var campaign = A.Campaign();
        _bench.Core.Campaigns.With(campaign);
        await _bench.Chat.ShowAsync(Home, $"launch/{campaign.Id}", new ChatMessage("It runs."), Now);
        var launch = _bench.Channel.In(Home).Single();

        await _bench.News.TellAsync(
            new FeedEvent(7, A.Noon, campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Note, Severity.Medium, "7 days after its launch", "as forecast", PersonId.Agent) { Below = $"launch/{campaign.Id}" }, Now);

        _bench.Channel.In(new ConversationId($"{Home}/{launch.Id}")).Count.ShouldBe(threads ? 1 : 0);
        _bench.Channel.In(Home).Count.ShouldBe(threads ? 1 : 2);
    }
}
