using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

/// <summary>Figures of this bench's network are usually 15 minutes old; it is 07:00 in New York.</summary>
public sealed class RaisesNeedFreshFiguresTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(46, false)]
    public async Task A_raise_goes_out_on_figures_of_the_usual_age_and_not_on_older_ones(int minutes, bool goesOut)
    {
        var campaign = await SeenAsync();
        Bench.Machine.Advance(TimeSpan.FromMinutes(minutes));

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBe(goesOut);
        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(13), Cancel)).Done.ShouldBe(goesOut);
    }

    [Fact]
    public async Task The_refusal_says_how_old_they_are_what_is_fresh_and_when_to_try_again()
    {
        var campaign = await SeenAsync();
        Bench.Machine.Advance(TimeSpan.FromMinutes(20));

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldBe(
            $"Not done: {campaign.Name} gets more money on fresh figures only, and they are 20 min old; up to 15 min count as fresh for Meta. "
            + "Try again at about 07:35 (UTC-05:00), when new ones are usually there; the monitor keeps watching meanwhile.");
    }

    [Fact]
    public async Task Cuts_and_pauses_go_out_on_figures_of_any_age()
    {
        var campaign = await SeenAsync();
        Bench.Machine.Advance(TimeSpan.FromHours(9));

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(400), Cancel)).Done.ShouldBeTrue();
        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(9), Cancel)).Done.ShouldBeTrue();
        (await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "enough", Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task The_agent_is_refused_like_a_person()
    {
        var campaign = await SeenAsync();
        Bench.Machine.Advance(TimeSpan.FromMinutes(20));

        var outcome = await Bench.Gate.SendAsync(
            new GateRequest(
                new NetworkCommand.SetBid(campaign.Account, campaign.Id, campaign.Network.Campaign!.Value, A.Usd(12), A.Usd(13)), new CommandKey("k"), campaign.Workspace,
                campaign.Mode, PersonId.Agent, "test"),
            Cancel);

        outcome.ShouldBeOfType<CommandOutcome.Refused>();
    }

    [Fact]
    public async Task Without_any_figures_of_a_campaign_that_ran_nothing_is_raised()
    {
        var campaign = _safety.Running();

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldContain("there are none yet");
    }

    [Fact]
    public async Task Figures_that_cannot_be_right_raise_nothing()
    {
        var campaign = await SeenAsync(spend: 400);
        Bench.Machine.Advance(TimeSpan.FromMinutes(1));
        _safety.Spend[campaign.Id] = -5;
        await _safety.Monitor.SweepAsync(Cancel);

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldContain("cannot be right: a figure is negative");
    }

    [Fact]
    public async Task Figures_without_their_results_raise_nothing()
    {
        var campaign = _safety.Running();
        var figures = Bench.Network.Figures[campaign.Network.Campaign!.Value];
        Bench.Network.Figures[campaign.Network.Campaign!.Value] = shown => figures(shown) with { Today = figures(shown).Today with { Conversions = null } };
        await _safety.Monitor.SweepAsync(Cancel);

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldContain("today's installs are missing");
    }

    [Fact]
    public async Task Where_the_network_gives_no_time_the_last_change_counts_and_that_is_said()
    {
        var campaign = Silent();
        await _safety.Monitor.SweepAsync(Cancel);
        for (var minute = 0; minute < 20; minute++)
        {
            Bench.Machine.Advance(TimeSpan.FromMinutes(1));
            await _safety.Monitor.SweepAsync(Cancel);
        }

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldContain(
            "they last changed 20 min ago; 15 min count as fresh for Meta, which does not say how old its figures are, so a quiet campaign looks older than it is");
    }

    [Fact]
    public async Task A_network_that_is_usually_a_day_late_needs_figures_younger_than_three_hours()
    {
        var late = A.Profile() with { UsualReportAge = new Sourced<TimeSpan>(TimeSpan.FromHours(24), "test") };
        var safety = new SafetyBench(core: new Bench(profile: late));
        var campaign = safety.Running();
        await safety.Monitor.SweepAsync(Cancel);
        safety.Core.Machine.Advance(TimeSpan.FromMinutes(181));

        (await safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldContain("3 h");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_person_paused_yesterday_is_resumed_today(bool givesTime)
    {
        var campaign = givesTime ? _safety.Running() : Silent();
        await _safety.Monitor.SweepAsync(Cancel);
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "weekend", Cancel);
        Bench.Machine.Advance(TimeSpan.FromHours(30));

        var answer = await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel);

        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Fact]
    public async Task What_is_paused_is_not_resumed_while_its_network_does_not_answer()
    {
        var campaign = await SeenAsync();
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "weekend", Cancel);
        Bench.Machine.Advance(TimeSpan.FromHours(2));
        Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");

        (await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("has not answered since 2026-03-02 09:00 (UTC-05:00)");
    }

    [Fact]
    public async Task What_is_called_paused_here_and_runs_at_its_network_is_judged_by_its_age()
    {
        var campaign = Silent();
        await _safety.Monitor.SweepAsync(Cancel);
        await Bench.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);
        Bench.Machine.Advance(TimeSpan.FromHours(2));

        (await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel)).Done.ShouldBeFalse();
    }

    [Fact]
    public async Task A_first_launch_has_no_figures_and_needs_none()
    {
        var launching = A.Campaign(CampaignStatus.Launching);
        Bench.Campaigns.With(launching);

        (await Bench.Engine.ContinueAsync(launching.Id, Cancel)).ToString().ShouldBe("Ended");

        (await _safety.CampaignAsync(launching)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task A_campaign_that_its_schedule_would_resume_waits_for_fresh_figures_and_that_is_told_once()
    {
        var campaign = await SeenAsync();
        Bench.Campaigns.With(campaign with { HoursByUs = true, Status = CampaignStatus.Resting, Spec = campaign.Spec with { Schedule = new Schedule(null, null, [8, 9]) } });
        Bench.Network.Put(A.AtNetwork(campaign, NetworkStatus.Paused));
        Bench.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        Bench.Machine.Advance(TimeSpan.FromHours(1));
        for (var minute = 0; minute < 3; minute++)
        {
            Bench.Machine.Advance(TimeSpan.FromMinutes(1));
            await Bench.HoursSwitch.TurnAsync(Cancel);
        }

        (await _safety.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Resting);
        Bench.Feed.All.Count(told => told.Reason.Contains("fresh figures only", StringComparison.Ordinal)).ShouldBe(1);
        Bench.Network.ReadFault = null;
        await _safety.Monitor.SweepAsync(Cancel);
        await Bench.HoursSwitch.TurnAsync(Cancel);
        (await _safety.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
    }

    /// <summary>A running campaign whose network does not say up to when its figures count.</summary>
    private Campaign Silent()
    {
        var campaign = _safety.Running();
        var figures = Bench.Network.Figures[campaign.Network.Campaign!.Value];
        Bench.Network.Figures[campaign.Network.Campaign!.Value] = shown => figures(shown) with { DataAsOf = null };
        return campaign;
    }

    private async Task<Campaign> SeenAsync(decimal spend = 100)
    {
        var campaign = _safety.Running(spend: spend);
        await _safety.Monitor.SweepAsync(Cancel);
        return campaign;
    }
}
