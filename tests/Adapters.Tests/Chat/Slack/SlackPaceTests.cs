using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

public sealed class SlackPaceTests
{
    private readonly FakeTimeProvider _machine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_gets_one_message_a_second_in_their_order_and_another_channel_does_not_wait()
    {
        var pace = new SlackPace(_machine);
        (await pace.EnterAsync("C1", urgent: false, Cancel)).Dispose();
        var second = pace.EnterAsync("C1", urgent: false, Cancel);
        var third = pace.EnterAsync("C1", urgent: false, Cancel);
        (await pace.EnterAsync("C2", urgent: false, Cancel)).Dispose();

        second.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));
        (await second.WaitAsync(Cancel)).Dispose();
        third.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));
        (await third.WaitAsync(Cancel)).Dispose();
    }

    [Fact]
    public async Task What_comes_later_waits_while_an_earlier_one_is_under_way()
    {
        var pace = new SlackPace(_machine);
        var first = await pace.EnterAsync("C1", urgent: false, Cancel);
        var second = pace.EnterAsync("C1", urgent: false, Cancel);
        _machine.Advance(TimeSpan.FromSeconds(60));
        await Task.Yield();
        second.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await second.WaitAsync(Cancel)).Dispose();
    }

    [Fact]
    public async Task What_is_urgent_passes_one_that_is_under_way_for_longer_than_a_second_and_the_others_keep_their_order()
    {
        var pace = new SlackPace(_machine);
        var hanging = await pace.EnterAsync("C1", urgent: false, Cancel);
        var news = pace.EnterAsync("C1", urgent: false, Cancel);
        var alarm = pace.EnterAsync("C1", urgent: true, Cancel);
        alarm.IsCompleted.ShouldBeFalse();

        _machine.Advance(TimeSpan.FromSeconds(1));
        var stop = await alarm.WaitAsync(Cancel);
        _machine.Advance(TimeSpan.FromSeconds(60));
        hanging.Dispose();
        await Task.Yield();
        news.IsCompleted.ShouldBeFalse();

        stop.Dispose();

        (await news.WaitAsync(Cancel)).Dispose();
    }

    [Fact]
    public async Task What_is_urgent_and_comes_while_one_hangs_already_does_not_wait()
    {
        var pace = new SlackPace(_machine);
        using var hanging = await pace.EnterAsync("C1", urgent: false, Cancel);
        var news = pace.EnterAsync("C1", urgent: false, Cancel);
        _machine.Advance(TimeSpan.FromSeconds(5));
        await Task.Yield();

        (await pace.EnterAsync("C1", urgent: true, Cancel).WaitAsync(Cancel)).Dispose();

        news.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_urgent_overtakes_what_waits()
    {
        var pace = new SlackPace(_machine);
        (await pace.EnterAsync("C1", urgent: false, Cancel)).Dispose();
        var news = pace.EnterAsync("C1", urgent: false, Cancel);
        var alarm = pace.EnterAsync("C1", urgent: true, Cancel);

        _machine.Advance(TimeSpan.FromSeconds(1));

        (await alarm.WaitAsync(Cancel)).Dispose();
        news.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task One_who_gave_up_holds_nobody_up()
    {
        var pace = new SlackPace(_machine);
        (await pace.EnterAsync("C1", urgent: false, Cancel)).Dispose();
        using var gives = new CancellationTokenSource();
        var given = pace.EnterAsync("C1", urgent: false, gives.Token);
        var next = pace.EnterAsync("C1", urgent: false, Cancel);
        await gives.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);

        _machine.Advance(TimeSpan.FromSeconds(1));

        (await next.WaitAsync(Cancel)).Dispose();
    }

    [Fact]
    public async Task A_limited_method_rests_in_its_workspace_alone()
    {
        var pace = new SlackPace(_machine);
        pace.Rest("T1", "chat.update", TimeSpan.FromSeconds(30));

        var rests = pace.RestedAsync("T1", "chat.update", Cancel);
        await pace.RestedAsync("T1", "chat.postMessage", Cancel);
        await pace.RestedAsync("T2", "chat.update", Cancel);

        rests.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(30));
        await rests.WaitAsync(Cancel);
    }

    [Fact]
    public async Task After_a_rest_what_is_urgent_goes_first_in_its_whole_workspace_and_is_waited_for()
    {
        var pace = new SlackPace(_machine);
        pace.Rest("T1", "chat.postMessage", TimeSpan.FromSeconds(30));
        var digest = pace.RestedAsync("T1", "chat.postMessage", urgent: false, Cancel);
        var stop = pace.First("T1", "chat.postMessage");
        var stopped = pace.RestedAsync("T1", "chat.postMessage", urgent: true, Cancel);

        _machine.Advance(TimeSpan.FromSeconds(30));
        await stopped.WaitAsync(Cancel);

        digest.IsCompleted.ShouldBeFalse();
        await pace.RestedAsync("T2", "chat.postMessage", urgent: false, Cancel);
        stop.Dispose();
        await digest.WaitAsync(Cancel);
    }

    [Fact]
    public async Task An_urgent_one_that_is_limited_once_more_keeps_its_place()
    {
        var pace = new SlackPace(_machine);
        using var stop = pace.First("T1", "chat.postMessage");
        var digest = pace.RestedAsync("T1", "chat.postMessage", urgent: false, Cancel);
        pace.Rest("T1", "chat.postMessage", TimeSpan.FromSeconds(5));
        _machine.Advance(TimeSpan.FromSeconds(5));
        await pace.RestedAsync("T1", "chat.postMessage", urgent: true, Cancel);

        digest.IsCompleted.ShouldBeFalse();
    }
}
