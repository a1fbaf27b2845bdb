using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.People.Granting;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Approvals;

/// <summary>You asked for $700 a day instead of $500; the account may $1,000 a day. What stands between that and somebody's approval.</summary>
public sealed class ApprovalRefusalTests
{
    private readonly SafetyBench _safety = new(core: new Bench(accounts: A.Account() with { DailyLimit = A.Usd(1_000) }));
    private Campaign _campaign = A.Campaign();
    private PendingApproval _asked = null!;
    private Digest? _seen;

    private Bench Bench => _safety.Core;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, ApprovalState, string> Refusals => new()
    {
        { "the wrong person", ApprovalState.Waiting, "Only Approver or Admin may decide this; you are On-call." },
        { "its requester", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester under another name", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester from another chat, joined by a code", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester from another chat, who parted themselves", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester from another chat, known by the same address", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester under another id of the same chat, with the same address", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "its requester from another chat, by an address that it does not vouch for", ApprovalState.Waiting, "You asked for this yourself; a second person has to approve it." },
        { "somebody who could be its requester", ApprovalState.Waiting, "A chat does not say just now whether you and slack:U0ANA, who asked for this, are two people. Nothing was changed; say it again in a minute." },
        { "an approver who left their chat", ApprovalState.Waiting, "Guests, and people of other organisations, have no rights here. Ask somebody of the team to do it." },
        { "an approver of whom the chat says nothing", ApprovalState.Waiting, "Your chat does not say just now whether you still belong to it. Nothing was changed; say it again in a minute." },
        { "an approver of another account", ApprovalState.Waiting, "Only Approver or Admin may decide this; you are Viewer and Approver for tiktok." },
        { "an approver whose role was taken away after the card was shown", ApprovalState.Waiting, "Only Approver or Admin may decide this; you are Viewer." },
        { "a card that shows something else", ApprovalState.Waiting, "What you saw is no longer what was asked for; look at the present card first." },
        { "its time", ApprovalState.Expired, "a1 ran out at 2026-03-05 07:00 (UTC-05:00): nobody decided within 72 h. Nothing was changed. If it is still wanted, it has to be asked for anew." },
        { "a decision that was made", ApprovalState.Approved, "a1 was approved by max at 2026-03-02 07:00 (UTC-05:00): raise the daily budget of Facebook installs US CA from $500 to $700. It is done; \"status\" shows how things stand." },
        { "a newer request", ApprovalState.Void, "a1 was withdrawn at 2026-03-02 07:00 (UTC-05:00): a newer request took its place. Nothing was changed. If it is still wanted, it has to be asked for anew." },
        { "an earlier rejection", ApprovalState.Rejected, "a1 was rejected by max at 2026-03-02 07:00 (UTC-05:00): too much. Nothing was changed. If it is still wanted, it has to be asked for anew." },
        { "a limit for a day that is over", ApprovalState.Void, "It was asked for 2026-03-02, and that day is over." },
        { "a freeze", ApprovalState.Waiting, "Not now: Everything is frozen by olga (freeze everything); On-call or Admin say \"allow everything\" first. The request keeps waiting." },
        { "an open incident", ApprovalState.Waiting, "Not now: Incident i1 (highest cost per result) is open on Facebook installs US CA, and no more money goes out before it is closed: On-call or Admin say \"resume incident i1\". The request keeps waiting." },
        { "the limit of the account", ApprovalState.Waiting, "Not now: Facebook installs US CA would take $700 a day, and the other campaigns of meta may spend $500 already, of the $1,000 a day that the account may: at most $500 is left. Take that, or pause another or lower its budget first. The request keeps waiting." },
        { "a campaign that is gone", ApprovalState.Void, "The campaign is not known any more." },
        { "a moved budget", ApprovalState.Void, "The daily budget of Facebook installs US CA is $400 and no longer $500, from which it was asked for; ask again if it is still wanted." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task It_is_refused_with_its_reason_and_nothing_is_written_to_the_network(string because, ApprovalState state, string says)
    {
        await AskedAsync();
        var by = await MeanwhileAsync(because);
        var written = Bench.Network.Executed.Count;

        var answer = await Bench.Approvals.DecideAsync(_asked.Id, by, true, _seen ?? _asked.Shown, null, Cancel);

        answer.ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldBe(says);
        (await Bench.ApprovalStore.FindAsync(_asked.Id, Cancel))!.State.ShouldBe(state);
        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();
        Bench.Network.Executed.Count.ShouldBe(written);
    }

    [Theory]
    [InlineData("max")]
    [InlineData("an approver of this account")]
    [InlineData("somebody who is joined with another")]
    [InlineData("somebody of another chat whose address is another")]
    public async Task With_none_of_that_it_is_raised_once(string decider)
    {
        await AskedAsync();
        var by = await DeciderAsync(decider);

        (await Bench.Approvals.DecideAsync(_asked.Id, by, true, _asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();
        (await Bench.Approvals.DecideAsync(_asked.Id, by, true, _asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        Bench.Network.Executed.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_raise_is_approved_as_it_was_asked_for_or_not_at_all()
    {
        await AskedAsync();

        (await Bench.Approvals.ApproveWithAsync(_asked.Id, FakePeople.Max, new ApprovalChanges(A.Usd(600), null), _asked.Shown, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldBe(
            "Only a launch can be approved with changes. Reject this with your reason, or approve it as it was asked for. Nothing was changed.");

        (await Bench.ApprovalStore.FindAsync(_asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Waiting);
        Bench.Network.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_raise_that_was_approved_in_time_and_never_left_is_not_sent_when_the_time_is_over()
    {
        await AskedAsync();
        await Bench.ApprovalStore.ChangeAsync(_asked.Id, asked => asked with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        Bench.Machine.Advance(TimeSpan.FromHours(72));

        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();
        (await Bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();

        (await Bench.ApprovalStore.FindAsync(_asked.Id, Cancel))!.State.ShouldBe(ApprovalState.Expired);
        Bench.Network.Executed.ShouldBeEmpty();
    }

    private Task<Person> DeciderAsync(string decider) => decider switch
    {
        "an approver of this account" => GivenAsync(new PersonId("local:eva"), Role.Approver, "meta"),
        "somebody who is joined with another" => JoinedAsync(new PersonId("local:eva"), new PersonId("chat:U0EVA"), parted: false),
        "somebody of another chat whose address is another" => OfTwoChatsAsync("ana@example.com", "eva@example.com"),
        _ => Task.FromResult(FakePeople.Max),
    };

    private async Task<Person> GivenAsync(PersonId person, Role role, string? account)
    {
        await Bench.People.Roster.ChangeAsync(said => new RosterChange("", said with { Grants = said.Grants.Add(new Grant(person, role, account is null ? null : new AdAccountId(account), FakePeople.You.Id, A.Noon)) }), Cancel);
        return await Bench.People.GetAsync(person, Cancel);
    }

    /// <summary>An approver who has another id too.</summary>
    private async Task<Person> JoinedAsync(PersonId person, PersonId with, bool parted)
    {
        await Bench.People.Roster.ChangeAsync(said => new RosterChange("", said with { Joints = [new Joint([person, with], A.Noon, parted)] }), Cancel);
        return await GivenAsync(person, Role.Approver, null);
    }

    /// <summary>Somebody of Slack asked; an approver of Teams decides.</summary>
    private async Task<Person> OfTwoChatsAsync(string slack, string teams)
    {
        var (there, here) = (new KnownChat("slack"), new KnownChat("teams"));
        there.People["U0ANA"] = new Member("Ana", Belongs: true) { Email = slack };
        here.People["a1"] = new Member("Ana S.", Belongs: true) { Email = teams };
        there.IsSilent = slack.Length == 0;
        Bench.People.Chats.AddRange([there, here]);
        await Bench.ApprovalStore.ChangeAsync(_asked.Id, asked => asked with { RequestedBy = new PersonId("slack:U0ANA") }, Cancel);
        await GivenAsync(new PersonId("slack:U0ANA"), Role.Marketer, null);
        return await GivenAsync(new PersonId("teams:a1"), Role.Approver, null);
    }

    private KnownChat Chat(string name) => Bench.People.Chats.OfType<KnownChat>().Single(chat => chat.Channel == name);

    [Fact]
    public async Task A_higher_limit_that_was_approved_in_time_is_not_lifted_when_the_incident_closed_before_it_took_effect()
    {
        await AskedAsync();
        var waiting = await LimitAsync();
        await Bench.ApprovalStore.ChangeAsync(waiting.Id, asked => asked with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        await Bench.Incidents.ChangeAsync(new IncidentId(waiting.Subject), open => open with { State = IncidentState.Closed }, Cancel);

        await Bench.Approvals.FinishAsync(Cancel);

        (await _safety.CampaignAsync(_campaign)).CapForToday.ShouldBeNull();
        (await Bench.ApprovalStore.FindAsync(waiting.Id, Cancel))!.CarriedOut.ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_whose_account_is_gone_keeps_no_approved_one_from_being_carried_out()
    {
        await AskedAsync();
        await Bench.ApprovalStore.ChangeAsync(_asked.Id, asked => asked with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = A.Noon }, Cancel);
        var raised = _campaign;
        _campaign = raised with { Id = new CampaignId("c-lost"), Handle = "c2", Spec = raised.Spec with { Account = new AdAccountId("gone") } };
        Bench.Campaigns.With(_campaign);
        var waiting = await LimitAsync();

        var failed = await Bench.Approvals.FinishAsync(Cancel);

        failed.ShouldHaveSingleItem().Approval.Id.ShouldBe(waiting.Id);
        (await Bench.ApprovalStore.FindAsync(waiting.Id, Cancel))!.State.ShouldBe(ApprovalState.Waiting);
        Bench.Network.Executed.ShouldHaveSingleItem().Command.Campaign.ShouldBe(raised.Id);
    }

    private async Task AskedAsync()
    {
        _campaign = _safety.Running();
        _campaign = _campaign with { Spec = _campaign.Spec with { Budget = _campaign.Spec.Budget with { MaxDailySpend = A.Usd(900) } } };
        Bench.Campaigns.With(_campaign);
        await _safety.Monitor.SweepAsync(Cancel);
        (await BudgetAsync(700)).Done.ShouldBeFalse();
        _asked = (await Bench.ApprovalStore.WaitingAsync(WorkspaceId.Local, Cancel)).Single();
    }

    private Task<ControlAnswer> BudgetAsync(decimal to) => _safety.Control.SetBudgetAsync(_campaign.Id, FakePeople.You, A.Usd(to), Cancel);

    /// <summary>What came between the request and the decision. Who decides then.</summary>
    private async Task<Person> MeanwhileAsync(string because)
    {
        switch (because)
        {
            case "the wrong person":
                return FakePeople.Olga;
            case "its requester":
                return FakePeople.You;
            case "its requester under another name":
                return FakePeople.You with { Name = "max" };
            case "its requester from another chat, joined by a code":
                return await JoinedAsync(new PersonId("local:robin"), FakePeople.You.Id, parted: false);
            case "its requester from another chat, who parted themselves":
                return await JoinedAsync(new PersonId("local:robin"), FakePeople.You.Id, parted: true);
            case "its requester from another chat, known by the same address":
                return await OfTwoChatsAsync("ana@example.com", "Ana@Example.com");
            case "its requester under another id of the same chat, with the same address":
                var same = await OfTwoChatsAsync("ana@example.com", "ana@example.com");
                await Bench.ApprovalStore.ChangeAsync(_asked.Id, asked => asked with { RequestedBy = new PersonId("teams:a2") }, Cancel);
                Chat("teams").People["a2"] = new Member("Ana", Belongs: true) { Email = "ana@example.com" };
                return same;
            case "its requester from another chat, by an address that it does not vouch for":
                var claimed = await OfTwoChatsAsync("ana@example.com", "as@corp.example");
                Chat("teams").People["a1"] = Chat("teams").People["a1"] with { Unproven = "ana@example.com" };
                return claimed;
            case "somebody who could be its requester":
                return await OfTwoChatsAsync("", "ana@example.com");
            case "an approver who left their chat":
                var gone = await OfTwoChatsAsync("ana@example.com", "eva@example.com");
                Chat("teams").People["a1"] = new Member("Eva", Belongs: false);
                return gone;
            case "an approver of whom the chat says nothing":
                var unknown = await OfTwoChatsAsync("ana@example.com", "eva@example.com");
                Chat("teams").IsSilent = true;
                return unknown;
            case "an approver of another account":
                return await GivenAsync(new PersonId("local:eva"), Role.Approver, "tiktok");
            case "its time":
                Bench.Machine.Advance(TimeSpan.FromHours(72));
                break;
            case "a decision that was made":
                await Bench.Approvals.DecideAsync(_asked.Id, FakePeople.Max, true, _asked.Shown, null, Cancel);
                break;
            case "an approver whose role was taken away after the card was shown":
                return FakePeople.Max with { Roles = [Role.Viewer] };
            case "a card that shows something else":
                _seen = Digest.Of("another");
                break;
            case "a newer request":
                await BudgetAsync(720);
                break;
            case "an earlier rejection":
                await Bench.Approvals.DecideAsync(_asked.Id, FakePeople.Max, false, _asked.Shown, "too much", Cancel);
                break;
            case "a limit for a day that is over":
                _asked = await LimitAsync();
                Bench.Machine.Advance(TimeSpan.FromDays(1));
                break;
            case "a freeze":
                await _safety.Everything.FreezeAsync(FakePeople.Olga, Cancel);
                break;
            case "an open incident":
                await OpenAsync();
                break;
            case "the limit of the account":
                _safety.Running("c-2");
                await _safety.Monitor.SweepAsync(Cancel);
                break;
            case "a campaign that is gone":
                Bench.Campaigns.With(_campaign with { Network = NetworkIds.None });
                break;
            default:
                await BudgetAsync(400);
                break;
        }

        return FakePeople.Max;
    }

    private async Task<Incident> OpenAsync() => (await Bench.Incidents.OpenAsync(
        new Incident(
            IncidentId.New(), _campaign.Workspace, _campaign.Account, _campaign.Id, _campaign.Name, new RuleId("cpa-ceiling"), Remedy.ReduceBid, Severity.High,
            new Evidence("CPA", "$20", "$18"), A.Noon, IncidentState.Open),
        Cancel)).Incident;

    private async Task<PendingApproval> LimitAsync()
    {
        var lifted = new LiftedCap((await OpenAsync()).Id, _campaign.Id, new DayCap(A.Account().DayAt(A.Noon), A.Usd(1_000)));
        var details = JsonSerializer.Serialize(lifted);
        return await Bench.Approvals.RequestAsync(
            _asked with { Id = ApprovalId.New(), Kind = ApprovalKind.LiftCap, Subject = lifted.Incident.Value, Details = details, Shown = Digest.Of(details) }, Cancel);
    }
}
