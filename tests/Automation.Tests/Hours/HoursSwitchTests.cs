using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Hours;

/// <summary>The account is in New York; the bench begins at 07:00 there.</summary>
public sealed class HoursSwitchTests
{
    private readonly SafetyBench _safety = new();

    private Bench Bench => _safety.Core;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Proves(52)]
    [Fact]
    public async Task A_campaign_runs_in_its_hours_and_rests_outside_them()
    {
        var campaign = Running([7, 8]);

        await MinutesAsync(0);
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Active, NetworkStatus.Active));
        await MinutesAsync(120);
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
        (await FindAsync(campaign)).Because.ShouldBe("outside its hours until 2026-03-03 07:00 (UTC-05:00)");
        await MinutesAsync(22 * 60);
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Active, NetworkStatus.Active));

        Bench.Network.Executed.Select(sent => sent.Command.Words).ShouldBe(["pause", "activate"]);
        Bench.Intents.All.ShouldAllBe(intent => intent.By == PersonId.System);
        Bench.Feed.All.Select(told => (told.Kind, told.Severity)).ShouldBe([(FeedKind.Pause, Severity.Low), (FeedKind.Resume, Severity.Low)]);
    }

    [Proves(52)]
    [Theory]
    [InlineData("2026-03-28T22:00:00Z", 2)]
    [InlineData("2026-10-24T22:00:00Z", 4)]
    public async Task On_a_day_of_23_or_25_hours_the_wall_clock_counts(string from, int openHours)
    {
        var bench = new Bench(accounts: A.Account() with { TimeZone = "Europe/Zurich" });
        var campaign = WithHours(A.Campaign(), [1, 2, 3]);
        bench.Campaigns.With(campaign);
        bench.Network.Put(A.AtNetwork(campaign));
        bench.Machine.Advance(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture) - A.Noon);

        var running = 0;
        for (var quarter = 0; quarter < 25 * 4; quarter++)
        {
            await bench.SeenAsync(campaign);
            await bench.HoursSwitch.TurnAsync(Now);
            running += bench.Network.Campaigns.Single().Status == NetworkStatus.Active ? 1 : 0;
            bench.Machine.Advance(TimeSpan.FromMinutes(15));
        }

        running.ShouldBe(openHours * 4);
    }

    [Fact]
    public async Task What_a_person_paused_is_not_resumed()
    {
        var campaign = await RestingAsync();
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "no more", Now);

        await MinutesAsync(22 * 60);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Paused, NetworkStatus.Paused));
    }

    [Fact]
    public async Task What_was_stopped_is_not_resumed()
    {
        var campaign = await RestingAsync();
        await _safety.Everything.StopAsync(FakePeople.Olga, Now);
        await _safety.Everything.AllowAsync(FakePeople.Olga, Now);

        await MinutesAsync(22 * 60);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Stopped, NetworkStatus.Paused));
    }

    [Fact]
    public async Task While_an_incident_is_open_it_stays_paused_and_that_is_told_once()
    {
        var campaign = await RestingAsync();
        await Bench.Incidents.OpenAsync(
            new Incident(
                IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("daily-spend-cap"), Remedy.PauseCampaign, Severity.Critical,
                new Evidence("spend", "$800", "$750"), A.Noon, IncidentState.Open),
            Now);

        await MinutesAsync(22 * 60);
        await MinutesAsync(1);
        await MinutesAsync(1);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
        (await FindAsync(campaign)).Because!.ShouldContain("is open on");
        Bench.Feed.All.Count(told => told.Severity == Severity.High).ShouldBe(1);
        Bench.Intents.All.Count.ShouldBe(1, "nothing is written for what is not sent");
    }

    [Fact]
    public async Task While_everything_is_frozen_it_stays_paused_and_runs_again_after()
    {
        var campaign = await RestingAsync();
        await _safety.Everything.FreezeAsync(FakePeople.Olga, Now);
        await MinutesAsync(22 * 60);
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Resting);

        await _safety.Everything.AllowAsync(FakePeople.Olga, Now);
        await MinutesAsync(1);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Active, NetworkStatus.Active));
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_from_what_is_stored()
    {
        var campaign = await RestingAsync();
        Bench.Machine.Advance(TimeSpan.FromHours(22));
        await _safety.Monitor.SweepAsync(Now);

        await new HoursSwitch(Bench.Campaigns, Bench.Hours, new CampaignTurns(), Bench.Gate, Bench.Feed, Bench.Clock, Bench.Machine, NullLogger<HoursSwitch>.Instance).TurnAsync(Now);

        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Active);
    }

    [Fact]
    public async Task Killed_between_the_network_and_the_store_it_pauses_and_resumes_once()
    {
        var campaign = await RestingAsync();
        Bench.Machine.Advance(TimeSpan.FromHours(22));
        await MinutesAsync(0);
        Bench.Campaigns.With(await FindAsync(campaign) with { Status = CampaignStatus.Resting, Version = 1 });

        await MinutesAsync(1);

        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Active);
        Bench.Network.Executed.Select(sent => sent.Command.Words).ShouldBe(["pause", "activate"]);
    }

    [Fact]
    public async Task A_pause_that_the_network_refuses_is_told_once_and_tried_every_minute()
    {
        var campaign = Running([7, 8]);
        Bench.Network.Troubles = command => command is NetworkCommand.Pause ? Trouble.Rejected : null;
        await MinutesAsync(120);
        await MinutesAsync(1);
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Active);
        Bench.Feed.All.Count.ShouldBe(1);

        Bench.Network.Troubles = _ => null;
        await MinutesAsync(1);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
    }

    [Fact]
    public async Task Found_running_at_the_network_outside_its_hours_it_is_paused_again()
    {
        var campaign = await RestingAsync();
        Bench.Network.Put(A.AtNetwork(campaign));

        await _safety.Monitor.SweepAsync(Now);
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Active);
        await MinutesAsync(1);

        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
    }

    [Fact]
    public async Task The_monitor_watches_what_rests_and_counts_no_spending_for_it()
    {
        var campaign = await RestingAsync();

        var report = await _safety.Monitor.SweepAsync(Now);

        (report.Judged, report.Total).ShouldBe((1, 1));
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Resting);
        var blind = (await _safety.Observer.LatestAsync(await FindAsync(campaign), Now)) with { FailuresInARow = 9, Now = Bench.Clock.GetUtcNow().AddHours(8) };
        Exposure.Of(blind).ShouldBe(A.Usd(100));
        _safety.Spend[campaign.Id] = 800;
        Bench.Machine.Advance(TimeSpan.FromMinutes(1));
        await _safety.Monitor.SweepAsync(Now);
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Stopped, "money that was spent is judged all the same");
    }

    [Fact]
    public async Task Resumed_by_a_person_outside_its_hours_it_rests_until_they_begin()
    {
        var campaign = await RestingAsync();
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "no more", Now);

        var answer = await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Now);

        answer.ShouldBe(new ControlAnswer(true, $"{campaign.Name}: resumed; it is outside its hours until 2026-03-03 07:00 (UTC-05:00) and runs by itself then."));
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
        await MinutesAsync(22 * 60);
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Active, NetworkStatus.Active));
    }

    [Fact]
    public async Task A_resume_outside_its_hours_is_refused_like_any_other()
    {
        var campaign = await RestingAsync();
        await _safety.Control.PauseAsync(campaign.Id, FakePeople.Ana, "no more", Now);
        await _safety.Everything.FreezeAsync(FakePeople.Olga, Now);

        (await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Now)).Says.ShouldContain("frozen");
        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Paused);
    }

    [Fact]
    public async Task What_rests_says_when_it_runs_again()
    {
        var campaign = await RestingAsync();

        (await _safety.Control.ResumeAsync(campaign.Id, FakePeople.Ana, Now)).Says.ShouldBe($"{campaign.Name} is outside its hours until 2026-03-03 07:00 (UTC-05:00) and runs again by itself then.");
    }

    [Fact]
    public async Task A_stopped_campaign_that_is_resumed_outside_its_hours_rests()
    {
        var campaign = Running([7, 8]);
        _safety.Spend[campaign.Id] = 800;
        await _safety.Monitor.SweepAsync(Now);
        var incident = Bench.Incidents.All.Single();
        _safety.Spend[campaign.Id] = 100;
        Bench.Machine.Advance(TimeSpan.FromHours(20));

        var answer = await _safety.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Now);

        answer.Says.ShouldContain("outside its hours until 2026-03-03 07:00 (UTC-05:00)");
        (await StatusAsync(campaign), AtNetwork(campaign)).ShouldBe((CampaignStatus.Resting, NetworkStatus.Paused));
        (await Bench.Incidents.FindAsync(incident.Id, Now))!.State.ShouldBe(IncidentState.Closed);
    }

    [Fact]
    public async Task An_end_that_comes_while_it_rests_ends_it()
    {
        var campaign = await RestingAsync(A.Noon.AddHours(5));

        await MinutesAsync(180);

        (await StatusAsync(campaign)).ShouldBe(CampaignStatus.Ended);
    }

    [Fact]
    public async Task Hours_that_the_network_keeps_itself_are_left_to_it()
    {
        var campaign = Running([9]);
        Bench.Campaigns.With(campaign with { HoursByUs = false });

        await MinutesAsync(0);

        Bench.Network.Executed.ShouldBeEmpty();
    }

    private async Task<Campaign> RestingAsync(DateTimeOffset? end = null)
    {
        var campaign = Running([7, 8], end);
        await MinutesAsync(120);
        return await FindAsync(campaign);
    }

    private Campaign Running(int[] hours, DateTimeOffset? end = null)
    {
        var campaign = WithHours(_safety.Running(), hours, end);
        Bench.Campaigns.With(campaign);
        return campaign;
    }

    private static Campaign WithHours(Campaign campaign, int[] hours, DateTimeOffset? end = null) =>
        campaign with { HoursByUs = true, Spec = campaign.Spec with { Schedule = new Schedule(null, end, [.. hours]) } };

    private async Task MinutesAsync(int minutes)
    {
        Bench.Machine.Advance(TimeSpan.FromMinutes(minutes));
        await _safety.Monitor.SweepAsync(Now);
        await Bench.HoursSwitch.TurnAsync(Now);
    }

    private async Task<Campaign> FindAsync(Campaign campaign) => (await Bench.Campaigns.FindAsync(campaign.Id, Now))!;

    private async Task<CampaignStatus> StatusAsync(Campaign campaign) => (await FindAsync(campaign)).Status;

    private NetworkStatus AtNetwork(Campaign campaign) => Bench.Network.Campaigns.Single(shown => shown.Id == campaign.Network.Campaign).Status;
}
