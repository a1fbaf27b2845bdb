using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Incidents.Judging;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using CsCheck;

namespace ChatOpsCampaigns.Automation.Tests.Incidents;

public sealed class IncidentDeskTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_is_refused_with_the_rules_sentence_while_the_cause_holds()
    {
        var (campaign, incident) = await StoppedAsync();

        var answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldContain("daily cap");
        answer.WaysOut.Count.ShouldBe(2);
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Proves(118)]
    [Fact]
    public async Task Resume_works_the_next_day_and_the_campaign_is_not_stopped_again()
    {
        var (campaign, incident) = await StoppedAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(24));
        _bench.Spend[campaign.Id] = 0;

        var answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);
        await _bench.Monitor.SweepAsync(Cancel);

        answer.Done.ShouldBeTrue(answer.Says);
        var now = await _bench.CampaignAsync(campaign);
        (now.Status, now.LastResumedAt).ShouldBe((CampaignStatus.Active, _bench.Core.Clock.GetUtcNow()));
        _bench.Core.Incidents.All.Single().Resolution.ShouldBe("resumed by olga after 24 h");
    }

    [Fact]
    public async Task What_the_network_reviews_again_is_not_taken_for_running()
    {
        var (campaign, incident) = await StoppedAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(24));
        _bench.Spend[campaign.Id] = 0;
        _bench.Core.Network.ReviewsFirst = true;

        (await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();

        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.InReview);
    }

    [Fact]
    public async Task Two_who_acknowledge_in_one_moment_are_told_who_was_first()
    {
        var (_, incident) = await StoppedAsync();
        var before = _bench.Core.Feed.All.Count;

        var answers = await Task.WhenAll(
            [.. new[] { FakePeople.Olga, FakePeople.You }.SelectMany(person => Enumerable.Repeat(person, 4)).Select(person => Task.Run(() => _bench.Desk.AcknowledgeAsync(incident.Id, person, Cancel), Cancel))]);

        var by = _bench.Core.Incidents.All.Single().AcknowledgedBy.ShouldNotBeNull();
        answers.Count(answer => answer.Done).ShouldBe(1);
        answers.Where(answer => !answer.Done).ShouldAllBe(answer => answer.Says.Contains($"{by} has it since 2026-03-02 07:00 (UTC-05:00)"));
        _bench.Core.Incidents.All.Single().Notes.Count(note => note.Says == "acknowledged").ShouldBe(1);
        (_bench.Core.Feed.All.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_higher_limit_needs_a_second_person_and_then_resume_works()
    {
        var (_, incident) = await StoppedAsync();

        (await _bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.You, A.Usd(1200), Cancel)).Done.ShouldBeTrue();
        var asked = (await _bench.Core.ApprovalStore.WaitingAsync(incident.Workspace, Cancel)).Single();
        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.You, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await _bench.Approvals.DecideAsync(asked.Id, FakePeople.Max, true, asked.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Decided>();

        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(16));
        var answer = await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel);
        answer.Done.ShouldBeTrue(answer.Says);
    }

    [Theory]
    [InlineData("meta", "Kept: the stop of ")]
    [InlineData("tiktok", "Only ")]
    public async Task Whoever_is_on_call_for_one_account_judges_its_stops_and_no_others(string account, string says)
    {
        var (_, incident) = await StoppedAsync();
        var eva = FakePeople.Local("eva", Role.Viewer) with { AccountRoles = [new AccountRole(Role.OnCall, new AdAccountId(account))] };

        (await new StopJudgement(_bench.Book, _bench.Voice, _bench.Core.Clock).SayAsync(incident.Id, right: true, eva, Cancel)).ShouldStartWith(says);
    }

    [Fact]
    public async Task A_higher_limit_that_nobody_else_may_approve_says_how_somebody_is_added()
    {
        var bench = new SafetyBench(core: new Bench(people: new FakePeople(FakePeople.You, FakePeople.Ana)));
        var (_, incident) = await StoppedAsync(bench);

        var answer = await bench.Desk.RequestHigherCapAsync(incident.Id, FakePeople.You, A.Usd(1200), Cancel);

        answer.Done.ShouldBeFalse();
        answer.Says.ShouldBe("Not asked: a second person has to approve $1,200 today instead of $750, and nobody else here may.");
        answer.WaysOut.ShouldBe(["add somebody first: an Admin says \"people grant approver @ana\", and then it can be asked for", "or wait for the account's midnight, when the day begins anew"]);
        (await bench.Core.ApprovalStore.WaitingAsync(incident.Workspace, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_without_the_permission_resumes()
    {
        var (_, incident) = await StoppedAsync();
        _bench.Spend[incident.Campaign] = 800;

        (await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Ana, Cancel)).Says.ShouldContain("On-call");
        (await _bench.Control.ResumeAsync(incident.Campaign, FakePeople.You, Cancel)).Done.ShouldBeFalse();
    }

    [Proves(120, 138)]
    [Fact]
    public async Task Roll_back_puts_levers_back_and_skips_one_that_somebody_moved_since()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        (await _bench.Control.SetBudgetAsync(campaign.Id, FakePeople.Ana, A.Usd(600), Cancel)).Done.ShouldBeTrue();
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        (await _bench.Control.SetBidAsync(campaign.Id, FakePeople.Ana, A.Usd(14), Cancel)).Done.ShouldBeTrue();
        _bench.Spend[campaign.Id] = 800;
        await _bench.Monitor.SweepAsync(Cancel);
        var incident = _bench.Core.Incidents.All.Single();
        _bench.Core.Network.Put(_bench.Core.Network.Campaigns.Single() with { DailyBudget = A.Usd(650) });

        (await _bench.Desk.RollBackPlanAsync(incident.Id, Cancel)).Moves.Select(move => move.Lever).ShouldBe(["bid", "daily budget"]);
        var answer = await _bench.Desk.RollBackAsync(incident.Id, FakePeople.Olga, Cancel);

        answer.Says.ShouldContain("bid $14 → $12");
        answer.Says.ShouldContain("daily budget left alone");
        (await _bench.CampaignAsync(campaign)).Status.ShouldBe(CampaignStatus.Stopped);
    }

    [Fact]
    public async Task Stop_everything_pauses_all_refuses_resumes_and_allowing_resumes_nothing()
    {
        for (var i = 0; i < 5; i++)
            _bench.Running($"c-{i}");

        (await _bench.Everything.StopAsync(FakePeople.Ana, Cancel)).ShouldStartWith("Only");
        (await _bench.Everything.StopAsync(FakePeople.Olga, Cancel)).ShouldContain("5 paused, 0 not confirmed");
        var incident = _bench.Core.Incidents.All[0];
        (await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel)).Says.ShouldContain("frozen");

        (await _bench.Everything.AllowAsync(FakePeople.Olga, Cancel)).ShouldContain("Nothing was resumed");
        _bench.Core.Network.Campaigns.ShouldAllBe(campaign => campaign.Status == NetworkStatus.Paused);
        (await _bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, Cancel)).Done.ShouldBeTrue();
    }

    [Proves(135)]
    [Fact]
    public Task No_sequence_brings_a_stopped_campaign_back_without_an_authorised_resume() => Gen.Int[0, 6].Array[1, 12].SampleAsync(async steps =>
    {
        var bench = new SafetyBench();
        var campaign = bench.Running(spend: 800);
        await bench.Monitor.SweepAsync(CancellationToken.None);
        var incident = bench.Core.Incidents.All.Single();
        foreach (var step in steps)
        {
            bench.Core.Machine.Advance(TimeSpan.FromMinutes(7));
            _ = step switch
            {
                0 => (object)await bench.Desk.ResumeAsync(incident.Id, FakePeople.Ana, CancellationToken.None),
                1 => await bench.Control.ResumeAsync(campaign.Id, FakePeople.You, CancellationToken.None),
                2 => await bench.Desk.RollBackAsync(incident.Id, FakePeople.Olga, CancellationToken.None),
                3 => await bench.Everything.AllowAsync(FakePeople.Olga, CancellationToken.None),
                4 => await bench.Desk.ResumeAsync(incident.Id, FakePeople.Olga, CancellationToken.None),
                5 => await bench.Desk.AcknowledgeAsync(incident.Id, FakePeople.Olga, CancellationToken.None),
                _ => await bench.Monitor.SweepAsync(CancellationToken.None),
            };
        }

        var shown = bench.Core.Network.Campaigns.Single().Status;
        return shown == NetworkStatus.Paused && (await bench.CampaignAsync(campaign)).Status == CampaignStatus.Stopped;
    }, iter: Cases.OfLaws);

    private Task<(Campaign Campaign, Incident Incident)> StoppedAsync() => StoppedAsync(_bench);

    private static async Task<(Campaign Campaign, Incident Incident)> StoppedAsync(SafetyBench bench)
    {
        var campaign = bench.Running(spend: 800);
        await bench.Monitor.SweepAsync(Cancel);
        return (campaign, bench.Core.Incidents.All.Single());
    }
}
