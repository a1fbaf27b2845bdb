using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Transcripts;

/// <summary>Settings of a running campaign: $500 a day, never above $750, $12 a result and at most $18, never below a ROAS of 2.</summary>
public sealed class SettingTranscripts
{
    private readonly ChatBench _bench = new();
    private readonly Transcript _talk;

    public SettingTranscripts() => _talk = new Transcript(_bench);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_tightens_holds_at_once_and_what_loosens_is_asked_about()
    {
        await RunningAsync();

        await _talk.SayAsync("ana", Now, "set mode c1 conservative", "set mode c1 to aggressive", "yes");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));
        (await CampaignAsync()).Spec.Automation.Mode.ShouldBe(OptimisationMode.Conservative);
        await _talk.SayAsync("max", Now, "approve a1");
        await _talk.SayAsync(
            "ana", Now, "set target c1 $11", "set min roas c1 2.5", "set min roas c1 off", "no", "set max cpa c1 $16", "set bids c1 off",
            "set bids c1 off", "set tests c1 off");
        await _talk.MeanwhileAsync("the campaign's people are told", TellAsync);

        var spec = (await CampaignAsync()).Spec;
        spec.Automation.Mode.ShouldBe(OptimisationMode.Aggressive);
        spec.Automation.AdjustBids.ShouldBeFalse();
        (spec.Bidding.TargetCpa, spec.Automation.MaxCpa, spec.Automation.MinRoas).ShouldBe((A.Usd(11), A.Usd(16), 2.5m));
        Accepted("settings-changed.txt");
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_told_what_would_be_right()
    {
        await RunningAsync();

        await _talk.SayAsync("ana", Now, "set mode c1 reckless", "set target c1 $18", "set max cpa c1 $12", "set min roas c1 200", "set bids c1 maybe", "set cap c1 0", "set mode c1");
        await _talk.SayAsync("vera", Now, "set cap c1 $100");

        var (spec, before) = ((await CampaignAsync()).Spec, A.Campaign().Spec);
        (spec.Budget, spec.Bidding, spec.Automation).ShouldBe((before.Budget, before.Bidding, before.Automation));
        Accepted("settings-wrong.txt");
    }

    [Fact]
    public async Task A_lower_cap_that_stops_it_now_is_asked_about_then_holds_at_once_takes_the_budget_with_it_and_the_monitor_goes_by_it()
    {
        await RunningAsync();

        await _talk.SayAsync("ana", Now, "set cap c1 $90");
        (await CampaignAsync()).Spec.Budget.MaxDailySpend.ShouldBe(A.Usd(750));
        await _talk.SayAsync("ana", Now, "yes");
        await _talk.MeanwhileAsync("the monitor looks", async () => await new SafetyBench(core: _bench.Core).Monitor.SweepAsync(Now));

        var campaign = await CampaignAsync();
        campaign.DailyBudget.ShouldBe(A.Usd(90));
        campaign.Status.ShouldBe(CampaignStatus.Stopped);
        Accepted("cap-lowered.txt");
    }

    [Fact]
    public async Task A_higher_cap_is_held_as_any_raise()
    {
        await RunningAsync();
        await _bench.Core.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "the shop is down"), Now);
        await _talk.SayAsync("ana", Now, "set cap c1 $900");
        await _bench.Core.Switch.SetAsync(new SwitchState(false, FakePeople.Olga.Id, A.Noon, "over"), Now);
        await _talk.SayAsync("ana", Now, "set cap c1 $900", "yes", "set budget c1 $1,000", "set cap c1 $990", "yes");
        await _talk.MeanwhileAsync("max is told", () => _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now));
        (await CampaignAsync()).Spec.Budget.MaxDailySpend.ShouldBe(A.Usd(900));
        await _talk.SayAsync("max", Now, "approve a1");
        await _talk.SayAsync("ana", Now, "set cap c1 $20,000", "yes", "no");

        (await CampaignAsync()).Spec.Budget.MaxDailySpend.ShouldBe(A.Usd(990));
        Accepted("cap-raised.txt");
    }

    [Fact]
    public async Task Old_figures_refuse_a_higher_cap()
    {
        await RunningAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(4));

        await _bench.SayAsync("ana", "set cap c1 $800", Now);

        _bench.SeenBy("ana")[^1].ShouldStartWith("Not done: Facebook installs US CA gets more money on fresh figures only");
        (await CampaignAsync()).Spec.Budget.MaxDailySpend.ShouldBe(A.Usd(750));
    }

    [Fact]
    public async Task A_minimum_return_that_would_stop_it_by_the_figures_of_now_is_asked_about_with_them_and_holds_after_a_yes()
    {
        await SomeDaysAsync();
        await RunningAsync();

        await _bench.SayAsync("ana", "set min roas c1 2.2", Now);
        (await CampaignAsync()).Spec.Automation.MinRoas.ShouldBe(2.2m);
        await _bench.SayAsync("ana", "set min roas c1 50", Now);

        _bench.SeenBy("ana")[^1].ShouldContain("By the figures of now the emergency monitor stops it for that at its next check: ROAS of 7 full days");
        _bench.SeenBy("ana")[^1].ShouldContain("limit 40.00 (0.8 × 50).");
        (await CampaignAsync()).Spec.Automation.MinRoas.ShouldBe(2.2m);
        await _talk.SayAsync("ana", Now, "yes");
        (await CampaignAsync()).Spec.Automation.MinRoas.ShouldBe(50);
    }

    [Fact]
    public async Task Beside_an_open_incident_a_limit_is_lifted_by_two_and_a_stricter_one_by_one()
    {
        await RunningAsync();
        var campaign = await CampaignAsync();
        await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("cpa-ceiling"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("CPA", "$20", "$18"), A.Noon, IncidentState.Open),
            Now);

        await _talk.SayAsync("you", Now, "set max cpa c1 off", "yes");

        _bench.SeenBy("you")[^1].ShouldBe("a1: asked, nothing is changed yet. That lifts a limit, so somebody else with the role Approver or Admin has to approve it.");
        (await CampaignAsync()).Spec.Automation.MaxCpa.ShouldBe(A.Usd(18));
        await _talk.SayAsync("you", Now, "set max cpa c1 $16");
        (await CampaignAsync()).Spec.Automation.MaxCpa.ShouldBe(A.Usd(16));
    }

    private async Task RunningAsync()
    {
        var campaign = await _bench.Core.Campaigns.AddAsync(A.Campaign(), Now);
        _bench.Core.Network.Put(A.AtNetwork(campaign));
        await _bench.Core.SeenAsync(campaign);
    }

    /// <summary>A week at a ROAS of 3.</summary>
    private async Task SomeDaysAsync()
    {
        var campaign = A.Campaign();
        var account = await _bench.Core.Accounts.GetAsync(campaign.Account, Now);
        var today = account.DayAt(_bench.Core.Clock.GetUtcNow());
        await _bench.Core.Readings.KeepDaysAsync(
            account, campaign.Id, [.. Enumerable.Range(1, 7).Select(back => new DayFigures(new AccountDay(today.Date.AddDays(-back)), A.Usd(500), 10_000, 1_000, 40, A.Usd(1_500)))], Now);
    }

    private async Task<Campaign> CampaignAsync() => (await _bench.Core.Campaigns.FindAsync(new CampaignId("c-1"), Now))!;

    private async Task TellAsync()
    {
        foreach (var happened in _bench.Core.Feed.All)
            await _bench.News.TellAsync(happened, Now);
    }

    private void Accepted(string name)
    {
        var text = _talk.ToString();
        text.ShouldBe(Golden.Accepted(name, text));
    }
}
