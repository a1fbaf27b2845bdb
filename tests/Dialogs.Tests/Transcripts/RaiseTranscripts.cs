using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Safety.Stopping;
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

    [Fact]
    public async Task What_cannot_be_is_said_before_anything_is_asked()
    {
        await RunningAsync();

        await _talk.SayAsync("ana", Now, "set budget c1 $900", "set bid c1 $20");
        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "the shop is down"), Now);
        await _talk.SayAsync("ana", Now, "set budget c1 $600", "set budget c1 $400");

        (await CampaignAsync()).DailyBudget.ShouldBe(A.Usd(400));
        Accepted("cannot-be-raised.txt");
    }

    [Fact]
    public async Task Twenty_times_the_usual_is_asked_about_twice_and_then_goes_its_way()
    {
        await RunningAsync(budget: 25);

        await _talk.SayAsync("ana", Now, "set budget c1 $600", "yes", "$60", "no");
        await _talk.SayAsync("ana", Now, "set budget c1 $600", "yes", "$600");
        await _talk.MeanwhileAsync("max is told", TellAsync);
        await _talk.SayAsync("max", Now, "approve a1");

        (await CampaignAsync()).DailyBudget.ShouldBe(A.Usd(600));
        Accepted("twenty-times.txt");
    }

    [Fact]
    public async Task A_launch_at_twenty_times_the_usual_is_asked_about_once_more()
    {
        await RunningAsync(budget: 20);
        var draft = await _bench.Core.Drafts.SaveAsync(A.Draft() with { Name = "Spring sale", NameSaid = true }, Now);
        await _talk.SayAsync("ana", Now, $"continue {draft.Name}", "launch", "no", "launch", "$50", "launch", "$500/day, max $750", "launch", "$500");

        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Count.ShouldBe(2);
        Accepted("launch-twenty-times.txt");
    }

    [Fact]
    public async Task What_was_changed_at_the_network_is_asked_about_and_handed_back()
    {
        await RunningAsync();
        var safety = new SafetyBench(core: _bench.Core);
        _bench.Core.Network.Put(A.AtNetwork(await CampaignAsync()) with { DailyBudget = A.Usd(450) });

        await _talk.MeanwhileAsync("somebody sets $450 at the network, and the monitor sees it twice", async () =>
        {
            await safety.Monitor.SweepAsync(Now);
            await safety.Monitor.SweepAsync(Now);
            foreach (var happened in _bench.Core.Feed.All)
                await _bench.News.TellAsync(happened, Now);
        });
        await _talk.SayAsync("ana", Now, "hand back c1", "hand back c1");

        _bench.Channel.In(new("local/ana")).Select(post => post.Message).Single(message => message.QuickReplies.Count > 0)
            .QuickReplies.Select(reply => reply.Says).ShouldBe(["take over c1", "hand back c1"]);
        Accepted("changed-at-the-network.txt");
    }

    private async Task RunningAsync(decimal budget = 500)
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign() with { DailyBudget = A.Usd(budget) }, Now);
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
