using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>A campaign that was stopped for missing installs, of which some are reported after the stop.</summary>
public sealed class ResumeProposalsTests
{
    private readonly SafetyBench _bench = new();
    private decimal _installs = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Proves(118)]
    [Fact]
    public async Task Installs_that_are_reported_after_the_stop_have_it_judged_again_and_the_resume_proposed_once()
    {
        var stop = await StoppedAsync("zero-conversions");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        _installs = 9;

        (await RunAsync()).ShouldBe(1);
        (await RunAsync()).ShouldBe(0);

        var proposed = (await _bench.Core.Incidents.FindAsync(stop.Id, Cancel))!;
        proposed.ResumeProposal!.Seen[0].ShouldBe("4 installs more were reported for the day of the stop (5 installs then, 9 installs now), for money from before it");
        proposed.ResumeProposal.Seen[^1].ShouldContain("resumed, it is stopped again at $750");
        _bench.Core.Feed.All.Count(told => told.Action == "judged again; the agent proposes to resume").ShouldBe(1);
    }

    [Fact]
    public async Task It_resumes_nothing_by_itself()
    {
        var stop = await StoppedAsync("zero-conversions");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        _installs = 9;

        await RunAsync();

        (await _bench.Core.Campaigns.FindAsync(stop.Campaign, Cancel))!.Status.ShouldBe(CampaignStatus.Stopped);
        (await _bench.Core.Incidents.FindAsync(stop.Id, Cancel))!.State.ShouldBe(IncidentState.Open);
        _bench.Core.Network.Executed.ShouldNotContain(sent => sent.Command is NetworkCommand.Activate);
    }

    [Fact]
    public async Task Without_anything_new_nothing_is_proposed()
    {
        await StoppedAsync("zero-conversions");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));

        (await RunAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("spend-acceleration")]
    [InlineData("daily-spend-cap")]
    [InlineData("stop-everything")]
    public async Task What_was_spent_too_fast_or_stopped_by_a_person_is_proposed_by_nobody(string cause)
    {
        await StoppedAsync(cause);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        _installs = 9;

        (await RunAsync()).ShouldBe(0);
    }

    [Proves(118)]
    [Fact]
    public async Task A_cap_that_was_only_feared_to_be_reached_is_judged_again_when_all_is_reported_and_the_resume_proposed()
    {
        var stop = await StoppedForItsWorstCaseAsync();
        _bench.Spend[stop.Campaign] = 650;

        (await RunAsync()).ShouldBe(1);
        (await RunAsync()).ShouldBe(0);

        var proposed = (await _bench.Core.Incidents.FindAsync(stop.Id, Cancel))!;
        proposed.ResumeProposal!.Seen[0].ShouldStartWith("$650 is what was spent on the day of the stop, now that all of it is reported ($640 was reported then");
        (await _bench.Core.Campaigns.FindAsync(stop.Campaign, Cancel))!.Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task A_cap_that_was_reached_before_the_pause_is_proposed_by_nobody()
    {
        var stop = await StoppedForItsWorstCaseAsync();
        _bench.Spend[stop.Campaign] = 760;

        (await RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Where_another_rule_speaks_against_it_nothing_is_proposed()
    {
        var stop = await StoppedAsync("zero-conversions");
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        (_installs, _bench.Spend[stop.Campaign]) = (9, 800);

        (await RunAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_simulated_fault_that_is_still_on_is_no_false_stop()
    {
        var stop = await StoppedAsync("zero-conversions");
        await _bench.Market.StartFaultAsync(stop.Campaign, MarketFault.Runaway, 10, null, Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        _installs = 9;

        (await RunAsync()).ShouldBe(0);
    }

    private Task<int> RunAsync()
    {
        var core = _bench.Core;
        var judge = new ResumeJudge(core.Accounts, core.Observer, _bench.Panel);
        var check = new ResumeCheck(
            _bench.Book, core.Campaigns, judge, new KnownCause(_bench.Market, core.Second, core.Approvals, core.Machine), new ResumeAgain(core.Approvals, core.Second, core.Clock));
        var outlook = new ResumeOutlook(core.Campaigns, core.Observer, _bench.Panel, _bench.Market);
        return new ResumeProposals(_bench.Book, check, outlook, core.Observer, _bench.Voice).RunAsync(core.Clock.GetUtcNow(), Cancel);
    }

    /// <summary>$640 were reported twenty minutes before the stop, at a speed of $240 in forty minutes.</summary>
    private async Task<Incident> StoppedForItsWorstCaseAsync()
    {
        _installs = 60;
        var stop = await StoppedAsync("daily-spend-cap", (400, 30), (520, 10), (640, 20));
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        return stop;
    }

    /// <param name="before">What was spent, and for how many minutes that was the newest figure.</param>
    private async Task<Incident> StoppedAsync(string cause, params (decimal Spend, int Minutes)[] before)
    {
        var core = _bench.Core;
        var campaign = _bench.Running("c-1", 300);
        core.Network.Figures[campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
            shown, core.Clock.GetUtcNow(), core.Clock.GetUtcNow(), new DayFigures(A.Account().DayAt(core.Clock.GetUtcNow()), A.Usd(_bench.Spend[campaign.Id]), 10_000, 500, _installs, null), null, []);
        foreach (var (spend, minutes) in before.DefaultIfEmpty((300m, 0)))
        {
            _bench.Spend[campaign.Id] = spend;
            await core.Observer.ObserveAsync(A.Account(), [campaign], Cancel);
            core.Machine.Advance(TimeSpan.FromMinutes(minutes));
        }

        core.Network.Put(A.AtNetwork(campaign, NetworkStatus.Paused));
        await core.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = CampaignStatus.Stopped }, Cancel);
        var (incident, _) = await _bench.Book.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, campaign.Account, campaign.Id, campaign.Name, new RuleId(cause), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("installs", "0", "5"), core.Clock.GetUtcNow(), IncidentState.Open) { PauseConfirmed = true, ConfirmedAt = core.Clock.GetUtcNow(), Result = ResultWord.Install },
            Cancel);
        return incident;
    }
}
