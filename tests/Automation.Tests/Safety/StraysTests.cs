using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Nothing of ours spends at a network without being watched, whatever our own record says of it.</summary>
public sealed class StraysTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeNetwork Network => _bench.Core.Network;

    [Theory]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Ended)]
    [InlineData(CampaignStatus.Rejected)]
    public async Task What_is_at_rest_here_and_runs_at_the_network_is_taken_over_told_once_and_judged_in_the_same_sweep(CampaignStatus here)
    {
        var campaign = await AtRestAsync(here, spend: 100);

        var report = await _bench.Monitor.SweepAsync(Cancel);
        await SweepsAsync(2);

        (report.Judged, report.Total, report.Failed).ShouldBe((1, 1, 0));
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
        _bench.Core.Feed.All.ShouldHaveSingleItem().Action.ShouldBe($"running now, found at the network; here it was {StatusWords.Of(here)}");
    }

    [Theory]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Ended)]
    [InlineData(CampaignStatus.Rejected)]
    [InlineData(CampaignStatus.Launching)]
    public async Task Every_rule_stops_it_in_the_same_sweep(CampaignStatus here)
    {
        var campaign = await AtRestAsync(here, spend: 800);

        await _bench.Monitor.SweepAsync(Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().Cause.Value.ShouldBe("daily-spend-cap");
        (await _bench.CampaignAsync(campaign)).MaySpend.ShouldBeFalse();
    }

    [Fact]
    public async Task A_launch_that_is_only_being_confirmed_is_judged_and_left_to_itself()
    {
        var campaign = await AtRestAsync(CampaignStatus.Launching, spend: 100);

        (await _bench.Monitor.SweepAsync(Cancel)).Judged.ShouldBe(1);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Launching);
        Network.Executed.ShouldBeEmpty();
        _bench.Core.Feed.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_stopped_and_lost_its_incident_is_stopped_again()
    {
        await AtRestAsync(CampaignStatus.Stopped, spend: 100);

        await _bench.Monitor.SweepAsync(Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Cause, incident.PauseConfirmed).ShouldBe((SafetyRules.RunsAllTheSame, true));
    }

    [Fact]
    public async Task A_launch_that_was_taken_back_and_runs_all_the_same_is_paused_at_once_and_undone_once_more()
    {
        var campaign = await AtRestAsync(CampaignStatus.Failed, spend: 100);

        await _bench.Monitor.SweepAsync(Cancel);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        (await new SafetyBench(_bench).Core.Engine.ContinueAsync(campaign.Id, Cancel)).ShouldBe(LaunchProgress.Undone);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Archived);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Failed);
    }

    [Fact]
    public async Task One_that_cannot_be_paused_is_an_emergency_until_it_is_undone()
    {
        var campaign = await AtRestAsync(CampaignStatus.Failed, spend: 100);
        Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Unavailable : null;
        await SweepsAsync(3);
        _bench.Core.Alerts.All.ShouldContain(sent => sent.Channel == "sms");
        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Acting);

        Network.Troubles = _ => null;
        await SweepsAsync(1);
        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);

        await _bench.Core.Engine.ContinueAsync(campaign.Id, Cancel);
        await SweepsAsync(1);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task A_reading_that_is_older_than_a_pause_of_ours_brings_nothing_back()
    {
        var campaign = _bench.Running();
        var read = new TaskCompletionSource();
        var account = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var shown = Network.Figures[campaign.Network.Campaign!.Value](Network.Campaigns.Single());
        Network.ReadTakes = () =>
        {
            account.TrySetResult();
            return read.Task;
        };
        Network.Figures[campaign.Network.Campaign!.Value] = _ => shown;
        var sweep = _bench.Monitor.SweepAsync(Cancel);
        await account.Task;
        (await _bench.Control.PauseAsync(campaign.Id, FakePeople.Ana, "a break", Cancel)).Done.ShouldBeTrue();
        read.SetResult();
        await sweep;
        Network.ReadTakes = () => Task.CompletedTask;
        await SweepsAsync(1);

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Paused);
        _bench.Core.Feed.All.ShouldNotContain(told => told.Action.Contains("found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resume_under_way_is_judged_and_not_told_as_found()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Control.PauseAsync(campaign.Id, FakePeople.Ana, "a break", Cancel);
        var answer = new TaskCompletionSource();
        Network.AnswerTakes = command => command is NetworkCommand.Activate ? answer.Task : Task.CompletedTask;
        var resuming = _bench.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel);

        (await _bench.Monitor.SweepAsync(Cancel)).Judged.ShouldBe(1);
        answer.SetResult();

        (await resuming).Done.ShouldBeTrue();
        _bench.Core.Feed.All.ShouldNotContain(told => told.Action.Contains("found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_carries_our_mark_and_has_no_campaign_here_is_told_until_it_is_gone()
    {
        Orphan();

        await SweepsAsync(3);
        var incident = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (incident.Cause, incident.Remedy, incident.State).ShouldBe((SafetyRules.NobodyManages, Remedy.Alert, IncidentState.Open));
        _bench.Core.Feed.All.Count(told => told.Action.Contains("nobody here manages it", StringComparison.Ordinal)).ShouldBe(1);
        Network.Executed.ShouldBeEmpty();

        Network.Put(Network.Campaigns.Single(shown => shown.Id.Value == "n-lost") with { Status = NetworkStatus.Paused });
        await SweepsAsync(1);
        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task Whoever_has_it_can_close_it()
    {
        Orphan();
        await SweepsAsync(1);

        (await _bench.Desk.ResumeAsync(_bench.Core.Incidents.All.Single().Id, FakePeople.Olga, Cancel)).Says.ShouldContain("closed by olga");
    }

    [Fact]
    public async Task What_carries_no_mark_of_ours_is_left_alone()
    {
        var lost = Orphan();
        Network.Put(lost with { Ours = null });

        (await _bench.Monitor.SweepAsync(Cancel)).Failed.ShouldBe(0);

        _bench.Core.Incidents.All.ShouldBeEmpty();
        _bench.Core.Feed.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CampaignStatus.Paused)]
    [InlineData(CampaignStatus.Stopped)]
    [InlineData(CampaignStatus.Rejected)]
    [InlineData(CampaignStatus.Failed)]
    public async Task Stop_everything_pauses_what_is_at_rest_here_and_runs_there(CampaignStatus here)
    {
        await AtRestAsync(here, spend: 100);
        Orphan();

        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("0 not confirmed");

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused);
    }

    [Fact]
    public async Task While_everything_is_stopped_whatever_is_switched_on_at_the_network_is_paused_by_the_next_sweep()
    {
        var campaign = _bench.Running();
        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        Network.Put(A.AtNetwork(campaign));
        Orphan();

        await SweepsAsync(1);

        Network.Campaigns.ShouldAllBe(shown => shown.Status == NetworkStatus.Paused);
    }

    [Fact]
    public async Task Stop_everything_says_which_accounts_do_not_answer_until_they_do()
    {
        await AtRestAsync(CampaignStatus.Paused, spend: 100);
        Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("0 paused, 0 not confirmed, 1 account does not answer");

        Network.ReadFault = null;
        await SweepsAsync(2);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
        _bench.Core.Feed.All.Last(told => told.Kind == FeedKind.Switch).Action.ShouldBe("stop everything: 1 paused, 0 not confirmed");
    }

    [Fact]
    public async Task A_pause_that_everything_stopped_and_a_late_effect_undid_is_repeated()
    {
        var campaign = _bench.Running();
        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);
        Network.Put(A.AtNetwork(campaign));

        await _bench.Everything.StopAsync(FakePeople.Olga, Cancel);

        Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Paused);
    }

    private async Task SweepsAsync(int count)
    {
        for (var sweep = 0; sweep < count; sweep++)
        {
            _bench.Core.Machine.Advance(Sweep);
            await _bench.Monitor.SweepAsync(Cancel);
        }
    }

    /// <summary>At rest here, running at its network.</summary>
    private Task<Campaign> AtRestAsync(CampaignStatus here, decimal spend)
    {
        var campaign = _bench.Running(spend: spend);
        return _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = here, Because = "at rest" }, Cancel);
    }

    /// <summary>Runs under our mark in an account of ours, and its campaign is lost.</summary>
    private NetworkCampaign Orphan()
    {
        _bench.Core.Campaigns.With(A.Campaign(CampaignStatus.Ended, "c-old"));
        var lost = A.AtNetwork(A.Campaign() with { Id = new CampaignId("c-lost") }) with { Id = new ExternalId("n-lost"), Name = "lost" };
        Network.Put(lost);
        Network.Figures[lost.Id] = shown => new PerformanceReading(
            shown, _bench.Core.Clock.GetUtcNow(), _bench.Core.Clock.GetUtcNow(), new DayFigures(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(10), 1, 1, 0, null), null, []);
        return lost;
    }
}
