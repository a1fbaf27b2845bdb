using ChatOpsCampaigns.Automation.Accounts.Setup;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Tuning;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Raises;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Raises;

/// <summary>Limits of a campaign and of accounts, lifted: never by one person alone where there is another.</summary>
public sealed class SecondPersonForLimitsTests
{
    private static readonly AdAccountId Meta = new("meta");

    private Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lifted => new() { "mode aggressive", "autonomy act", "max CPA off", "max CPA 25", "min ROAS off", "min ROAS 1.5" };

    [Theory]
    [MemberData(nameof(Lifted))]
    public async Task Lifting_it_waits_for_a_second_person_and_happens_once(string wanted)
    {
        var campaign = Running();
        var before = Now(campaign);

        var answer = await SetAsync(wanted, FakePeople.Ana);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldEndWith("asked, nothing is changed yet. That lifts a limit, so somebody else with the role Approver or Admin has to approve it.");
        (await StoredAsync()).Spec.Automation.ShouldBe(before);
        var asked = (await WaitingAsync()).ShouldHaveSingleItem();
        asked.Kind.ShouldBe(ApprovalKind.Setting);

        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await StoredAsync()).Spec.Automation.ShouldNotBe(before);
        (await StoredAsync()).SettingChanges.ShouldHaveSingleItem().ShouldSatisfyAllConditions(change => change.Agreed.ShouldBeTrue(), change => change.By.ShouldBe(FakePeople.Ana.Id));
    }

    [Theory]
    [MemberData(nameof(Lifted))]
    public async Task Where_nobody_else_may_approve_one_person_lifts_it(string wanted)
    {
        _bench = new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana));
        var campaign = Running();
        var before = Now(campaign);

        (await SetAsync(wanted, FakePeople.You)).Done.ShouldBeTrue();

        (await StoredAsync()).Spec.Automation.ShouldNotBe(before);
        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dearer_target_by_which_the_monitor_judges_waits_for_a_second_person_and_a_cheaper_one_holds_at_once()
    {
        Running();

        (await SetAsync("target 15", FakePeople.Ana)).Done.ShouldBeFalse();
        (await StoredAsync()).Spec.Bidding.TargetCpa.ShouldBe(A.Usd(12));
        (await DecideAsync((await WaitingAsync()).ShouldHaveSingleItem(), FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await StoredAsync()).Spec.Bidding.TargetCpa.ShouldBe(A.Usd(15));

        (await SetAsync("target 11", FakePeople.Ana)).Done.ShouldBeTrue();
        (await WaitingAsync()).ShouldBeEmpty();
    }

    /// <summary>What the agent may do with it stays within the same cap, rails and autonomy.</summary>
    [Fact]
    public async Task A_switch_of_the_agent_is_one_persons()
    {
        Running();
        (await SetAsync("scaling off", FakePeople.Ana)).Done.ShouldBeTrue();

        (await SetAsync("scaling on", FakePeople.Ana)).Done.ShouldBeTrue();

        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_tightens_it_holds_at_once()
    {
        Running();

        (await SetAsync("mode conservative", FakePeople.Ana)).Done.ShouldBeTrue();
        (await SetAsync("autonomy shadow", FakePeople.Ana)).Done.ShouldBeTrue();
        (await SetAsync("max CPA 16", FakePeople.Ana)).Done.ShouldBeTrue();

        (await WaitingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task From_another_value_than_was_shown_it_is_not_lifted()
    {
        Running();
        await SetAsync("mode aggressive", FakePeople.Ana);
        var asked = (await WaitingAsync()).Single();
        await SetAsync("mode conservative", FakePeople.Ana);

        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldBe(
            "The mode of Facebook installs US CA is conservative and no longer balanced, from which it was asked for; ask again if it is still wanted.");

        (await StoredAsync()).Spec.Automation.Mode.ShouldBe(OptimisationMode.Conservative);
    }

    [Fact]
    public async Task What_was_asked_before_an_incident_opened_is_not_lifted_by_two_either_until_it_is_asked_again()
    {
        var campaign = Running();
        await SetAsync("max CPA off", FakePeople.Ana);
        var asked = (await WaitingAsync()).Single();
        await OpenAsync(campaign);

        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldBe(
            "Not now: Incident i1 (highest cost per result) was opened on Facebook installs US CA since this was asked; asked again, it is decided with that in view. The request keeps waiting.");
        (await StoredAsync()).Spec.Automation.MaxCpa.ShouldBe(A.Usd(18));

        await SetAsync("max CPA off", FakePeople.Ana);
        (await DecideAsync((await WaitingAsync()).ShouldHaveSingleItem(), FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await StoredAsync()).Spec.Automation.MaxCpa.ShouldBeNull();
    }

    [Fact]
    public async Task Beside_an_open_incident_a_limit_is_corrected_by_two_who_see_it_and_nothing_is_started()
    {
        var campaign = Running();
        (await SetAsync("min ROAS 50", FakePeople.Ana)).Done.ShouldBeTrue();
        await _bench.Campaigns.ChangeAsync(campaign.Id, now => now with { Status = CampaignStatus.Stopped }, Cancel);
        await OpenAsync(campaign);

        (await SetAsync("min ROAS 1.2", FakePeople.Ana)).Done.ShouldBeFalse();

        (await StoredAsync()).Spec.Automation.MinRoas.ShouldBe(50);
        var asked = (await WaitingAsync()).ShouldHaveSingleItem();
        asked.Says.ShouldBe("change the min ROAS of Facebook installs US CA from 50× to 1.2× although incident i1 (highest cost per result) is open on it");
        (await DecideAsync(asked, FakePeople.Ana)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await StoredAsync()).ShouldSatisfyAllConditions(now => now.Spec.Automation.MinRoas.ShouldBe(1.2m), now => now.Status.ShouldBe(CampaignStatus.Stopped));
        (await _bench.Incidents.OpenOfAsync(campaign.Id, Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Beside_an_open_incident_one_person_alone_lifts_no_limit_and_is_told_how_somebody_is_added()
    {
        _bench = new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana));
        await OpenAsync(Running());

        (await SetAsync("max CPA off", FakePeople.You)).ShouldBe(new ControlAnswer(
            false,
            "Not done: Incident i1 (highest cost per result) is open on Facebook installs US CA. Until it is closed a limit is lifted by two people, and nobody else here may approve that. " +
            "An Admin gives somebody the role: \"people grant approver @ana\"."));

        (await StoredAsync()).Spec.Automation.MaxCpa.ShouldBe(A.Usd(18));
    }

    [Fact]
    public async Task While_everything_is_frozen_no_limit_that_the_monitor_watches_is_lifted_by_two_either()
    {
        Running();
        await SetAsync("max CPA off", FakePeople.Ana);
        var asked = (await WaitingAsync()).Single();
        await _bench.Switch.SetAsync(new SwitchState(true, FakePeople.Olga.Id, A.Noon, "the shop is down"), Cancel);

        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldStartWith("Not now: Everything is frozen");

        (await StoredAsync()).Spec.Automation.MaxCpa.ShouldBe(A.Usd(18));
    }

    [Fact]
    public async Task Whoever_has_a_role_in_one_account_changes_settings_there_and_nowhere_else()
    {
        Running();
        var here = Eva(Meta);
        var elsewhere = Eva(new AdAccountId("tiktok"));

        (await SetAsync("mode conservative", elsewhere)).Says.ShouldStartWith("Only ");
        (await SetAsync("mode conservative", here)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_limit_of_an_account_is_lifted_by_two()
    {
        await LimitedAsync(5_000);

        var (isAsked, says) = await AskAsync(5_000, 6_000, FakePeople.You);

        isAsked.ShouldBeTrue();
        says.ShouldBe("a1: asked, meta: $5,000 → $6,000 a day is not changed yet. That lifts a limit, so somebody else with the role Approver or Admin has to approve it.");
        (await LimitAsync()).ShouldBe(A.Usd(5_000));
        var asked = (await WaitingAsync()).ShouldHaveSingleItem();
        (await DecideAsync(asked, FakePeople.You)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await DecideAsync(asked, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await LimitAsync()).ShouldBe(A.Usd(6_000));
        _bench.Audit.All.ShouldContain(entry => entry.Kind == "setting" && entry.Says.Contains("most a day of meta $5,000 → $6,000 a day, approved by max", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_limit_that_was_tightened_since_it_was_asked_is_not_lifted_also_after_a_crash()
    {
        await LimitedAsync(5_000);
        await AskAsync(5_000, 6_000, FakePeople.You);
        var asked = (await WaitingAsync()).Single();
        await _bench.ApprovalStore.ChangeAsync(asked.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        await LimitedAsync(3_000);

        await _bench.Approvals.FinishAsync(Cancel);

        (await LimitAsync()).ShouldBe(A.Usd(3_000));
    }

    [Fact]
    public async Task Where_nobody_else_may_approve_a_limit_of_an_account_stays_and_it_is_said_how_to_add_somebody()
    {
        _bench = new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana));
        await LimitedAsync(5_000);

        var (isAsked, says) = await AskAsync(5_000, 6_000, FakePeople.You);

        isAsked.ShouldBeFalse();
        says.ShouldBe("Not done: meta: $5,000 → $6,000 a day. That lifts a limit, and nobody else here may approve that. An Admin gives somebody the role: \"people grant approver @ana\".");
    }

    private Campaign Running()
    {
        var campaign = A.Campaign();
        campaign = campaign with { Spec = campaign.Spec with { Automation = campaign.Spec.Automation with { Autonomy = Autonomy.Suggest, MinRoas = 2m } } };
        _bench.Campaigns.With(campaign);
        return campaign;
    }

    private Task OpenAsync(Campaign campaign) => _bench.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, new RuleId("cpa-ceiling"), Remedy.PauseCampaign, Severity.Critical,
            new Evidence("CPA", "$20", "$18"), A.Noon, IncidentState.Open),
        Cancel);

    private static AutomationSettings Now(Campaign campaign) => campaign.Spec.Automation;

    private static Person Eva(AdAccountId account) => FakePeople.Local("eva", Role.Viewer) with { AccountRoles = [new AccountRole(Role.Marketer, account)] };

    private Task<ControlAnswer> SetAsync(string wanted, Person by)
    {
        var desk = new SettingDesk(_bench.Campaigns, _bench.Caps, null!, _bench.Feed, _bench.Clock);
        var (name, value) = (wanted[..wanted.LastIndexOf(' ')], wanted[(wanted.LastIndexOf(' ') + 1)..]);
        return desk.SetAsync(A.Campaign().Id, now => Read(now, name, value), by, sure: false, Cancel);
    }

    private static SettingReading Read(Campaign now, string name, string value) => name switch
    {
        "mode" => CampaignSettings.Mode(now, value),
        "autonomy" => CampaignSettings.Autonomy(now, now.Spec.Automation.Autonomy!.Value, value),
        "max CPA" => CampaignSettings.MaxCpa(now, value == "off" ? null : A.Usd(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))),
        "target" => CampaignSettings.TargetCost(now, A.Usd(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))),
        "scaling" => CampaignSettings.Switch(now, name, value),
        _ => CampaignSettings.MinRoas(now, value),
    };

    private Task LimitedAsync(decimal to) =>
        _bench.Said.ChangeAsync(Meta, FakePeople.You.Id, [("most a day of meta", $"{to}")], said => said.With(Meta, said.Of(Meta) with { DailyLimit = to }), Cancel);

    private Task<(bool Asked, string Says)> AskAsync(decimal from, decimal to, Person by)
    {
        var move = new LimitMove(Meta, Currency.Usd, from, to);
        return new LimitRaises(_bench.Approvals, _bench.Second).AskAsync(new AskedLimits([move], [move.Words(to)]), by.Id, Cancel);
    }

    private async Task<Money?> LimitAsync() => (await _bench.SaidAccounts.GetAsync(Meta, Cancel)).DailyLimit;

    private async Task<Campaign> StoredAsync() => (await _bench.Campaigns.FindAsync(A.Campaign().Id, Cancel))!;

    private Task<IReadOnlyList<PendingApproval>> WaitingAsync() => _bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel);

    private Task<ApprovalAnswer> DecideAsync(PendingApproval asked, Person by) => _bench.Approvals.DecideAsync(asked.Id, by, true, asked.Shown, null, Cancel);
}
