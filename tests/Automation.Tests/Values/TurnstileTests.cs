using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Tests.Values;

public sealed class TurnstileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Turnstile _turnstile = new();

    [Fact]
    public async Task One_key_lets_one_through_at_a_time()
    {
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            using var turn = await _turnstile.EnterAsync("a", Cancel);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }, Cancel)));

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Another_key_does_not_wait()
    {
        using var held = await _turnstile.EnterAsync("a", Cancel);

        _turnstile.EnterAsync("b", Cancel).IsCompletedSuccessfully.ShouldBeTrue();
        _turnstile.EnterAsync("a", Cancel).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Giving_up_waiting_leaves_the_turn_to_the_next()
    {
        using var impatient = new CancellationTokenSource();
        var held = await _turnstile.EnterAsync("a", Cancel);
        var givenUp = _turnstile.EnterAsync("a", impatient.Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => givenUp);

        held.Dispose();

        (await _turnstile.EnterAsync("a", Cancel)).Dispose();
    }
}
