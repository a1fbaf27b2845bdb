using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Putting back what was moved: one lever, or everything since a time.</summary>
public sealed class UndoTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public UndoTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_move_goes_back_and_said_again_nothing_happens_twice()
    {
        await RunningAsync();
        await SayAsync("ana", "undo c1", "set budget c1 $450", "undo c1", "yes", "yes", "undo c1");

        Shown("n1").DailyBudget.ShouldBe(A.Usd(500));
        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.SetDailyBudget).ShouldBe(2);
        Accepted("undo.txt");
    }

    [Proves(120)]
    [Fact]
    public async Task A_setting_goes_back_after_asking_and_a_limit_is_lifted_as_any_other()
    {
        await RunningAsync();
        await SayAsync("ana", "set mode c1 aggressive", "yes");
        await SayAsync("max", "approve a1");
        await SayAsync("ana", "undo c1", "yes", "undo c1", "set cap c1 $300", "undo c1", "undo c1 cap", "yes", "set cap c1 $700", "yes", "set mode c1 conservative", "undo c1", "undo c1 mode", "yes");
        var waiting = await _bench.Core.ApprovalStore.WaitingAsync(WorkspaceId.Local, Now);
        await SayAsync("max", $"approve {waiting.Single(one => one.Kind == ApprovalKind.Setting).Handle}");

        var campaign = (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!;
        campaign.Spec.Automation.Mode.ShouldBe(OptimisationMode.Balanced);
        Accepted("undo-settings.txt");
    }

    [Fact]
    public async Task Of_several_levers_one_is_chosen_and_what_no_undo_takes_back_is_said()
    {
        await RunningAsync();
        await SayAsync("ana", "set bid c1 $11", "set budget c1 $450", "pause c1");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(1));
        await SayAsync("ana", "undo c1", "undo c1 bid", "yes", "undo c1 audience");

        Shown("n1").Bid.ShouldBe(A.Usd(12));
        Shown("n1").DailyBudget.ShouldBe(A.Usd(450));
        Accepted("undo-several.txt");
    }

    [Fact]
    public async Task Everything_since_a_time_goes_back_once_after_a_list()
    {
        await RunningAsync();
        await SecondAsync();
        await SayAsync("ana", "set bid c1 $11.50");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        await SayAsync("ana", "set bid c1 $11", "set bid c1 $10.50", "set budget c2 $450", "set budget c2 $480", "yes");
        await SetAtNetworkAsync();
        await SayAsync("ana", "roll back since 7:02");
        await SayAsync("olga", "roll back since tomorrow", "roll back everything since 7:02", "yes");
        _talk.Restart();
        await SayAsync("olga", "yes", "roll back since 7:02");

        Shown("n1").Bid.ShouldBe(A.Usd(11.5m));
        Accepted("roll-back-since.txt");
    }

    [Fact]
    public async Task A_yes_minutes_after_the_list_of_what_was_moved_since_an_hour_ago_is_a_yes_to_that_list()
    {
        await RunningAsync();
        await SayAsync("ana", "set bid c1 $11");
        await SayAsync("olga", "roll back since 1 hour ago");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(3));
        await SayAsync("olga", "yes");

        Shown("n1").Bid.ShouldBe(A.Usd(12));
    }

    [Proves(120)]
    [Fact]
    public async Task Settings_since_a_time_are_in_the_list_and_go_back_too()
    {
        await RunningAsync();
        await SayAsync("olga", "set mode c1 aggressive", "yes");
        await SayAsync("max", "approve a1");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        await SayAsync("ana", "set cap c1 $600", "set mode c1 conservative", "set bids c1 off", "set max cpa c1 $16", "set bid c1 $11");
        await _talk.MeanwhileAsync("somebody changes the max CPA without saying so", () => _bench.Core.Campaigns.ChangeAsync(
            new CampaignId("c-1"), known => known with { Spec = known.Spec with { Automation = known.Spec.Automation with { MaxCpa = A.Usd(17) } } }, Now));
        await SayAsync("olga", "roll back since 7:02", "yes");
        await SayAsync("max", "approve a2");
        await SayAsync("olga", "roll back since 7:02");

        var spec = (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!.Spec;
        (spec.Automation.Mode, spec.Automation.AdjustBids, spec.Automation.MaxCpa, spec.Budget.MaxDailySpend).ShouldBe((OptimisationMode.Aggressive, true, A.Usd(17), A.Usd(750)));
        Shown("n1").Bid.ShouldBe(A.Usd(12));
        Accepted("roll-back-settings.txt");
    }

    [Fact]
    public async Task A_raise_back_is_held_as_any_raise()
    {
        await RunningAsync();
        await SayAsync("ana", "set bid c1 $8", "set budget c1 $300");
        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "the shop is down"), Now);
        await SayAsync("ana", "undo c1 budget");
        await _bench.Core.Switch.SetAsync(new SwitchState(false, FakePeople.Olga.Id, A.Noon, "over"), Now);
        await MovedByAgentAsync(8, 5);
        await SayAsync("ana", "undo c1 bid", "yes", "undo c1 budget", "yes");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));
        await SayAsync("max", "approve a1");

        Shown("n1").Bid.ShouldBe(A.Usd(8));
        Shown("n1").DailyBudget.ShouldBe(A.Usd(500));
        Accepted("undo-raise.txt");
    }

    [Proves(120)]
    [Fact]
    public async Task One_act_of_the_agent_is_taken_back_once_and_not_when_its_lever_was_moved_since()
    {
        await RunningAsync();
        await MovedByAgentAsync(12, 11, "first");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        await MovedByAgentAsync(11, 10, "second");
        await SayAsync("ana", Undo("first"), Undo("second"), "yes", Undo("second"), Undo("first"), "yes", "undo act c1 0000000000");
        Shown("n1").Bid.ShouldBe(A.Usd(12));

        await MovedByAgentAsync(12, 11, "third");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        await SayAsync("ana", "set bid c1 $10.50", Undo("third"));

        Shown("n1").Bid.ShouldBe(A.Usd(10.5m));
        Accepted("undo-act.txt");

        static string Undo(string key) => UndoOffer.Of("c1", new CommandKey(key)).Says;
    }

    [Fact]
    public async Task Who_stopped_everything_is_named_as_the_incident_has_it()
    {
        await RunningAsync();
        await SayAsync("olga", "stop everything");
        await SayAsync("ana", "undo c1");

        _bench.SeenBy("ana")[^1].ShouldContain("Olga stopped it with everything, and a stop is never undone", Case.Insensitive);
    }

    /// <summary>A second passes between any two things that are said.</summary>
    private async Task SayAsync(string person, params string[] lines)
    {
        foreach (var line in lines)
        {
            await _talk.SayAsync(person, Now, line);
            _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task RunningAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    private async Task SecondAsync()
    {
        var plain = A.Campaign(id: "c-2");
        var campaign = await _bench.Core.Campaigns.AddAsync(plain with
        {
            Handle = "c2", Spec = A.Spec("Spring sale"), Network = new NetworkIds(new ExternalId("n2"), new ExternalId("n2-set"), [new ExternalId("n2/0")]),
        }, Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    private Task SetAtNetworkAsync() => _talk.MeanwhileAsync("somebody sets $470 at the network, which nobody has seen yet", () =>
    {
        _bench.Core.Network.Put(Shown("n2") with { DailyBudget = A.Usd(470) });
        return Task.CompletedTask;
    });

    private async Task MovedByAgentAsync(decimal from, decimal to, string key = "moved")
    {
        var campaign = (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!;
        var command = new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(from), A.Usd(to));
        var now = _bench.Core.Clock.GetUtcNow();
        await _bench.Core.Intents.AddAsync(
            new CommandIntent(new CommandKey(key), campaign.Workspace, campaign.Mode, command, PersonId.Agent, "too dear", now, IntentState.Confirmed) { SettledAt = now }, Now);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, known => known with { Bid = A.Usd(to) }, Now);
        _bench.Core.Network.Put(Shown("n1") with { Bid = A.Usd(to) });
    }

    private NetworkCampaign Shown(string id) => _bench.Core.Network.Campaigns.Single(campaign => campaign.Id == new ExternalId(id));

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
