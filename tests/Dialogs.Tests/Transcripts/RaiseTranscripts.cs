using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Conversations about more money for a running campaign: $500 a day, never above $750.</summary>
public sealed class RaiseTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public RaiseTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_raise_waits_for_a_second_person_who_sees_what_it_is()
    {
        await RunningAsync();

        await _talk.SayAsync("ana", Now, "set budget c1 $700", "yes", "set bid c1 $15", "yes");
        await _talk.MeanwhileAsync("max is told", TellAsync);
        await _talk.SayAsync("max", Now, "approve a1");
        await _talk.MeanwhileAsync("ana is told", TellAsync);

        (await CampaignAsync()).DailyBudget.ShouldBe(A.Usd(700));
        Accepted("raise-second-person.txt");
    }

    private async Task RunningAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    private async Task<Campaign> CampaignAsync() => (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!;

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }

    private Task TellAsync() => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
}
