using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Auditing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

public sealed class SelfAuditTests
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private readonly SafetyBench _bench = new();
    private readonly SelfAudit _audit;

    public SelfAuditTests() => _audit = Audit(
        new EveryCampaignIsJudged(_bench.Core.Campaigns, _bench.Judged, Pulse(), _bench.Core.Clock, SweepEvery), new EveryIncidentHasANextStep(_bench.Book, _bench.Core.Machine),
        new EveryIntentHasARetrier(_bench.Core.Intents, _bench.Core.Campaigns, _bench.Core.Accounts));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<Incident> Open => _bench.Core.Incidents.All.Where(incident => incident.Cause == SafetyRules.SelfAudit && incident.State != IncidentState.Closed);

    [Fact]
    public async Task Finds_nothing_while_every_campaign_is_judged_with_every_sweep()
    {
        _bench.Running();
        for (var minute = 0; minute < 5; minute++)
        {
            await SweepsAsync(2);
            (await _audit.LookAsync(Cancel)).IsClean.ShouldBeTrue();
        }

        Open.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campaign_that_sweeps_pass_over_is_told_once_on_every_channel_and_closes_by_itself()
    {
        var stray = Unseen();
        await _audit.LookAsync(Cancel);
        await SweepsAsync(4);
        await _audit.LookAsync(Cancel);
        await SweepsAsync(2);
        var report = await _audit.LookAsync(Cancel);

        report.Findings.ShouldHaveSingleItem().Says.ShouldStartWith($"nobody judges {stray.Name} ({stray.Handle}, 180 s), and nothing stops it meanwhile");
        Open.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Critical);
        _bench.Core.Alerts.All.Select(sent => sent.Channel).ShouldBe(["email", "sms", "push", "chat"]);
        Told("nobody judges").ShouldBe(1);

        await _bench.Core.Campaigns.ChangeAsync(stray.Id, now => now with { Status = CampaignStatus.Paused }, Cancel);
        (await _audit.LookAsync(Cancel)).IsClean.ShouldBeTrue();

        Open.ShouldBeEmpty();
        Told("all is as it should be again, incident closed").ShouldBe(1);
    }

    [Fact]
    public async Task A_campaign_that_just_began_to_run_has_its_minute()
    {
        await SweepsAsync(4);
        Unseen();

        (await _audit.LookAsync(Cancel)).IsClean.ShouldBeTrue();
        await SweepsAsync(2);
        (await _audit.LookAsync(Cancel)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task Sweeps_that_stay_away_altogether_are_a_finding_that_another_incident_tells()
    {
        _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(61));

        (await _audit.LookAsync(Cancel)).Findings.ShouldHaveSingleItem().IsToldElsewhere.ShouldBeTrue();

        Open.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_incident_of_which_nobody_is_reminded_is_told_and_one_that_somebody_has_is_not()
    {
        await _bench.Book.OpenAsync(_bench.Reminders.Begun(An("c-1")), Cancel);
        var (answered, _) = await _bench.Book.OpenAsync(_bench.Reminders.Begun(An("c-2")), Cancel);
        await _bench.Book.ChangeAsync(answered, now => now with { AcknowledgedBy = FakePeople.Max.Id }, Cancel);
        await Silence(SafetyLimits.RemindEvery + TimeSpan.FromMinutes(2));
        (await _audit.LookAsync(Cancel)).Findings.ShouldNotContain(finding => finding.Check == "incidents");

        await Silence(TimeSpan.FromMinutes(1));
        var found = (await _audit.LookAsync(Cancel)).Findings.Where(finding => finding.Check == "incidents").ShouldHaveSingleItem();

        found.Says.ShouldContain("(c-1): its next step is 3 min late");
    }

    [Fact]
    public async Task An_incident_that_was_never_told_to_anybody_is_found_after_two_minutes()
    {
        await _bench.Book.OpenAsync(An("c-1"), Cancel);
        await _audit.LookAsync(Cancel);
        await Silence(TimeSpan.FromMinutes(3));

        (await _audit.LookAsync(Cancel)).Findings.ShouldContain(finding => finding.Check == "incidents");
    }

    [Fact]
    public async Task A_command_whose_account_is_gone_has_nobody_who_finds_out_what_became_of_it()
    {
        await _bench.Monitor.SweepAsync(Cancel);
        await IntentAsync("known", A.Account().Id);
        (await _audit.LookAsync(Cancel)).IsClean.ShouldBeTrue();

        await IntentAsync("lost", new AdAccountId("meta:gone"));

        (await _audit.LookAsync(Cancel)).Findings.ShouldHaveSingleItem().Says.ShouldContain("(lost): the account meta:gone is no longer configured");
    }

    [Fact]
    public async Task A_check_that_throws_is_a_finding_and_keeps_no_other_from_speaking()
    {
        await _bench.Monitor.SweepAsync(Cancel);
        await IntentAsync("lost", new AdAccountId("meta:gone"));
        var audit = Audit(new Throwing(), new EveryIntentHasARetrier(_bench.Core.Intents, _bench.Core.Campaigns, _bench.Core.Accounts));

        var report = await audit.LookAsync(Cancel);

        report.Findings.Select(finding => finding.Check).ShouldBe(["throwing", "intents"]);
        report.Findings[0].Says.ShouldBe("whether all is well with throwing cannot be told; the log says why");
        Open.ShouldHaveSingleItem().Notes.ShouldHaveSingleItem().Says.ShouldContain("meta:gone");
    }

    [Fact]
    public async Task Another_kind_of_finding_is_added_to_the_incident_that_people_have()
    {
        await _bench.Monitor.SweepAsync(Cancel);
        await IntentAsync("lost", new AdAccountId("meta:gone"));
        await _audit.LookAsync(Cancel);
        Unseen();
        await _audit.LookAsync(Cancel);
        await SweepsAsync(3);
        await _audit.LookAsync(Cancel);
        await _audit.LookAsync(Cancel);

        Open.ShouldHaveSingleItem().Notes.Length.ShouldBe(2);
        Open.Single().Evidence.Measured.ShouldBe("2");
    }

    private SelfAudit Audit(params ISelfCheck[] checks) => new(
        checks, new SelfAuditIncident(_bench.Book, _bench.Voice, _bench.Reminders, _bench.Core.Accounts, _bench.Core.Clock), _bench.Core.Machine, NullLogger<SelfAudit>.Instance);

    private SweepPulse Pulse() => new(
        _bench.Monitor, _bench.Book, _bench.Voice, _bench.Reminders, _bench.Core.Accounts, _bench.Core.Clock, _bench.Core.Machine, NullLogger<SweepPulse>.Instance);

    /// <summary>Runs, by our record, in an account that no sweep can look at.</summary>
    private Campaign Unseen()
    {
        var campaign = A.Campaign(id: "c-unseen") with { Handle = "c7", Spec = A.Spec() with { Name = "Unseen", Account = new AdAccountId("meta:gone") } };
        _bench.Core.Campaigns.With(campaign);
        return campaign;
    }

    private async Task SweepsAsync(int count)
    {
        for (var sweep = 0; sweep < count; sweep++)
        {
            _bench.Core.Machine.Advance(SweepEvery);
            await _bench.Monitor.SweepAsync(Cancel);
        }
    }

    /// <summary>Time passes, and nobody tends the incidents.</summary>
    private Task Silence(TimeSpan time)
    {
        _bench.Core.Machine.Advance(time);
        return Task.CompletedTask;
    }

    private int Told(string begins) => _bench.Core.Feed.All.Count(told => told.Action.StartsWith(begins, StringComparison.Ordinal));

    private Incident An(string campaign) => new(
        IncidentId.New(), WorkspaceId.Local, A.Account().Id, new CampaignId(campaign), campaign, new RuleId("cpa-ceiling"), Remedy.Alert, Severity.High,
        new Evidence("cost per install", "$20", "$18"), _bench.Core.Clock.GetUtcNow(), IncidentState.Open);

    private Task IntentAsync(string key, AdAccountId account) => _bench.Core.Intents.AddAsync(
        new CommandIntent(
            new CommandKey(key), WorkspaceId.Local, A.Account().Mode, new NetworkCommand.Pause(account, new CampaignId("c-x"), new ExternalId("n-x")), PersonId.Agent, "", A.Noon, IntentState.Unknown),
        Cancel);

    private sealed class Throwing : ISelfCheck
    {
        public string Name => "throwing";

        public Task<IReadOnlyList<SelfFinding>> LookAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no");
    }
}
