using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Bot.Measuring.Lines;

/// <summary>
/// A way to the simulated networks that takes time, sometimes much, and sometimes fails, before or after the call took effect. The n-th
/// call of an account fares the same in every run with the same seed.
/// </summary>
internal sealed class RoughLine(LineQuality quality, ulong seed, TimeProvider machine) : INetworkLine
{
    private readonly ConcurrentDictionary<AdAccountId, int> _calls = new();
    private long _requests;

    /// <summary>Calls so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Sees every call that was answered, and may change what a report shows.</summary>
    public ILineWatch Watch { get; set; } = new NobodyWatches();

    /// <summary>How many calls each account has had.</summary>
    public IReadOnlyDictionary<AdAccountId, int> Mark() => new Dictionary<AdAccountId, int>(_calls);

    /// <summary>The calls that follow fare as those did that followed the mark.</summary>
    public void GoBackTo(IReadOnlyDictionary<AdAccountId, int> mark)
    {
        _calls.Clear();
        foreach (var (account, calls) in mark)
            _calls[account] = calls;
    }

    public async Task<TAnswer> CarryAsync<TAnswer>(NetworkCall call, Func<TAnswer> ask, CancellationToken cancellationToken)
    {
        var began = machine.GetTimestamp();
        var fate = FateOf(call.Account);
        await WaitAsync(fate.Takes / 2, cancellationToken);
        if (fate.FailsBefore)
            throw Failed();

        var answer = ask();
        if (answer is AccountReading reading)
            answer = (TAnswer)(object)Watch.Shown(reading);

        await WaitAsync(fate.Takes / 2, cancellationToken);
        if (fate.FailsAfter)
            throw Failed();

        Watch.Answered(call, answer, began);
        return answer;
    }

    private (TimeSpan Takes, bool FailsBefore, bool FailsAfter) FateOf(AdAccountId account)
    {
        Interlocked.Increment(ref _requests);
        var number = _calls.AddOrUpdate(account, 1, (_, before) => before + 1);
        var stream = RandomStream.At(seed, RandomStream.NumberOf(account.Value), Purpose.Line, number);
        var takes = stream.Uniform() < quality.SlowShare ? quality.Slow : quality.Usual + (quality.Spread * stream.Uniform(-1, 1));
        var fails = stream.Uniform() < quality.FailedShare;
        var tookEffect = stream.Uniform() < 0.5;
        return (takes, fails && !tookEffect, fails && tookEffect);
    }

    private Task WaitAsync(TimeSpan span, CancellationToken cancellationToken) =>
        span > TimeSpan.Zero ? Task.Delay(span, machine, cancellationToken) : Task.CompletedTask;

    private static AdNetworkException Failed() => new(FaultKind.Unavailable, "The network answered with an error 500 (measurement).");

    private sealed class NobodyWatches : ILineWatch
    {
        public AccountReading Shown(AccountReading reading) => reading;

        public void Answered(NetworkCall call, object? answer, long began)
        {
        }
    }
}

/// <summary>Whoever measures looks at the calls themselves.</summary>
internal interface ILineWatch
{
    /// <summary>What the network's report shows at this moment.</summary>
    AccountReading Shown(AccountReading reading);

    /// <param name="began">The machine's timestamp when the call was made.</param>
    void Answered(NetworkCall call, object? answer, long began);
}
