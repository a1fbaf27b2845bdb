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
}
