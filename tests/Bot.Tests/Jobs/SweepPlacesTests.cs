using ChatOpsCampaigns.Bot.Jobs.Sweeping;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Bot.Tests.Jobs;

public sealed class SweepPlacesTests
{
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly TaskCompletionSource _never = new();
    private int _begun;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Sweeps_that_hang_never_end_the_sweeping()
    {
        var places = new SweepPlaces(_machine);
        for (var sweep = 0; sweep < 20; sweep++)
            places.Begin(HangAsync, Cancel);
        _begun.ShouldBe(8);

        _machine.Advance(TimeSpan.FromSeconds(61));
        places.Begin(HangAsync, Cancel).ShouldBe(8);

        _begun.ShouldBe(9);
    }

    [Fact]
    public void A_sweep_that_has_ended_holds_no_place()
    {
        var places = new SweepPlaces(_machine);
        for (var sweep = 0; sweep < 20; sweep++)
            places.Begin(_ => Task.FromResult(_begun++), Cancel);

        _begun.ShouldBe(20);
    }

    [Fact]
    public void After_a_quarter_of_an_hour_a_sweep_is_told_to_end()
    {
        var told = false;
        new SweepPlaces(_machine).Begin(
            token =>
            {
                token.Register(() => told = true);
                return _never.Task;
            },
            Cancel);

        _machine.Advance(TimeSpan.FromMinutes(15));

        told.ShouldBeTrue();
    }

    private Task HangAsync(CancellationToken cancellationToken)
    {
        _begun++;
        return _never.Task;
    }
}
