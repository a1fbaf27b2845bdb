using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>A no with its reason, and how far the agent may go in one campaign.</summary>
public sealed class AutonomyTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;
    private readonly Campaign _campaign = A.Campaign();

    public AutonomyTranscripts()
    {
        _talk = new Transcript(_bench);
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_no_is_kept_with_its_reason_and_autonomy_is_said_of_a_campaign()
    {
        await _talk.SayAsync("ana", Now, "decline c1");
        await _talk.MeanwhileAsync("the agent suggests a cut", SuggestAsync);
        await _talk.SayAsync("ana", Now, "decline c1 the weekend sale needs this bid", "decline c1");
        await _talk.MeanwhileAsync("the agent looks again", SuggestAsync);
        await _talk.SayAsync("ana", Now, "why not c1", "set autonomy c1 act", "yes");
        await _talk.SayAsync("max", Now, "approve a1");
        await _talk.SayAsync("ana", Now, "set autonomy c1 shadow", "set autonomy c1 boldly", "status c1");

        var text = _talk.ToString().Replace(RulesVersion.Present, "1.2.3", StringComparison.Ordinal);
        text.ShouldBe(Golden.Accepted("autonomy.txt", text));
    }

    private async Task SuggestAsync()
    {
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        await _bench.Agent.TurnAsync(AnObservation.Of(_campaign, 300, 15, days: 2, spendADay: 500, resultsADay: 25, at: _bench.Core.Clock.GetUtcNow()), Now);
        foreach (var happened in _bench.Core.Feed.All)
            await _bench.News.TellAsync(happened, Now);
    }
}
