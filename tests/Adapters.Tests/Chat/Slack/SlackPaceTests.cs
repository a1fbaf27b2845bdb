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
        await pace.PostAsync("C1", urgent: false, Cancel);
        var second = pace.PostAsync("C1", urgent: false, Cancel);
        var third = pace.PostAsync("C1", urgent: false, Cancel);
        await pace.PostAsync("C2", urgent: false, Cancel);

        second.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));
        await second.WaitAsync(Cancel);
        third.IsCompleted.ShouldBeFalse();
        _machine.Advance(TimeSpan.FromSeconds(1));
        await third.WaitAsync(Cancel);
    }

    [Fact]
    public async Task What_is_urgent_overtakes_what_waits()
    {
        var pace = new SlackPace(_machine);
        await pace.PostAsync("C1", urgent: false, Cancel);
        var news = pace.PostAsync("C1", urgent: false, Cancel);
        var alarm = pace.PostAsync("C1", urgent: true, Cancel);

        _machine.Advance(TimeSpan.FromSeconds(1));

        await alarm.WaitAsync(Cancel);
        news.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task One_who_gave_up_holds_nobody_up()
    {
        var pace = new SlackPace(_machine);
        await pace.PostAsync("C1", urgent: false, Cancel);
        using var gives = new CancellationTokenSource();
        var given = pace.PostAsync("C1", urgent: false, gives.Token);
        var next = pace.PostAsync("C1", urgent: false, Cancel);
        await gives.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);

        _machine.Advance(TimeSpan.FromSeconds(1));

        await next.WaitAsync(Cancel);
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
}
