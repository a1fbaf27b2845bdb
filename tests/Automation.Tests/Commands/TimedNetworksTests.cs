using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class TimedNetworksTests
{
    private readonly Bench _bench = new();

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(IAdNetwork.ReadAccountAsync))]
    [InlineData(nameof(IAdNetwork.FindCampaignAsync))]
    [InlineData(nameof(IAdNetwork.FindByKeyAsync))]
    [InlineData(nameof(IAdNetwork.FindAudiencesAsync))]
    [InlineData(nameof(IAdNetwork.ExecuteAsync))]
    public async Task Every_call_that_never_answers_ends_after_ten_seconds_with_an_unknown_outcome(string call)
    {
        _bench.Network.Hangs.Add(call);

        var asked = AskAsync(call, TestContext.Current.CancellationToken);
        _bench.Machine.Advance(TimeSpan.FromSeconds(9));
        asked.IsCompleted.ShouldBeFalse();
        _bench.Machine.Advance(TimeSpan.FromSeconds(1));

        var fault = await Should.ThrowAsync<AdNetworkException>(() => asked);
        (fault.Kind, fault.IsTransient, fault.OutcomeIsUnknown).ShouldBe((FaultKind.TimedOut, true, true));
        fault.Message.ShouldBe("Meta Ads did not answer within 10 seconds.");
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_asked_and_ends_is_not_told_that_the_network_was_silent()
    {
        _bench.Network.Hangs.Add(nameof(IAdNetwork.ReadAccountAsync));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var asked = AskAsync(nameof(IAdNetwork.ReadAccountAsync), ends.Token);
        await ends.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false, "timed_out")]
    [InlineData(true, "cancelled")]
    public async Task A_call_counts_as_timed_out_where_its_askers_own_limit_is_up_and_as_cancelled_where_the_program_ends(bool ends, string outcome)
    {
        var silent = new FakeNetwork(A.Profile("Silent"), _bench.Machine);
        silent.Hangs.Add(nameof(IAdNetwork.ReadAccountAsync));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var counted = new CountedCalls("Silent");
        var account = A.Account("Silent");

        var asked = new TimedNetworks(new FakeNetworks(silent), _bench.Machine, ends ? limit.Token : CancellationToken.None).For(account, account.Mode).ReadAccountAsync(account, limit.Token);
        await limit.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        counted.Outcomes.ShouldBe([outcome]);
    }

    [Fact]
    public async Task What_the_network_itself_says_comes_through_as_it_is()
    {
        _bench.Network.ReadFault = new AdNetworkException(FaultKind.Unauthorized, "the token was revoked");

        (await Should.ThrowAsync<AdNetworkException>(() => AskAsync(nameof(IAdNetwork.ReadAccountAsync), TestContext.Current.CancellationToken))).ShouldBeSameAs(_bench.Network.ReadFault);
    }

    private Task AskAsync(string call, CancellationToken cancellationToken)
    {
        var account = A.Account();
        var network = _bench.Asked.For(account, account.Mode);
        var target = new ExternalId("n1");
        return call switch
        {
            nameof(IAdNetwork.ReadAccountAsync) => network.ReadAccountAsync(account, cancellationToken),
            nameof(IAdNetwork.FindCampaignAsync) => network.FindCampaignAsync(account, target, cancellationToken),
            nameof(IAdNetwork.FindByKeyAsync) => network.FindByKeyAsync(account, new CommandKey("k"), cancellationToken),
            nameof(IAdNetwork.FindAudiencesAsync) => network.FindAudiencesAsync(account, cancellationToken),
            _ => network.ExecuteAsync(account, new NetworkCommand.Pause(account.Id, new CampaignId("c-1"), target), new CommandKey("k"), cancellationToken),
        };
    }

    /// <summary>What came of each call to one network.</summary>
    private sealed class CountedCalls : IDisposable
    {
        private readonly MeterListener _listener = new();

        public CountedCalls(string network)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "chatops.network.calls")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
                if (named["network"] == network)
                    Outcomes.Enqueue(named["outcome"]!);
            });
            _listener.Start();
        }

        public ConcurrentQueue<string> Outcomes { get; } = new();

        public void Dispose() => _listener.Dispose();
    }
}
