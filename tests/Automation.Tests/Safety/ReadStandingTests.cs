using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>How often an account could not be read, and since when: neither begins anew with a restart.</summary>
public sealed class ReadStandingTests
{
    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_failed_reads_are_five_also_when_the_program_was_restarted_between_them()
    {
        _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        await FailAsync(_bench, 3);

        var restarted = new SafetyBench(_bench);
        await FailAsync(restarted, 2);

        restarted.Core.Incidents.All.ShouldHaveSingleItem().Cause.Value.ShouldBe("network-errors");
    }

    [Fact]
    public async Task Since_when_nothing_was_heard_is_known_after_a_restart_before_the_account_is_asked_again()
    {
        var campaign = _bench.Running();
        await _bench.Monitor.SweepAsync(Cancel);
        await FailAsync(_bench, 3);
        var before = await _bench.Observer.LatestAsync(campaign, Cancel);

        var after = await new SafetyBench(_bench).Observer.LatestAsync(campaign, Cancel);

        before.UnseenSince.ShouldNotBeNull();
        (after.FailuresInARow, after.UnseenSince).ShouldBe((3, before.UnseenSince));
    }

    [Fact]
    public async Task A_good_read_ends_the_count_also_for_the_next_start()
    {
        var campaign = _bench.Running();
        await FailAsync(_bench, 3);
        _bench.Core.Network.ReadFault = null;
        await _bench.Monitor.SweepAsync(Cancel);

        var after = await new SafetyBench(_bench).Observer.LatestAsync(campaign, Cancel);

        (after.FailuresInARow, after.UnseenSince).ShouldBe((0, null));
    }

    [Fact]
    public async Task Reads_that_succeed_write_nothing()
    {
        await ReadAsync(_bench.Core.Settings, 3);

        (await _bench.Core.Settings.FindAsync<ReadStanding>(WorkspaceId.Local, $"read-standing/{A.Account().Id}/{A.Account().Mode}", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task The_count_goes_on_in_memory_when_it_cannot_be_written()
    {
        _bench.Core.Settings.Locked = true;
        _bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");

        (await ReadAsync(_bench.Core.Settings, 3)).FailuresInARow.ShouldBe(3);
    }

    private async Task<ReadStanding> ReadAsync(MemorySettings settings, int times)
    {
        var reader = new AccountReader(settings, _bench.Core.Clock, _bench.Core.Machine, NullLogger<AccountReader>.Instance);
        for (var time = 0; time < times; time++)
            await reader.ReadAsync(A.Account(), A.Account().Mode, (_, _) => _bench.Core.Network, isSecondLook: false, Cancel);

        return await reader.StandingAsync(A.Account().Id, A.Account().Mode, Cancel);
    }

    private static async Task FailAsync(SafetyBench bench, int times)
    {
        bench.Core.Network.ReadFault = new AdNetworkException(FaultKind.Unavailable, "503");
        for (var time = 0; time < times; time++)
        {
            bench.Core.Machine.Advance(TimeSpan.FromSeconds(30));
            await bench.Monitor.SweepAsync(Cancel);
        }
    }
}
