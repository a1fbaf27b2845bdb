using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Creation;

public sealed class LaunchDeskTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pressing_launch_twice_makes_one_campaign()
    {
        var draft = await SavedAsync(A.Draft());
        var shown = LaunchDesk.DigestOf(draft);

        var answers = await Task.WhenAll(
            _bench.Launches.RequestAsync(draft, FakePeople.Ana, shown, Cancel), _bench.Launches.RequestAsync(draft, FakePeople.Ana, shown, Cancel));

        answers.ShouldAllBe(answer => answer is LaunchAnswer.Started);
        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_launch_that_cannot_be_put_on_record_has_not_begun()
    {
        var draft = await SavedAsync(A.Draft());
        _bench.Audit.Locked = true;
        await Should.ThrowAsync<IOException>(() => LaunchAsync(draft, _bench));

        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldBeEmpty();

        _bench.Audit.Locked = false;
        await LaunchAsync(draft, _bench);
        (await QueuedAsync()).ShouldBe(new CampaignId(draft.Id.Value));
    }

    [Fact]
    public async Task A_launch_that_was_kept_although_its_answer_was_lost_goes_on_and_is_told_so()
    {
        var draft = await SavedAsync(A.Draft());
        _bench.Audit.LosesAnswers = true;

        var answer = await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

        answer.ShouldBeOfType<LaunchAnswer.Started>();
        (await QueuedAsync()).ShouldBe(new CampaignId(draft.Id.Value));
        _bench.Audit.All.Count(entry => entry.Kind == "launch").ShouldBe(1);
    }

    [Fact]
    public async Task A_launch_goes_on_although_its_draft_cannot_be_deleted()
    {
        var draft = await SavedAsync(A.Draft());
        _bench.Drafts.Locked = true;
        await Should.ThrowAsync<IOException>(() => LaunchAsync(draft, _bench));

        (await QueuedAsync()).ShouldBe(new CampaignId(draft.Id.Value));
    }

    [Fact]
    public async Task Pressing_launch_again_makes_a_launch_go_on_that_hangs()
    {
        var draft = await SavedAsync(A.Draft());
        _bench.Campaigns.With(A.Campaign(CampaignStatus.Launching, draft.Id.Value));

        await LaunchAsync(draft, _bench);

        (await QueuedAsync()).ShouldBe(new CampaignId(draft.Id.Value));
        (await _bench.Drafts.FindAsync(draft.Id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task What_changed_since_it_was_shown_is_not_launched()
    {
        var draft = await SavedAsync(A.Draft());
        var shown = LaunchDesk.DigestOf(draft);

        var answer = await _bench.Launches.RequestAsync(draft with { MaxDailySpend = A.Usd(900) }, FakePeople.Ana, shown, Cancel);

        answer.ShouldBeOfType<LaunchAnswer.Changed>();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Hours_are_ours_to_keep_where_the_network_keeps_none(bool dayparting, bool byUs)
    {
        var bench = new Bench(1, A.Profile() with { Capabilities = new Automation.AdNetworks.NetworkCapabilities { Dayparting = dayparting } });
        var draft = await bench.Drafts.SaveAsync(A.Draft() with { Schedule = new Schedule(null, null, [6, 7]) }, Cancel);

        var answer = await bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

        answer.ShouldBeOfType<LaunchAnswer.Started>().Campaign.HoursByUs.ShouldBe(byUs);
    }

    [Fact]
    public async Task What_was_said_for_the_account_is_remembered_and_not_forgotten_by_the_next_launch()
    {
        var destination = A.Draft().Destination with { Pixel = "987", Payer = "Lumen", Beneficiary = "Quest" };
        await LaunchAsync(A.Draft() with { Destination = destination, MinorsBelow = 16 });
        await LaunchAsync(A.Draft("d-2") with { Name = "Second", Destination = A.Draft().Destination with { Pixel = "654", LeadForm = "11" } });

        (await _bench.Memory.OfAsync(A.Account(), Cancel)).ShouldBe(
            new Automation.Accounts.AccountDefaults { Pixel = "654", LeadForm = "11", Payer = "Lumen", Beneficiary = "Quest", MinorsBelow = 16 });
        (await _bench.Memory.OfAsync(A.Account("Other"), Cancel)).ShouldBe(new Automation.Accounts.AccountDefaults());
    }

    private async Task LaunchAsync(CampaignDraft draft) => await LaunchAsync(await SavedAsync(draft), _bench);

    private static async Task LaunchAsync(CampaignDraft saved, Bench bench) =>
        (await bench.Launches.RequestAsync(saved, FakePeople.Ana, LaunchDesk.DigestOf(saved), Cancel)).ShouldBeOfType<LaunchAnswer.Started>();

    /// <summary>The next campaign whose creation is to go on.</summary>
    private async Task<CampaignId> QueuedAsync()
    {
        await using var queued = _bench.Queue.TakeAsync(Cancel).GetAsyncEnumerator(Cancel);
        var next = queued.MoveNextAsync();

        next.IsCompleted.ShouldBeTrue("nothing stands in the queue");
        await next;
        return queued.Current;
    }

    [Fact]
    public async Task A_viewer_may_not_launch()
    {
        var draft = await SavedAsync(A.Draft());

        (await _bench.Launches.RequestAsync(draft, FakePeople.Local("stranger", Automation.People.Role.Viewer), LaunchDesk.DigestOf(draft), Cancel))
            .ShouldBeOfType<LaunchAnswer.NotAllowed>().Says.ShouldContain("Marketer");
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1000.01, true)]
    public async Task Above_the_limit_a_second_person_is_asked(double budget, bool asks)
    {
        var draft = await SavedAsync(A.Draft() with { BudgetAmount = A.Usd((decimal)budget), MaxDailySpend = A.Usd(2000) });

        var answer = await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);

        (answer is LaunchAnswer.WaitsForSecondPerson).ShouldBe(asks);
    }

    [Proves(58)]
    [Fact]
    public async Task A_second_person_launches_exactly_what_was_shown()
    {
        var (draft, approval) = await AskedAsync();

        var answer = await _bench.Approvals.DecideAsync(approval.Id, FakePeople.Max, true, approval.Shown, null, Cancel);

        answer.ShouldBeOfType<ApprovalAnswer.Decided>();
        var campaign = (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldHaveSingleItem();
        campaign.CreatedBy.ShouldBe(FakePeople.Ana.Id);
        campaign.DailyBudget.ShouldBe(A.Usd(1500));
    }

    [Proves(80, 81)]
    [Fact]
    public async Task Nothing_is_uploaded_before_the_approval_and_the_networks_id_of_each_file_is_kept_with_it()
    {
        var (draft, approval) = await AskedAsync();
        ((await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).Count, _bench.Network.Executed.Count, _bench.Intents.All.Count).ShouldBe((0, 0, 0));

        await _bench.Approvals.DecideAsync(approval.Id, FakePeople.Max, true, approval.Shown, null, Cancel);
        await _bench.Engine.ContinueAsync(await QueuedAsync(), Cancel);

        var upload = _bench.Intents.All.Single(intent => intent.Command is NetworkCommand.UploadCreative);
        ((NetworkCommand.UploadCreative)upload.Command).File.ShouldBe(draft.Creatives.Single().File);
        _bench.Network.Executed.Select(done => done.Command).OfType<NetworkCommand.CreateAd>().ShouldHaveSingleItem().Creative.ShouldBe(upload.Result.ShouldNotBeNull());
    }

    [Fact]
    public async Task Nobody_approves_their_own_request()
    {
        var draft = await SavedAsync(Large());
        var asked = (LaunchAnswer.WaitsForSecondPerson)await _bench.Launches.RequestAsync(draft, FakePeople.You, LaunchDesk.DigestOf(draft), Cancel);

        (await _bench.Approvals.DecideAsync(asked.Approval.Id, FakePeople.You, true, asked.Approval.Shown, null, Cancel))
            .ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("second person");
    }

    [Proves(58)]
    [Fact]
    public async Task A_draft_edited_after_asking_voids_the_request()
    {
        var (draft, approval) = await AskedAsync();
        await _bench.Drafts.SaveAsync(draft with { BudgetAmount = A.Usd(1900) }, Cancel);

        (await _bench.Approvals.DecideAsync(approval.Id, FakePeople.Max, true, approval.Shown, null, Cancel)).ShouldBeOfType<ApprovalAnswer.Refused>();
        (await _bench.ApprovalStore.FindAsync(approval.Id, Cancel))!.State.ShouldBe(ApprovalState.Void);
        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_decision_counts_and_the_second_is_told_whose_it_was()
    {
        var (_, approval) = await AskedAsync();
        await _bench.Approvals.DecideAsync(approval.Id, FakePeople.Max, false, approval.Shown, "too much", Cancel);

        (await _bench.Approvals.DecideAsync(approval.Id, FakePeople.You, true, approval.Shown, null, Cancel))
            .ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("was rejected by max at 2026-03-02 07:00 (UTC-05:00)");
    }

    [Fact]
    public async Task An_approval_that_a_crash_left_without_effect_is_finished_once()
    {
        var (draft, approval) = await AskedAsync();
        await _bench.ApprovalStore.ChangeAsync(
            approval.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id }, Cancel);

        await _bench.Approvals.FinishAsync(Cancel);
        await _bench.Approvals.FinishAsync(Cancel);

        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_approval_is_on_record_before_it_counts()
    {
        var (draft, approval) = await AskedAsync();
        _bench.Audit.Locked = true;

        await Should.ThrowAsync<IOException>(() => ApproveAsync(approval, FakePeople.Max));

        (await _bench.ApprovalStore.FindAsync(approval.Id, Cancel))!.State.ShouldBe(ApprovalState.Waiting);
        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_approval_that_cannot_be_carried_out_yet_counts_and_is_finished_later()
    {
        var (draft, approval) = await AskedAsync();
        _bench.Forecast.Fault = new IOException("database is locked");

        (await ApproveAsync(approval, FakePeople.Max)).ShouldBeOfType<ApprovalAnswer.Decided>().Says.ShouldBe(
            "Approved, but not carried out yet: database is locked. It is tried again every minute.");
        (await ApproveAsync(approval, FakePeople.You)).ShouldBeOfType<ApprovalAnswer.Refused>().Says.ShouldContain("not carried out yet");
        _bench.Feed.All.ShouldContain(told => told.Action.StartsWith("approved but not carried out yet", StringComparison.Ordinal));

        _bench.Forecast.Fault = null;
        (await _bench.Approvals.FinishAsync(Cancel)).ShouldBeEmpty();
        (await _bench.Campaigns.AllAsync(draft.Workspace, Cancel)).Count.ShouldBe(1);
        _bench.Feed.All.Count(told => told.Action.StartsWith("approved but not", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_decisions_at_once_leave_one_on_record()
    {
        var (_, approval) = await AskedAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(number => Task.Run(() => ApproveAsync(approval, number % 2 == 0 ? FakePeople.Max : FakePeople.You), Cancel)));

        answers.Count(answer => answer is ApprovalAnswer.Decided).ShouldBe(1);
        _bench.Audit.All.Count(entry => entry.Says.StartsWith("approved:", StringComparison.Ordinal)).ShouldBe(1);
        _bench.Audit.All.Count(entry => entry.Says.StartsWith("carried out:", StringComparison.Ordinal)).ShouldBe(1);
    }

    private Task<ApprovalAnswer> ApproveAsync(PendingApproval approval, Automation.People.Person by) =>
        _bench.Approvals.DecideAsync(approval.Id, by, true, approval.Shown, null, Cancel);

    private static CampaignDraft Large() => A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000) };

    private Task<CampaignDraft> SavedAsync(CampaignDraft draft) => _bench.Drafts.SaveAsync(draft, Cancel);

    private async Task<(CampaignDraft Draft, PendingApproval Approval)> AskedAsync()
    {
        var draft = await SavedAsync(Large());
        var answer = await _bench.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Cancel);
        return (draft, answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval);
    }
}
