using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class ForwardClockTests
{
    private readonly FakeTimeProvider _ticks = new(A.Noon);
    private readonly JumpingClock _hands;
    private readonly ForwardClock _clock;

    public ForwardClockTests()
    {
        _hands = new JumpingClock(_ticks);
        _clock = new ForwardClock(_hands);
    }

    [Fact]
    public void It_follows_hands_that_are_set_ahead()
    {
        _hands.Off = TimeSpan.FromHours(1);

        _clock.GetUtcNow().ShouldBe(A.Noon.AddHours(1));
    }

    [Fact]
    public void It_runs_on_at_its_own_pace_when_they_are_set_back()
    {
        _ticks.Advance(TimeSpan.FromMinutes(1));
        _clock.GetUtcNow();
        _hands.Off = TimeSpan.FromDays(-1);

        _clock.GetUtcNow().ShouldBe(A.Noon.AddMinutes(1));
        _ticks.Advance(TimeSpan.FromMinutes(1));
        _clock.GetUtcNow().ShouldBe(A.Noon.AddMinutes(2));
    }

    [Fact]
    public void It_never_runs_backwards_whatever_is_done_to_the_hands()
    {
        var random = new Random(1);
        var last = _clock.GetUtcNow();
        for (var turn = 0; turn < 10_000; turn++)
        {
            _hands.Off = TimeSpan.FromSeconds(random.Next(-100_000, 100_000));
            _ticks.Advance(TimeSpan.FromMilliseconds(random.Next(1, 1000)));

            var now = _clock.GetUtcNow();
            now.ShouldBeGreaterThan(last);
            last = now;
        }
    }
}
