using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Commands;

/// <summary>"resume c1" of what was stopped in an emergency.</summary>
public sealed class ResumeStoppedTests
{
    private readonly ChatBench _bench = new();
    private readonly Campaign _campaign = A.Campaign(CampaignStatus.Stopped);

    public ResumeStoppedTests()
    {
        _bench.Core.Campaigns.With(_campaign);
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));
        Spends(100);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(IncidentState.Open)]
    [InlineData(IncidentState.Closed)]
    public async Task Names_its_incident_and_resumes_it_for_those_on_call(IncidentState state)
    {
        var incident = await StopAsync(state);

        (await _bench.SayAsync("olga", "resume c1", Cancel)).ShouldBeTrue();

        _bench.SeenBy("olga").ShouldContain(said =>
            said.StartsWith($"Facebook installs US CA was stopped by incident {incident.Handle} (daily cap: spend today $800, limit $750). Facebook installs US CA: resumed by olga", StringComparison.Ordinal));
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Active);
        (await _bench.Core.Incidents.FindAsync(incident.Id, Cancel))!.Resolution.ShouldNotBeNull().ShouldContain("resumed by olga");
    }

    [Fact]
    public async Task Tells_who_may_when_the_person_may_not()
    {
        var incident = await StopAsync(IncidentState.Open);

        await _bench.SayAsync("ana", "resume c1", Cancel);

        _bench.SeenBy("ana")[^1].ShouldBe(
            $"Facebook installs US CA was stopped by incident {incident.Handle} (daily cap: spend today $800, limit $750). Only On-call or Admin may let it run again, after it is judged anew; you are Marketer. Ask one of them to say \"resume c1\".");
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Theory]
    [InlineData(IncidentState.Open)]
    [InlineData(IncidentState.Closed)]
    public async Task Stays_stopped_while_a_limit_still_holds_and_says_the_ways_out(IncidentState state)
    {
        await StopAsync(state);
        Spends(800);

        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga").ShouldContain(said => said.Contains("Not resumed", StringComparison.Ordinal) && said.Contains("Ways out: wait until", StringComparison.Ordinal));
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task A_closed_incident_of_a_campaign_that_runs_stays_closed()
    {
        var incident = await StopAsync(IncidentState.Closed);
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);

        (await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel)).Says.ShouldContain("is closed");
    }

    private void Spends(decimal today) => _bench.Core.Network.Figures[_campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
        shown, _bench.Core.Clock.GetUtcNow(), _bench.Core.Clock.GetUtcNow(),
        new DayFigures(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(today), 10_000, 500, 5, null), null, []);

    private async Task<Incident> StopAsync(IncidentState state)
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId("daily-spend-cap"),
                Remedy.PauseCampaign, Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon.AddHours(-2), IncidentState.Open)
            {
                PauseConfirmed = true,
                ConfirmedAt = A.Noon.AddHours(-2),
            },
            Cancel);
        return await _bench.Core.Incidents.ChangeAsync(incident.Id, now => now with { State = state }, Cancel);
    }
}
