using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class RaisesWaitForIncidentsTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Remedy.Alert)]
    [InlineData(Remedy.ReduceBid)]
    [InlineData(Remedy.PauseCampaign)]
    public async Task No_raise_goes_out_while_any_incident_is_open_and_cuts_do(Remedy remedy)
    {
        var campaign = await SeenAsync();
        await OpenAsync(campaign, "cpa-ceiling", remedy);

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Says.ShouldBe(
            $"Not done: Incident i1 (highest cost per result) is open on {campaign.Name}, and no more money goes out before it is closed: On-call or Admin say \"resume incident i1\".");
        (await _safety.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(13), Cancel)).Done.ShouldBeFalse();
        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(400), Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_person_does_not_resume_past_an_incident_that_only_told_people()
    {
        var campaign = await SeenAsync();
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "look", Cancel);
        await OpenAsync(campaign, "network-errors", Remedy.Alert);

        (await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("Incident i1 (answers of the network)");
    }

    [Fact]
    public async Task An_incident_of_another_campaign_holds_nothing_here()
    {
        var campaign = await SeenAsync();
        await OpenAsync(_safety.Running("c-2"), "cpa-ceiling", Remedy.ReduceBid);

        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_resume_takes_everything_that_is_clear_with_it_and_raises_go_out_again()
    {
        var (campaign, stopped) = await StoppedAsync();
        await OpenAsync(campaign, "cpa-ceiling", Remedy.ReduceBid);
        await ToTheNextDayAsync(campaign);

        var answer = await _safety.Desk.ResumeAsync(stopped.Id, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeTrue(answer.Says);
        Bench.Incidents.All.ShouldAllBe(incident => incident.State == IncidentState.Closed);
        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_resume_outside_its_hours_takes_everything_with_it_too()
    {
        var (campaign, stopped) = await StoppedAsync();
        await OpenAsync(campaign, "cpa-ceiling", Remedy.ReduceBid);
        await Bench.Campaigns.ChangeAsync(
            campaign.Id, now => now with { HoursByUs = true, Spec = now.Spec with { Schedule = new Schedule(null, null, [20]) } }, Cancel);
        await ToTheNextDayAsync(campaign);

        (await _safety.Desk.ResumeAsync(stopped.Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();

        Bench.Incidents.All.ShouldAllBe(incident => incident.State == IncidentState.Closed);
    }

    [Fact]
    public async Task A_resume_names_the_other_incident_that_still_holds()
    {
        var (campaign, cap) = await StoppedAsync();
        await OpenAsync(campaign, "spend-acceleration", Remedy.PauseCampaign);
        var another = await Bench.Incidents.OpenAsync(Incident(campaign, "stop-everything", Remedy.PauseCampaign), Cancel);

        var answer = await _safety.Desk.ResumeAsync(another.Incident.Id, FakePeople.Olga, Cancel);

        answer.Says.ShouldStartWith($"Not resumed: {cap.Handle} (daily cap) still holds");
        Bench.Incidents.All.ShouldAllBe(incident => incident.State != IncidentState.Closed);
    }

    [Fact]
    public async Task A_roll_back_raises_a_lever_although_its_incident_is_open()
    {
        var campaign = await SeenAsync();
        (await _safety.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(400), Cancel)).Done.ShouldBeTrue();
        _safety.Spend[campaign.Id] = 800;
        await _safety.Monitor.SweepAsync(Cancel);

        var answer = await _safety.Desk.RollBackAsync(Bench.Incidents.All.Single().Id, FakePeople.Olga, Cancel);

        answer.Says.ShouldContain("daily budget $400 → $500");
    }

    private async Task<Campaign> SeenAsync()
    {
        var campaign = _safety.Running();
        await _safety.Monitor.SweepAsync(Cancel);
        return campaign;
    }

    private async Task<(Campaign Campaign, Incident Incident)> StoppedAsync()
    {
        var campaign = _safety.Running(spend: 800);
        await _safety.Monitor.SweepAsync(Cancel);
        return (campaign, Bench.Incidents.All.Single());
    }

    private async Task ToTheNextDayAsync(Campaign campaign)
    {
        Bench.Machine.Advance(TimeSpan.FromHours(24));
        _safety.Spend[campaign.Id] = 0;
        await _safety.Monitor.SweepAsync(Cancel);
    }

    private Task OpenAsync(Campaign campaign, string cause, Remedy remedy) => Bench.Incidents.OpenAsync(Incident(campaign, cause, remedy), Cancel);

    private static Incident Incident(Campaign campaign, string cause, Remedy remedy) => new(
        IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId(cause), remedy, Severity.High,
        new Evidence("measure", "$8", "$7"), A.Noon, IncidentState.Open)
    {
        PauseConfirmed = true,
        ConfirmedAt = A.Noon,
    };
}
