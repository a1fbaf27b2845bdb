using ChatOpsCampaigns.Adapters.Persistence.Stores;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Adapters.Tests.Persistence;

/// <summary>A request that nobody decides, looked after by a program that is started anew before each look: every step is taken once, on record.</summary>
public abstract class WaitingRequestsTests(Engine engine) : StoreSuite(engine), IApprovalEffect
{
    private int _carriedOut;

    ApprovalKind IApprovalEffect.Kind => ApprovalKind.Raise;

    [Fact]
    public async Task It_is_reminded_of_told_to_Admins_and_runs_out_once_each_over_restarts()
    {
        var asked = await AskedAsync();

        (await AfterAsync(TimeSpan.FromMinutes(59))).ShouldBe((false, false, ApprovalState.Waiting));
        (await AfterAsync(TimeSpan.FromMinutes(1))).ShouldBe((true, false, ApprovalState.Waiting));
        (await AfterAsync(TimeSpan.FromHours(3))).ShouldBe((true, true, ApprovalState.Waiting));
        (await AfterAsync(TimeSpan.FromHours(67))).ShouldBe((true, true, ApprovalState.Waiting));
        (await AfterAsync(TimeSpan.FromHours(1))).ShouldBe((true, true, ApprovalState.Expired));
        await AfterAsync(TimeSpan.FromHours(1));

        (await SaidAsync()).ShouldBe(["still waits: a raise", "still waits: a raise", "ran out: a raise"]);
        (await new ApprovalStore(Store.Again(), Store.Audit).FindAsync(asked.Id, Cancel))!.Why.ShouldBe("nobody decided within 72 h");
        _carriedOut.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_approved_before_the_end_is_carried_out_once_by_the_next_start_and_what_comes_too_late_never()
    {
        var asked = await AskedAsync();
        Store.Machine.Advance(TimeSpan.FromHours(71.9));
        await ApprovedAsync(asked);
        await Desk().FinishAsync(Cancel);
        await Desk().FinishAsync(Cancel);
        _carriedOut.ShouldBe(1);

        var late = await AskedAsync();
        Store.Machine.Advance(TimeSpan.FromHours(71.9));
        await ApprovedAsync(late);
        Store.Machine.Advance(TimeSpan.FromMinutes(10));
        await Desk().FinishAsync(Cancel);

        _carriedOut.ShouldBe(1);
        (await new ApprovalStore(Store.Again(), Store.Audit).FindAsync(late.Id, Cancel))!.State.ShouldBe(ApprovalState.Expired);
    }

    Task<ApprovalObjection?> IApprovalEffect.ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken) => Task.FromResult<ApprovalObjection?>(null);

    Task<bool> IApprovalEffect.HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) => Task.FromResult(false);

    Task<string> IApprovalEffect.CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        _carriedOut++;
        return Task.FromResult("done");
    }

    /// <summary>As the next start of the program has it: nothing is known but what was kept.</summary>
    private ApprovalDesk Desk() => new(
        new ApprovalStore(Store.Again(), Store.Audit), [this], new ApprovalVoice(Store.Feed, new FakeAccounts(), Store.Clock), new FakePeople(), new ApprovalClock(Store.Machine, ApprovalTimes.Default));

    private async Task<(bool Reminded, bool Escalated, ApprovalState State)> AfterAsync(TimeSpan time)
    {
        Store.Machine.Advance(time);
        (await Desk().FinishAsync(Cancel)).ShouldBeEmpty();
        (await Desk().FinishAsync(Cancel)).ShouldBeEmpty();
        var now = (await new ApprovalStore(Store.Again(), Store.Audit).LatestAsync(WorkspaceId.Local, 1, Cancel)).ShouldHaveSingleItem();
        return (now.RemindedAt is not null, now.EscalatedAt is not null, now.State);
    }

    private Task<PendingApproval> AskedAsync()
    {
        var id = Guid.NewGuid().ToString("N");
        return new ApprovalStore(Store.Database, Store.Audit).AddAsync(
            new PendingApproval(new ApprovalId(id), WorkspaceId.Local, null, ApprovalKind.Raise, id, new Digest("d"), "a raise", FakePeople.Ana.Id, Store.Machine.GetUtcNow(), ApprovalState.Waiting), Entry("asked"), Cancel);
    }

    /// <summary>Decided, and the program died before anything came of it.</summary>
    private Task<PendingApproval> ApprovedAsync(PendingApproval asked) => new ApprovalStore(Store.Database, Store.Audit).ChangeAsync(
        asked.Id, now => now with { State = ApprovalState.Approved, DecidedBy = FakePeople.Max.Id, DecidedAt = Store.Machine.GetUtcNow() }, Entry("approved"), Cancel);

    private static AuditEntry Entry(string says) => new(WorkspaceId.Local, null, null, FakePeople.Ana.Id, "approval", says, []);

    private async Task<IReadOnlyList<string>> SaidAsync() =>
        [.. (await Store.Feed.LatestAsync(WorkspaceId.Local, null, 40, Cancel)).Where(happened => happened.Kind == FeedKind.Approval).Reverse().Select(happened => happened.Action)];
}

public sealed class WaitingRequestsTestsOnSqlite() : WaitingRequestsTests(Engine.Sqlite);

public sealed class WaitingRequestsTestsOnPostgres() : WaitingRequestsTests(Engine.Postgres);
