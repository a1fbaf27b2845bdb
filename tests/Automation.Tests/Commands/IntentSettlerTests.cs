// Long because every way in which an outcome can be lost and found again is one table of the same bench.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

/// <summary>What became of a command whose answer was lost is found by the next sweep, and never by sending it again.</summary>
public sealed class IntentSettlerTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    [Fact]
    public async Task A_raise_that_happened_without_an_answer_is_taken_over_and_told()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));
        (await _bench.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(500));

        await SweepsAsync(1);

        (await _bench.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(600));
        Told.ShouldHaveSingleItem().ShouldBe("daily budget $500 → $600: done");
        Network.Executed.Count.ShouldBe(1);
        _bench.Core.Intents.All.ShouldAllBe(intent => intent.State == IntentState.Confirmed);
    }

    [Fact]
    public async Task A_resume_and_a_pause_too()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.PauseAsync(campaign.Id, FakePeople.Ana, "a break", Cancel));
        await SweepsAsync(1);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Paused);

        await LostAsync(() => _bench.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel));
        await SweepsAsync(1);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
        Told.ShouldBe(["pause: done", "resume: done"]);
        Network.Executed.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_turns_out_to_have_happened_while_everything_is_frozen_is_taken_back_and_told()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);

        await SweepsAsync(2);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(500));
        (await _bench.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(500));
        Told.ShouldHaveSingleItem().ShouldBe("daily budget $500 → $600: taken back");
        _bench.Core.Intents.All.ShouldContain(intent => intent.State == IntentState.TakenBack);
    }

    [Fact]
    public async Task One_on_a_campaign_with_an_open_incident_is_taken_back()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(14), Cancel));
        await _bench.Book.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("stale-reading"), Remedy.Alert, Severity.High,
                new Evidence("age", "4 h", "45 min"), _bench.Core.Clock.GetUtcNow(), IncidentState.Open),
            Cancel);

        await _bench.Core.Settler.SettleAsync(Cancel);

        Network.Campaigns.Single().Bid.ShouldBe(A.Usd(12));
        Told.ShouldHaveSingleItem().ShouldBe("bid $12 → $14: taken back");
    }

    [Fact]
    public async Task Taking_back_is_tried_with_every_sweep_until_it_is_confirmed_and_told_when_it_changes()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);
        Network.Troubles = _ => Trouble.Rejected;
        await SweepsAsync(3);
        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(600));

        Network.Troubles = _ => null;
        await SweepsAsync(1);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(500));
        Told.ShouldBe(["daily budget $500 → $600: not settled yet", "daily budget $500 → $600: taken back"]);
    }

    [Fact]
    public async Task A_raise_that_failed_and_took_effect_late_is_taken_back_since_people_were_told_that_it_did_not_happen()
    {
        var campaign = await RunningAsync();
        Network.Troubles = _ => Trouble.TimesOut;
        (await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldStartWith("Not done");
        Network.Troubles = _ => null;
        await SweepsAsync(1);
        Network.Put(Network.Campaigns.Single() with { DailyBudget = A.Usd(600) });

        await SweepsAsync(3);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(500));
        (await _bench.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(500));
        Told.ShouldHaveSingleItem().ShouldBe("daily budget $500 → $600: taken back");
    }

    [Fact]
    public async Task One_that_a_later_try_brought_about_is_left_alone()
    {
        var campaign = await RunningAsync();
        Network.Troubles = _ => Trouble.TimesOut;
        await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel);
        Network.Troubles = _ => null;
        (await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBeTrue();

        await SweepsAsync(3);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task One_that_a_later_try_brought_about_is_left_alone_also_when_our_record_could_not_be_written_then()
    {
        var campaign = await RunningAsync();
        Network.Troubles = _ => Trouble.TimesOut;
        await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel);
        Network.Troubles = _ => null;
        (await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBeTrue();
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { DailyBudget = A.Usd(500) }, Cancel);

        await SweepsAsync(3);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(600));
        (await _bench.CampaignAsync(campaign)).DailyBudget.ShouldBe(A.Usd(600));
    }

    [Fact]
    public async Task One_that_a_later_try_may_have_brought_about_is_left_to_that()
    {
        var campaign = await RunningAsync();
        Network.Troubles = _ => Trouble.TimesOut;
        await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel);
        _bench.Core.Machine.Advance(Sweep);
        await LostAsync(() => _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));

        await SweepsAsync(3);

        Network.Campaigns.Single().DailyBudget.ShouldBe(A.Usd(600));
        _bench.Core.Intents.All.Select(intent => intent.State).ShouldBe([IntentState.Failed, IntentState.Confirmed], ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_network_does_not_show_within_a_quarter_of_an_hour_did_not_happen()
    {
        var campaign = await RunningAsync();
        Network.Troubles = _ =>
        {
            Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.TimesOut;
        };
        await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel);
        Network.ReadFault = null;

        await SweepsAsync(29);
        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Unknown);
        await SweepsAsync(1);

        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Failed);
        Told.ShouldHaveSingleItem().ShouldBe("daily budget $500 → $600: did not happen");
        Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_network_that_stays_silent_is_asked_and_nothing_is_written_again_and_again()
    {
        var campaign = await RunningAsync();
        await LostAsync(() => _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel));
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        var written = _bench.Core.Audit.All.Count(entry => entry.Kind == "outcome");

        await SweepsAsync(10);

        _bench.Core.Audit.All.Count(entry => entry.Kind == "outcome").ShouldBe(written);
    }

    [Theory]
    [InlineData(59, IntentState.Planned)]
    [InlineData(60, IntentState.Refused)]
    public async Task What_was_written_and_not_sent_for_a_minute_is_closed(int seconds, IntentState becomes)
    {
        await PutAsync(await RunningAsync(), IntentState.Planned);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(seconds));

        await _bench.Core.Settler.SettleAsync(Cancel);

        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(becomes);
        Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_became_of_it_is_not_judged_while_that_is_noted_beside_the_database()
    {
        var campaign = await RunningAsync();
        await PutAsync(campaign, IntentState.Planned);
        var planned = _bench.Core.Intents.All.Single();
        await _bench.Core.Stops.NoteAsync(planned with { State = IntentState.Confirmed, Result = campaign.Network.Campaign, SettledAt = planned.PlannedAt }, "database is locked", Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));

        await _bench.Core.Settler.SettleAsync(Cancel);
        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Planned);
        await _bench.Book.CatchUpAsync(Cancel);

        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Confirmed);
    }

    [Fact]
    public async Task What_is_being_carried_out_now_is_left_to_whoever_does()
    {
        var campaign = await RunningAsync();
        var (asked, answer) = Network.Hold(typeof(NetworkCommand.SetDailyBudget), tookEffect: true);
        var setting = _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel);
        await asked;

        await _bench.Core.Settler.SettleAsync(Cancel);
        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Sent);
        answer.SetResult();

        (await setting).Done.ShouldBeTrue();
        Told.ShouldHaveSingleItem().ShouldBe("daily budget $500 → $600");
    }

    [Fact]
    public async Task What_a_launch_sent_is_left_to_the_launch()
    {
        var campaign = await RunningAsync();
        await PutAsync(campaign, IntentState.Planned);
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = CampaignStatus.Launching }, Cancel);

        await _bench.Core.Settler.SettleAsync(Cancel);

        _bench.Core.Intents.All.ShouldHaveSingleItem().State.ShouldBe(IntentState.Planned);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_account_that_hangs_keeps_no_sweep_and_no_other_account_waiting()
    {
        var campaign = await RunningAsync();
        var other = _bench.Running("c-2", elsewhere: true);
        await PutAsync(campaign, IntentState.Sent);
        await PutAsync(other, IntentState.Sent);
        _bench.Core.Other.Put(_bench.Core.Other.Campaigns.Single() with { DailyBudget = A.Usd(600) });
        Network.Hangs.Add(nameof(IAdNetwork.FindCampaignAsync));

        await _bench.Core.UntilDoneAsync(SettledAsync()).WaitAsync(TestContext.Current.CancellationToken);

        (await _bench.CampaignAsync(other)).DailyBudget.ShouldBe(A.Usd(600));

        async Task<bool> SettledAsync()
        {
            await _bench.Core.Settler.SettleAsync(Cancel);
            return true;
        }
    }

    private IEnumerable<string> Told => _bench.Core.Feed.All
        .Where(told => told.Kind is FeedKind.BudgetChange or FeedKind.BidAdjustment or FeedKind.Pause or FeedKind.Resume).Select(told => told.Action);

    private async Task<Campaign> RunningAsync()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private Task PutAsync(Campaign campaign, IntentState state) => _bench.Core.Intents.AddAsync(
        new CommandIntent(
            new CommandKey($"{campaign.Id}/lost"), campaign.Workspace, campaign.Mode,
            new NetworkCommand.SetDailyBudget(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(500), A.Usd(600)), FakePeople.Ana.Id, "because",
            _bench.Core.Clock.GetUtcNow(), state),
        Cancel);

    /// <summary>The effect happens; neither its answer nor a look at it comes through.</summary>
    private async Task LostAsync(Func<Task<ControlAnswer>> act)
    {
        Network.Troubles = _ =>
        {
            Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
            return Trouble.ExecutesThenTimesOut;
        };
        (await act()).Done.ShouldBeFalse();
        Network.ReadFault = null;
        Network.Troubles = _ => null;
    }

    private async Task SweepsAsync(int count)
    {
        for (var sweep = 0; sweep < count; sweep++)
        {
            _bench.Core.Machine.Advance(Sweep);
            await _bench.Monitor.SweepAsync(Cancel);
        }
    }
}
