using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>For how long Slack was not heard, and why.</summary>
public sealed class SlackEarTests
{
    [Fact(Timeout = 120_000)]
    public async Task It_is_deaf_until_Slack_says_hello_and_again_from_when_the_last_connection_ends()
    {
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        var machine = new FakeTimeProvider(A.Noon);
        var settings = new SlackSettings { BotToken = SlackStandIn.BotToken, AppToken = SlackStandIn.AppToken, ApiBaseUrl = $"{slack.Address}api/" };
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var socket = new SlackSocket(new SlackApi(http, settings, new SlackPace(machine), machine), settings, null!, machine, NullLogger<SlackSocket>.Instance);
        machine.Advance(TimeSpan.FromMinutes(2));
        (socket.DeafFor, socket.Why).ShouldBe((TimeSpan.FromMinutes(2), "no connection to it stands; number 413 of the log says why"));

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = socket.RunAsync(ends.Token);
        await UntilAsync(() => socket.Open == 1);
        socket.DeafFor.ShouldBeNull();

        // The other end is gone as soon as it hears that.
        await slack.DropAsync("link_disabled", TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await UntilAsync(() => socket.Open == 0);
        machine.Advance(TimeSpan.FromSeconds(5));
        (socket.DeafFor, socket.Why).ShouldBe((TimeSpan.FromSeconds(5), "Socket Mode is switched off in the app's settings; switch it on there"));

        await ends.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!isSo())
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
