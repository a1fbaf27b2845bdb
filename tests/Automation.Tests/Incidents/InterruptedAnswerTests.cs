using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

/// <summary>What people answered to an incident, and the program ended in the middle of it, after it took effect at the network.</summary>
public sealed class InterruptedAnswerTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resume_is_taken_over_after_the_next_start_and_not_paused_or_sent_again()
    {
        var (campaign, incident) = await StoppedAsync();
        await KilledAsync<NetworkCommand.Activate>(token => _bench.Desk.ResumeAsync(incident, FakePeople.Olga, token));

        var after = new SafetyBench(_bench);
        await after.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Status.ShouldBe(NetworkStatus.Active);
        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.Pause).ShouldBe(1);
        (await after.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
        var closed = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (closed.State, closed.Resolution).ShouldBe((IncidentState.Closed, "resumed by olga after 20 min"));
    }

    [Fact]
    public async Task A_resume_that_is_said_again_before_that_goes_on_with_the_same_command()
    {
        var (campaign, incident) = await StoppedAsync();
        await KilledAsync<NetworkCommand.Activate>(token => _bench.Desk.ResumeAsync(incident, FakePeople.Olga, token));

        var after = new SafetyBench(_bench);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(5));
        (await after.Desk.ResumeAsync(incident, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();

        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.Activate).ShouldBe(1);
        _bench.Core.Intents.All.Count(intent => intent.Command is NetworkCommand.Activate).ShouldBe(1);
        (await after.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task An_incident_that_a_crash_left_open_behind_a_resume_is_closed_after_the_next_start()
    {
        var (campaign, incident) = await StoppedAsync();
        var open = _bench.Core.Incidents.All.Single();
        (await _bench.Desk.ResumeAsync(incident, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();
        await _bench.Core.Incidents.ChangeAsync(incident, _ => open, Cancel);

        await new SafetyBench(_bench).Monitor.SweepAsync(Cancel);

        var closed = _bench.Core.Incidents.All.ShouldHaveSingleItem();
        (closed.State, closed.Resolution).ShouldBe((IncidentState.Closed, "the campaign was resumed"));
        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.Pause).ShouldBe(1);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Active);
    }

    /// <summary>The program ended twice: in the middle of the resume, and in the middle of finding out what had come of it.</summary>
    [Fact]
    public async Task An_incident_whose_resume_was_found_and_not_taken_over_is_closed_after_the_next_start()
    {
        var (campaign, incident) = await StoppedAsync();
        var before = await _bench.CampaignAsync(campaign);
        var open = _bench.Core.Incidents.All.Single();
        (await _bench.Desk.ResumeAsync(incident, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();
        await _bench.Core.Campaigns.ChangeAsync(campaign.Id, now => before with { Status = CampaignStatus.Active }, Cancel);
        await _bench.Core.Incidents.ChangeAsync(incident, _ => open, Cancel);

        await new SafetyBench(_bench).Monitor.SweepAsync(Cancel);

        _bench.Core.Incidents.All.ShouldHaveSingleItem().State.ShouldBe(IncidentState.Closed);
        _bench.Core.Network.Executed.Count(sent => sent.Command is NetworkCommand.Pause).ShouldBe(1);
        (await _bench.CampaignAsync(campaign)).ResumedFrom.ShouldNotBeNull().Causes.ShouldContain(open.Cause);
    }

    [Fact]
    public async Task A_lever_that_a_roll_back_raised_stays_and_the_other_one_is_still_offered()
    {
        var campaign = _bench.Running(spend: 100);
        await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(400), Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(1));
        await _bench.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(9), Cancel);
        var (_, incident) = await StoppedAsync(campaign);
        await KilledAsync<NetworkCommand.SetBid>(token => _bench.Desk.RollBackAsync(incident, FakePeople.Olga, token));

        var after = new SafetyBench(_bench);
        await after.Monitor.SweepAsync(Cancel);

        _bench.Core.Network.Campaigns.Single().Bid.ShouldBe(A.Usd(12));
        (await after.CampaignAsync(campaign)).Bid.ShouldBe(A.Usd(12));
        (await after.Desk.RollBackPlanAsync(incident, Cancel)).Moves.ShouldHaveSingleItem().Lever.ShouldBe("daily budget");
    }

    private Task<(Campaign, IncidentId)> StoppedAsync() => StoppedAsync(_bench.Running());

    private async Task<(Campaign, IncidentId)> StoppedAsync(Campaign campaign)
    {
        _bench.Spend[campaign.Id] = 800;
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(20));
        await _bench.Core.Campaigns.ChangeAsync(
            campaign.Id, now => now with { CapForToday = new DayCap(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(2000)) }, Cancel);
        await _bench.Monitor.SweepAsync(Cancel);
        return (campaign, _bench.Core.Incidents.All.Single().Id);
    }

    /// <summary>The network has done it, and the program ends before it has the answer.</summary>
    private async Task KilledAsync<TCommand>(Func<CancellationToken, Task> act)
    {
        using var ends = new CancellationTokenSource();
        _bench.Core.Network.AnswerTakes = async command =>
        {
            if (command is not TCommand)
                return;

            await ends.CancelAsync();
            ends.Token.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => act(ends.Token));
        _bench.Core.Network.AnswerTakes = _ => Task.CompletedTask;
    }
}
