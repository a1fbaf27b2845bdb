using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Values;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Feed;

/// <summary>What is done while the database is away waits for it, and nobody who stops something waits with it.</summary>
public sealed class HeldActsTests
{
    private const int Many = 40;

    private readonly SafetyBench _bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>More than two times as many as one account's places: the last ones come after others were told of.</summary>
    [Proves(37)]
    [Fact(Timeout = 30_000)]
    public async Task Of_many_stops_in_one_account_none_waits_for_the_telling_of_another_while_the_database_is_away()
    {
        for (var number = 1; number <= Many; number++)
            _bench.Running($"c-{number}", spend: 800);

        var back = Away();
        await _bench.Monitor.SweepAsync(TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);

        _bench.Core.Network.Campaigns.ShouldAllBe(campaign => campaign.Status == NetworkStatus.Paused);
        _bench.Core.Feed.All.ShouldBeEmpty();

        Returned(back);
        await _bench.Monitor.SweepAsync(TestContext.Current.CancellationToken);
        await _bench.Core.Acts.CatchUpAsync(TestContext.Current.CancellationToken);

        var told = _bench.Core.Feed.All.Where(happened => happened.Kind == FeedKind.EmergencyStop).Select(happened => happened.Campaign!.Value).ToList();
        told.Select(id => id.Value).Order().ShouldBe(Enumerable.Range(1, Many).Select(number => $"c-{number}").Order());
        _bench.Core.Audit.All.Where(entry => entry.Kind == "stop").Select(entry => entry.Campaign!.Value).ShouldBe(told);
    }

    [Fact(Timeout = 30_000)]
    public async Task While_one_asks_whether_the_database_is_back_the_others_go_on()
    {
        var back = Away();
        await SayAsync("first");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(6));

        var asks = SayAsync("second");
        for (var number = 3; number <= 20; number++)
            await SayAsync($"number {number}").WaitAsync(TestContext.Current.CancellationToken);

        asks.IsCompleted.ShouldBeFalse();
        Returned(back);
        await asks;

        _bench.Core.Feed.All.Select(happened => happened.Action).ShouldBe(["first", .. Enumerable.Range(3, 18).Select(number => $"number {number}"), "second"]);
        _bench.Core.Audit.All.Select(entry => entry.Says).ShouldBe(_bench.Core.Feed.All.Select(happened => happened.Action));
    }

    [Fact]
    public async Task What_can_never_be_written_keeps_nothing_behind_it_from_being_told()
    {
        _bench.Core.Journal.Failed();
        await SayAsync("broken");
        _bench.Core.Machine.Advance(TimeSpan.FromSeconds(6));
        _bench.Core.Feed.Takes = happened => happened.Action == "broken" ? throw new IOException("not this one") : Task.CompletedTask;

        await SayAsync("whole");
        await SayAsync("whole too");

        _bench.Core.Audit.All.Select(entry => entry.Says).ShouldBe(["whole", "whole too"]);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_nobody_could_be_told_of_in_time_is_told_once_by_whoever_comes_first()
    {
        _bench.Running(spend: 800);
        var back = Away();
        await _bench.Monitor.SweepAsync(TestContext.Current.CancellationToken);
        _bench.Core.Alerts.Forget();
        Returned(back);
        await _bench.Monitor.SweepAsync(TestContext.Current.CancellationToken);
        _bench.Core.Machine.Advance(TimeSpan.FromMinutes(2));

        await new UntoldIncidents(_bench.Book, _bench.Core.Alerts, _bench.Voice, _bench.Core.Acts, _bench.Core.Machine).TellAsync(TestContext.Current.CancellationToken);

        _bench.Core.Feed.All.Count(happened => happened.Kind == FeedKind.EmergencyStop).ShouldBe(1);
        _bench.Core.Alerts.All.ShouldContain(sent => sent.Channel == "sms");
    }

    private Task<FeedEvent> SayAsync(string action) => _bench.Core.Feed.PublishAsync(
        new FeedEvent(0, A.Noon, WorkspaceId.Local, null, null, "one", FeedKind.Note, Severity.Low, action, "because", FakePeople.Olga.Id), Cancel);

    /// <summary>Nothing can be written, and the feed says so only when it is back.</summary>
    private TaskCompletionSource Away()
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Audit.Locked = true;
        _bench.Core.Feed.Takes = _ => back.Task;
        _bench.Core.Journal.Failed();
        return back;
    }

    private void Returned(TaskCompletionSource back)
    {
        _bench.Core.Incidents.Locked = _bench.Core.Intents.Locked = _bench.Core.Audit.Locked = false;
        back.SetResult();
    }
}
