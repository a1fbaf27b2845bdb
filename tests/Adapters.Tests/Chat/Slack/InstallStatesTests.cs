using ChatOpsCampaigns.Adapters.Chat.Slack.Installing;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>An installation is ended by the browser that began it, once and soon.</summary>
public sealed class InstallStatesTests
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly InstallStates _states;

    public InstallStatesTests() => _states = new InstallStates(_machine);

    [Fact]
    public void What_was_begun_counts_once()
    {
        var state = _states.Begin();

        _states.TryTake(state, state).ShouldBeTrue();
        _states.TryTake(state, state).ShouldBeFalse();
    }

    [Fact]
    public void It_counts_for_ten_minutes()
    {
        var state = _states.Begin();
        _machine.Advance(InstallStates.Holds);

        _states.TryTake(state, state).ShouldBeFalse();
    }

    [Fact]
    public void Another_browser_ends_nothing_and_the_one_that_began_it_still_can()
    {
        var (mine, theirs) = (_states.Begin(), _states.Begin());

        _states.TryTake(mine, theirs).ShouldBeFalse();
        _states.TryTake(mine, null).ShouldBeFalse();
        _states.TryTake(null, mine).ShouldBeFalse();
        _states.TryTake("", "").ShouldBeFalse();
        _states.TryTake(mine, mine).ShouldBeTrue();
    }

    [Fact]
    public void What_nobody_began_counts_for_nothing_however_well_it_fits()
    {
        var made = new string('a', 64);

        _states.TryTake(made, made).ShouldBeFalse();
    }

    [Fact]
    public void However_often_the_page_is_opened_no_more_than_five_hundred_are_remembered_and_the_newest_counts()
    {
        var first = _states.Begin();
        _machine.Advance(TimeSpan.FromSeconds(1));
        var last = Enumerable.Range(0, 600).Select(_ => _states.Begin()).ToList()[^1];

        _states.TryTake(first, first).ShouldBeFalse();
        _states.TryTake(last, last).ShouldBeTrue();
    }
}
