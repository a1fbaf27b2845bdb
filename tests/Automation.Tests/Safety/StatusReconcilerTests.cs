using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Safety;

/// <summary>Of a change that we made ourselves a moment ago, nobody is told that somebody else made it.</summary>
public sealed class StatusReconcilerTests
{
    private readonly SafetyBench _bench = new();
    private readonly Campaign _campaign;

    public StatusReconcilerTests() => _campaign = _bench.Running();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_runs_since_its_review_passed_and_not_since_its_launch()
    {
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { Status = CampaignStatus.InReview }, Cancel);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));

        await _bench.Monitor.SweepAsync(Cancel);
        var passed = _bench.Core.Clock.GetUtcNow();
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(5));
        await _bench.Monitor.SweepAsync(Cancel);

        (await NowAsync()).RunningSince.ShouldBe(passed);
        (await NowAsync()).FirstRanAt.ShouldBe(passed);
    }

    [Fact]
    public async Task A_sweep_between_our_pause_and_our_record_of_it_blames_nobody()
    {
        var pausing = new TaskCompletionSource();
        var swept = new TaskCompletionSource();
        _bench.Core.Campaigns.BeforeChange = async () =>
        {
            _bench.Core.Campaigns.BeforeChange = null;
            pausing.SetResult();
            await swept.Task;
        };

        var pause = _bench.Control.PauseAsync(_campaign.Id, FakePeople.Ana, "by ana", Cancel);
        await pausing.Task;
        await _bench.Monitor.SweepAsync(Cancel);
        swept.SetResult();
        await pause;
        await _bench.Monitor.SweepAsync(Cancel);

        (await NowAsync()).Status.ShouldBe(CampaignStatus.Paused);
        Blamed().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reading_from_before_our_resume_blames_nobody()
    {
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.Put(A.AtNetwork(_campaign));
        await _bench.Monitor.SweepAsync(Cancel);
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));
        await _bench.Monitor.SweepAsync(Cancel);

        (await NowAsync()).Status.ShouldBe(CampaignStatus.Active);
        Blamed().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_readings_around_an_act_of_ours_are_not_two_in_a_row()
    {
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));
        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Core.Campaigns.ChangeAsync(_campaign.Id, now => now with { LastResumedAt = A.Noon }, Cancel);
        await _bench.Monitor.SweepAsync(Cancel);
        Blamed().ShouldBeEmpty();

        await _bench.Monitor.SweepAsync(Cancel);
        Blamed().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Somebody_elses_pause_is_told_at_the_second_reading()
    {
        _bench.Core.Network.Put(A.AtNetwork(_campaign, NetworkStatus.Paused));

        await _bench.Monitor.SweepAsync(Cancel);
        (await NowAsync()).Status.ShouldBe(CampaignStatus.Active);
        await _bench.Monitor.SweepAsync(Cancel);

        (await NowAsync()).Status.ShouldBe(CampaignStatus.Paused);
        Blamed().ShouldHaveSingleItem().ShouldBe("paused at the network, not by us");
    }

    [Fact]
    public async Task A_pause_of_ours_that_a_crash_kept_out_of_our_record_is_called_ours()
    {
        await _bench.Core.Gate.SendAsync(
            new GateRequest(
                new NetworkCommand.Pause(_campaign.Account, _campaign.Id, _campaign.Network.Campaign!.Value), new CommandKey("c-1/person/1"), _campaign.Workspace,
                _campaign.Mode, FakePeople.Ana.Id, "by Ana"),
            Cancel);

        await _bench.Monitor.SweepAsync(Cancel);
        await _bench.Monitor.SweepAsync(Cancel);

        (await NowAsync()).Because.ShouldBe("paused from here");
        Blamed().ShouldBeEmpty();
    }

    private IReadOnlyList<string> Blamed() => [.. _bench.Core.Feed.All.Select(told => told.Reason).Where(reason => reason.Contains("not by us", StringComparison.Ordinal))];

    private async Task<Campaign> NowAsync() => (await _bench.Core.Campaigns.FindAsync(_campaign.Id, Cancel))!;
}
