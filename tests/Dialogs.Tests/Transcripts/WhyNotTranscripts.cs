using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Agent.Memory;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Moves that were not taken, each with what held it back or what is missing.</summary>
public sealed class WhyNotTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;
    private readonly Campaign _campaign = A.Campaign();

    public WhyNotTranscripts()
    {
        _talk = new Transcript(_bench);
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
    }

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_lever_says_what_held_it_back_or_what_its_evidence_is_short_of()
    {
        await _bench.Core.SeenAsync(_campaign);
        await DecideAsync(new Proposal(Lever.Bid, A.Usd(12), A.Usd(9), "one install costs about $20 against the target of $12", "bid"), new Trim("cool-down", Lever.Bid, A.Usd(9), null, "it was moved 12 minutes ago"));
        await _talk.SayAsync("ana", Now, "why not c1", "why c1");
        await DecideAsync(null, null);
        await _talk.SayAsync("ana", Now, "why not c1", "set bids c1 off", "why not c1", "take over c1", "why not c1");

        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted("why-not.txt", text));
    }

    [Fact]
    public async Task After_a_move_it_says_how_many_results_the_next_one_needs()
    {
        await _bench.Core.SeenAsync(_campaign);
        await new AgentMemories(_bench.Core.Settings, _bench.Core.Intents, _bench.Core.Accounts, _bench.Core.Clock).KeepAsync(
            _campaign, AgentMemory.Empty with { Moves = [new PastMove(Lever.Bid, A.Noon.AddHours(-1), A.Account().DayAt(A.Noon), A.Usd(13), A.Usd(12), 3)] }, Now);

        await _bench.SayAsync("ana", "why not c1", Now);

        _bench.SeenBy("ana").ShouldHaveSingleItem().ShouldContain("2 installs came since its last move 60 min ago, and the next one needs 4");
    }

    private Task DecideAsync(Proposal? wanted, Trim? trim)
    {
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        return _bench.Core.Decisions.AddAsync(
            new Decision(
                Guid.CreateVersion7(_bench.Core.Clock.GetUtcNow()), _campaign.Workspace, _campaign.Account, _campaign.Id, _bench.Core.Clock.GetUtcNow(), Seen.Nothing(_campaign), [],
                wanted is null ? [] : [wanted], trim is null ? [] : [trim], [], "decided")
            {
                Rules = "1.2.3+0123456789ab",
                Consent = wanted is null ? null : Autonomy.Act,
            },
            Now);
    }
}
