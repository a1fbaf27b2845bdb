using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Creation;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Dialogs.Tests.Announcing;

/// <summary>A request that nobody decides, by people's own clock.</summary>
public sealed class WaitingRequestsTests
{
    private const string Launch = "launch \"Facebook installs US CA\" at $1,500 a day, at most $2,000 a day";

    private readonly ChatBench _bench = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_hour_whoever_may_decide_is_reminded_once()
    {
        await AskedAsync();
        await AfterAsync(TimeSpan.FromMinutes(59));
        _bench.SeenBy("max").ShouldNotContain(text => text.Contains("still waits"));

        await AfterAsync(TimeSpan.FromMinutes(1));
        await AfterAsync(TimeSpan.FromMinutes(30));

        foreach (var person in new[] { "max", "you" })
            _bench.SeenBy(person).Count(text => text.StartsWith("a1 still waits: ", StringComparison.Ordinal)).ShouldBe(1);

        _bench.SeenBy("max").ShouldContain($"a1 still waits: {Launch}. ana asked for it. Say \"approve a1\" or \"reject a1 <why>\".");
        _bench.Core.Audit.All.Count(entry => entry.Says.StartsWith("still waits: ", StringComparison.Ordinal)).ShouldBe(1);
        _bench.SeenBy("ana").ShouldNotContain(text => text.StartsWith("a1 still waits", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("max", "you")]
    [InlineData("you", "max")]
    public async Task One_who_cannot_be_reached_keeps_nobody_else_from_being_reminded(string closed, string other)
    {
        await AskedAsync();
        _bench.Channel.Closed = place => place.Value == $"local/{closed}" ? "they left" : null;

        await Should.ThrowAsync<AggregateException>(() => AfterAsync(TimeSpan.FromHours(1)));

        _bench.SeenBy(other).Count(text => text.StartsWith("a1 still waits: ", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task After_four_hours_admins_alone_are_told_that_nobody_decides()
    {
        await AskedAsync();

        await AfterAsync(TimeSpan.FromHours(4));
        await AfterAsync(TimeSpan.FromHours(1));

        _bench.SeenBy("you").Count(text => text.StartsWith("Nobody decides on a1, which ana asked for: ", StringComparison.Ordinal)).ShouldBe(1);
        _bench.SeenBy("max").ShouldNotContain(text => text.StartsWith("Nobody decides", StringComparison.Ordinal));
        _bench.Core.Audit.All.Count(entry => entry.Says.StartsWith("still waits: ", StringComparison.Ordinal)).ShouldBe(1, "who is told after four hours needs no reminder of the first");
    }

    [Fact]
    public async Task After_three_days_it_runs_out_and_whoever_asked_hears_how_to_ask_again()
    {
        var asked = await AskedAsync();

        await AfterAsync(TimeSpan.FromHours(72));

        (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!.State.ShouldBe(ApprovalState.Expired);
        _bench.SeenBy("ana").ShouldContain(
            $"Your request a1 ran out: {Launch}. Why: nobody decided within 72 h. Nothing was changed. To ask again, go on with your draft (\"drafts\") and say \"launch\".");
        await _bench.SayAsync("max", "approve a1", Now);
        _bench.SeenBy("max")[^1].ShouldStartWith("a1 ran out at ");
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_approved_before_the_time_is_over_and_carried_out_after_it_is_not_done_unless_it_had_begun(bool begun)
    {
        var asked = await AskedAsync();
        _bench.Core.Machine.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMinutes(1));
        _bench.Core.Forecast.Fault = begun ? null : new IOException("database is locked");
        await _bench.SayAsync("max", "approve a1", Now);
        _bench.Core.Forecast.Fault = null;
        if (begun)
            await _bench.Core.ApprovalStore.ChangeAsync(asked.Id, now => now with { CarriedOut = false }, Now);

        await AfterAsync(TimeSpan.FromMinutes(2));
        await AfterAsync(TimeSpan.FromMinutes(2));

        (await _bench.Core.ApprovalStore.FindAsync(asked.Id, Now))!.State.ShouldBe(begun ? ApprovalState.Approved : ApprovalState.Expired);
        (await _bench.Core.Campaigns.AllAsync(WorkspaceId.Local, Now)).Count.ShouldBe(begun ? 1 : 0);
    }

    private async Task AfterAsync(TimeSpan time)
    {
        _bench.Core.Machine.Advance(time);
        (await _bench.Core.Approvals.FinishAsync(Now)).ShouldBeEmpty();
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
    }

    private async Task<PendingApproval> AskedAsync()
    {
        var draft = await _bench.Core.Drafts.SaveAsync(A.Draft() with { BudgetAmount = A.Usd(1500), MaxDailySpend = A.Usd(2000) }, Now);
        var answer = await _bench.Core.Launches.RequestAsync(draft, FakePeople.Ana, LaunchDesk.DigestOf(draft), Now);
        await _bench.Approvals.RefreshAsync(WorkspaceId.Local, Now);
        return answer.ShouldBeOfType<LaunchAnswer.WaitsForSecondPerson>().Approval;
    }
}
