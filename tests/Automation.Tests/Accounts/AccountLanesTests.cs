using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Accounts;

public sealed class AccountLanesTests
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly AdAccountId _slow = new("meta");
    private readonly AccountLanes _lanes;

    public AccountLanesTests() => _lanes = new AccountLanes(TimeSpan.FromMinutes(1), _machine);

    [Fact]
    public async Task Gives_the_result_of_work_that_ends_in_time() =>
        (await _lanes.TryAsync(_slow, () => Task.FromResult("done"))).ShouldBe("done");

    [Fact(Timeout = 30_000)]
    public async Task Leaves_behind_what_takes_long_and_gives_it_no_new_work_until_it_has_ended()
    {
        var never = new TaskCompletionSource<string>();
        using var end = TestContext.Current.CancellationToken.Register(() => never.TrySetCanceled());
        var first = _lanes.TryAsync(_slow, () => never.Task);
        _machine.Advance(TimeSpan.FromMinutes(1));
        (await first).ShouldBeNull();

        (await _lanes.TryAsync(_slow, () => Task.FromResult("again"))).ShouldBeNull();
        (await _lanes.TryAsync(new AdAccountId("tiktok"), () => Task.FromResult("other"))).ShouldBe("other");

        never.SetResult("late");
        (await _lanes.TryAsync(_slow, () => Task.FromResult("again"))).ShouldBe("again");
    }

    [Fact]
    public async Task Work_that_ends_in_the_moment_in_which_it_is_given_up_counts()
    {
        var work = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var machine = new LeapingAfter(() => work.TrySetResult("done"));
        var trying = new AccountLanes(TimeSpan.FromSeconds(15), machine).TryAsync(new AdAccountId("a"), () => work.Task);

        machine.Advance(TimeSpan.FromSeconds(15));

        (await trying).ShouldBe("done");
    }

    /// <summary>Something happens right before a timer is due.</summary>
    private sealed class LeapingAfter(Action happens) : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
            given =>
            {
                happens();
                callback(given);
            },
            state, dueTime, period);
    }
}
