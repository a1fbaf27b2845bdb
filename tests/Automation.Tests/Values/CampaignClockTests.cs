using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class CampaignClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Runs_faster_than_the_machine_from_its_own_start()
    {
        var clock = new CampaignClock(_machine, 60, Start);

        _machine.Advance(TimeSpan.FromSeconds(10));

        clock.GetUtcNow().ShouldBe(Start.AddMinutes(10));
    }

    [Fact]
    public void Timers_are_scaled_also_when_they_are_changed()
    {
        var fired = 0;
        var clock = new CampaignClock(_machine, 60, Start);
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        _machine.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(1);

        timer.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        _machine.Advance(TimeSpan.FromSeconds(4));
        fired.ShouldBe(1);
        _machine.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(2);
    }

    [Fact]
    public void Skips_forward_and_never_back()
    {
        var clock = new CampaignClock(_machine, 1, Start);

        clock.SkipTo(Start.AddDays(1));
        clock.SkipTo(Start);

        clock.GetUtcNow().ShouldBe(Start.AddDays(1));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(601)]
    public void A_speed_outside_1_to_600_is_refused(double speed) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new CampaignClock(_machine, speed));
}
