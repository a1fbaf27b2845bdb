using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Faults;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Automation.Tests.Commands;

public sealed class FaultyTests
{
    private readonly Bench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public interface IPort
    {
        Task<int> AskAsync(string what, CancellationToken cancellationToken);

        Task TellAsync(string what, CancellationToken cancellationToken);
    }

    [Fact]
    public async Task A_slow_call_takes_up_to_fifteen_seconds_and_as_long_again_with_the_same_seed()
    {
        var took = await TookAsync(1);

        took.ShouldAllBe(one => one < TimeSpan.FromSeconds(15));
        took.ShouldContain(one => one > TimedNetworks.Longest);
        took.ShouldContain(one => one < TimeSpan.FromSeconds(4));
        (await TookAsync(1)).ShouldBe(took);
        (await TookAsync(2)).ShouldNotBe(took);
    }

    [Fact]
    public async Task Whoever_does_not_wait_for_a_slow_network_is_told_that_it_timed_out_though_it_did_what_was_asked()
    {
        _bench.Network.Put(A.AtNetwork(A.Campaign()));
        var slow = Faulty.Around<IAdNetwork>(_bench.Network, new FaultPlan(1, 1), Manners.Network with { Possible = _ => [Fault.Slow] }, _bench.Machine);
        var timed = new TimedNetworks(new OneNetwork(slow), _bench.Machine).For(A.Account(), NetworkMode.Simulated);
        var silent = 0;
        for (var time = 0; time < 20; time++)
        {
            try
            {
                await timed.ExecuteAsync(A.Account(), new NetworkCommand.Pause(A.Account().Id, A.Campaign().Id, new ExternalId("n1")), new CommandKey($"k-{time}"), Cancel);
            }
            catch (AdNetworkException fault) when (fault.Kind == FaultKind.TimedOut)
            {
                silent++;
            }
        }

        silent.ShouldBeInRange(1, 19);
        _bench.Network.Executed.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_call_that_is_held_goes_after_the_next_one()
    {
        var port = new Port();
        var holding = Holding(port, new FaultPlan(1, 1) { Holds = TimeSpan.FromMinutes(1) });

        var first = holding.AskAsync("first", Cancel);
        await holding.TellAsync("second", Cancel);
        await first;

        port.Asked.ShouldBe(["second", "first"]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_call_that_is_held_goes_on_when_no_other_comes()
    {
        var port = new Port();

        await Holding(port, new FaultPlan(1, 1)).AskAsync("only", TestContext.Current.CancellationToken);

        port.Asked.ShouldBe(["only"]);
    }

    private static IPort Holding(Port port, FaultPlan plan) => Faulty.Around<IPort>(
        port, plan, new Manners(method => method == nameof(IPort.AskAsync) ? [Fault.Reordered] : [], _ => new IOException("no answer")), new FakeTimeProvider());

    private static async Task<List<TimeSpan>> TookAsync(int seed)
    {
        var machine = new FakeTimeProvider(A.Noon);
        var slow = Faulty.Around<IPort>(new Port(), new FaultPlan(seed, 1), new Manners(_ => [Fault.Slow], _ => new IOException("no answer")), machine);
        var took = new List<TimeSpan>();
        for (var time = 0; time < 40; time++)
        {
            var began = machine.GetUtcNow();
            await slow.AskAsync("it", Cancel);
            took.Add(machine.GetUtcNow() - began);
        }

        return took;
    }

    private sealed class Port : IPort
    {
        public List<string> Asked { get; } = [];

        public Task<int> AskAsync(string what, CancellationToken cancellationToken)
        {
            Asked.Add(what);
            return Task.FromResult(Asked.Count);
        }

        public Task TellAsync(string what, CancellationToken cancellationToken) => AskAsync(what, cancellationToken);
    }

    private sealed class OneNetwork(IAdNetwork network) : IAdNetworkDirectory
    {
        public IReadOnlyList<NetworkProfile> Profiles => [network.Profile];

        public NetworkProfile Profile(NetworkName name) => network.Profile;

        public string? NotBuilt(NetworkName name, NetworkMode mode) => null;

        public IAdNetwork For(AdAccount account, NetworkMode mode) => network;
    }
}
