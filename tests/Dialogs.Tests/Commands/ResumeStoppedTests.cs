// Long because every way in which a stopped campaign is asked to run again stands here.
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
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

    [Fact]
    public async Task Asks_first_while_the_results_that_stopped_it_still_stay_away()
    {
        var incident = await StopAsync(IncidentState.Open, "zero-conversions");
        for (var hour = -11; hour <= 0; hour++)
            await _bench.Core.Readings.KeepAsync(A.Account(), [Reading(A.Noon.AddHours(hour), 590m * (hour + 11) / 11)], Cancel);

        Spends(590, results: 0);
        await _bench.SayAsync("olga", $"resume incident {incident.Handle}", Cancel);

        var asked = _bench.SeenBy("olga").ShouldHaveSingleItem();
        asked.ShouldContain("Resume Facebook installs US CA anyway?");
        asked.ShouldContain("What stopped it has not changed: installs since 2026-03-01 20:00 (UTC-05:00): 0 of ");
        asked.ShouldContain(Worst);
        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Stopped);

        await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn("olga", "yes"), Cancel), yes: true, question: null, Cancel);

        (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status.ShouldBe(CampaignStatus.Active, _bench.SeenBy("olga")[^1]);
        _bench.SeenBy("olga").ShouldContain(said => said.Contains("$590 is spent today; it is stopped again at $750, and at worst $1,013.18 is spent by midnight.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("resume c1")]
    [InlineData("resume incident i1")]
    public async Task One_person_alone_does_not_resume_into_a_fault_that_is_still_on(string says)
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();

        await _bench.SayAsync("olga", says, Cancel);

        var asked = _bench.SeenBy("olga").ShouldHaveSingleItem();
        asked.ShouldContain("Ask a second person whether Facebook installs US CA may run although the simulated runaway ×10 is still on?");
        asked.ShouldContain("The simulated runaway ×10 is still on; \"simulate calm c1\" ends it.");
        asked.ShouldContain(Worst);

        await YesAsync();

        _bench.SeenBy("olga").ShouldContain(said => said.Contains("Not resumed: the simulated runaway ×10 is still on", StringComparison.Ordinal)
            && said.Contains("Ways out: say \"simulate calm c1\", which ends it, and resume again; or a second person is asked (a1)", StringComparison.Ordinal));
        (await StatusAsync()).ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task A_yes_to_asking_a_second_person_resumes_nothing_when_the_fault_ended_meanwhile()
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();
        await _bench.SayAsync("olga", "resume c1", Cancel);
        await _bench.Market.CalmAsync(_campaign.Id, Cancel);

        await YesAsync();

        _bench.SeenBy("olga")[^1].ShouldContain("that changed meanwhile, so nothing was done; say \"resume c1\" as it stands now");
        (await StatusAsync()).ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task A_second_person_who_knows_of_the_fault_lets_it_run_all_the_same()
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();
        await _bench.SayAsync("olga", "resume c1", Cancel);
        await YesAsync();

        await _bench.SayAsync("max", "approve a1", Cancel);
        await _bench.SayAsync("olga", "resume c1", Cancel);
        _bench.SeenBy("olga")[^1].ShouldContain("Resume Facebook installs US CA anyway?");
        _bench.SeenBy("olga")[^1].ShouldContain(Worst);
        await YesAsync();

        (await StatusAsync()).ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task What_a_second_person_agreed_to_is_that_fault_and_no_other()
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();
        await _bench.SayAsync("olga", "resume c1", Cancel);
        await YesAsync();
        await _bench.SayAsync("max", "approve a1", Cancel);

        await _bench.Market.StartFaultAsync(_campaign.Id, MarketFault.Fraud, 1, null, Cancel);
        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga")[^1].ShouldContain("although the simulated runaway ×10 and fraud is still on?");
    }

    [Fact]
    public async Task Once_the_fault_is_over_one_person_resumes_it_at_once()
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();

        await _bench.SayAsync("olga", "simulate calm c1", Cancel);
        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga").ShouldContain("Ended 1 fault on Facebook installs US CA. It stays stopped until you say \"resume c1\".");
        (await StatusAsync()).ShouldBe(CampaignStatus.Active);
    }

    [Theory]
    [InlineData("ana", CampaignStatus.Stopped, "It stays stopped until On-call or Admin say \"resume c1\".")]
    [InlineData("ana", CampaignStatus.Paused, "It stays paused until you say \"resume c1\".")]
    [InlineData("ana", CampaignStatus.Active, "It runs on.")]
    public async Task Calm_says_how_the_campaign_stands_and_who_may_resume_it(string person, CampaignStatus status, string says)
    {
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = status }, Cancel);
        await RunawayAsync();

        await _bench.SayAsync(person, "simulate calm c1", Cancel);

        _bench.SeenBy(person).ShouldHaveSingleItem().ShouldBe($"Ended 1 fault on Facebook installs US CA. {says}");
    }

    [Fact]
    public async Task What_would_be_refused_is_asked_of_nobody()
    {
        await StopAsync(IncidentState.Open);
        await RunawayAsync();
        Spends(800);

        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga").ShouldNotContain(said => said.Contains("Ask a second person", StringComparison.Ordinal));
        _bench.SeenBy("olga")[0].ShouldContain("Not resumed: daily cap still holds");
    }

    [Theory]
    [InlineData(CampaignStatus.Stopped)]
    [InlineData(CampaignStatus.Paused)]
    public async Task Nothing_is_asked_while_everything_is_frozen(CampaignStatus status)
    {
        await StopAsync(IncidentState.Closed);
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = status }, Cancel);
        await RunawayAsync();
        await _bench.Everything.FreezeAsync(FakePeople.Olga, Cancel);

        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga")[0].ShouldContain("Everything is frozen by olga (freeze everything); On-call or Admin say \"allow everything\" first.");
    }

    [Fact]
    public async Task A_second_fault_of_the_same_kind_does_not_begin_while_the_first_is_on()
    {
        await _bench.SayAsync("olga", "simulate runaway c1", Cancel);
        await _bench.SayAsync("olga", "simulate runaway x3 c1", Cancel);

        _bench.SeenBy("olga")[^1].ShouldStartWith("The runaway ×10 is on already");
        _bench.Market.Faults.ShouldHaveSingleItem().Factor.ShouldBe(10);
    }

    [Fact]
    public async Task Says_what_is_still_stopped_after_a_resume_and_offers_it()
    {
        await StopAsync(IncidentState.Open);
        await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, _campaign.Account, new CampaignId("other"), "Summer", SafetyRules.StopEverything,
                Remedy.PauseCampaign, Severity.Critical, new Evidence("asked for by", "olga", ""), A.Noon, IncidentState.Open) { PauseConfirmed = true },
            Cancel);

        await _bench.SayAsync("olga", "resume incident i1", Cancel);

        _bench.SeenBy("olga").ShouldContain("1 campaign is still stopped: Summer (i2).");
    }

    [Theory]
    [InlineData(100, "$100 is spent today; it is stopped at $750.")]
    [InlineData(600, "$600 is spent today, more than its budget of $500; it is stopped at $750.")]
    [InlineData(800, "$800 is spent today, and it is stopped at $750: it is stopped again with the next check.")]
    public async Task A_paused_campaign_is_resumed_knowing_what_today_has_cost(int spent, string says)
    {
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);
        Spends(spent);

        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldContain(says);
        _bench.SeenBy("olga")[0].ShouldContain("a runaway ten times as fast as its busiest hour spends up to $263.18 by then");
    }

    [Fact]
    public async Task A_paused_campaign_is_resumed_knowing_that_a_fault_is_still_on()
    {
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);
        await _bench.Market.StartFaultAsync(_campaign.Id, MarketFault.Runaway, 10, null, Cancel);

        await _bench.SayAsync("olga", "resume c1", Cancel);

        _bench.SeenBy("olga").ShouldHaveSingleItem().ShouldContain("The simulated runaway ×10 is still on; \"simulate calm c1\" ends it.");
    }

    private const string Worst = "At worst $1,013.18 are spent by midnight: stopped at $750, which shows up to 16 min late;";

    private async Task<CampaignStatus> StatusAsync() => (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!.Status;

    private Task RunawayAsync() => _bench.Market.StartFaultAsync(_campaign.Id, MarketFault.Runaway, 10, null, Cancel);

    private async Task YesAsync() => await _bench.Runner.TryAnswerAsync(await _bench.ContextAsync(_bench.Turn("olga", "yes"), Cancel), yes: true, question: null, Cancel);

    private KeptReading Reading(DateTimeOffset at, decimal spend) => new(
        _campaign.Id, at, new PerformanceReading(A.AtNetwork(_campaign), at, at, new DayFigures(A.Account().DayAt(at), A.Usd(spend), 10_000, 500, 0, null), null, []));

    private void Spends(decimal today, decimal results = 5) => _bench.Core.Network.Figures[_campaign.Network.Campaign!.Value] = shown => new PerformanceReading(
        shown, _bench.Core.Clock.GetUtcNow(), _bench.Core.Clock.GetUtcNow(),
        new DayFigures(A.Account().DayAt(_bench.Core.Clock.GetUtcNow()), A.Usd(today), 10_000, 500, results, null), null, []);

    private async Task<Incident> StopAsync(IncidentState state, string cause = "daily-spend-cap")
    {
        var (incident, _) = await _bench.Core.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), WorkspaceId.Local, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId(cause),
                Remedy.PauseCampaign, Severity.Critical, new Evidence("spend today", "$800", "$750"), A.Noon.AddHours(-2), IncidentState.Open)
            {
                PauseConfirmed = true,
                ConfirmedAt = A.Noon.AddHours(-2),
            },
            Cancel);
        return await _bench.Core.Incidents.ChangeAsync(incident.Id, now => now with { State = state }, Cancel);
    }
}
