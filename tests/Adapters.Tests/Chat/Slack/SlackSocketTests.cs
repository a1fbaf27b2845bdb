using System.Collections.Concurrent;
using ChatOpsCampaigns.Adapters.Chat.Slack;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Adapters.Chat.Slack.Wire;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Kit;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatOpsCampaigns.Adapters.Tests.Chat.Slack;

/// <summary>Connections to Slack over all that it does with them: nothing is lost, and it is not stormed.</summary>
public sealed class SlackSocketTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly FakeTimeProvider _machine = new(A.Noon);
    private readonly CancellationTokenSource _ends = new();
    private readonly Turns _turns = new();
    private SlackStandIn _slack = null!;
    private SlackSocket _socket = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        var settings = new SlackSettings { BotToken = SlackStandIn.BotToken, AppToken = SlackStandIn.AppToken, ApiBaseUrl = $"{_slack.Address}api/" };
        var pace = new SlackPace(_machine);
        var api = new SlackApi(_http, settings, pace, _machine);
        var store = new MemoryConversations();
        var windows = new SlackWindows(api, new SlackPosts(api, pace, NullLogger<SlackPosts>.Instance), null!, new AwaitedWindows(new Bench().Settings, _machine), NullLogger<SlackWindows>.Instance);
        var people = new SlackPeople(api, new SlackWorkspaces(api, settings), store, NullLogger<SlackPeople>.Instance);
        var intake = new SlackIntake(people, new PostedCards(new NoCards(), null!, _machine, NullLogger<PostedCards>.Instance), windows, store, _turns);
        _socket = new SlackSocket(api, settings, intake, _machine, NullLogger<SlackSocket>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _ends.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    private int Opened => _slack.Calls.Count(call => call == "apps.connections.open");

    [Theory(Timeout = 60_000)]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task Before_slack_closes_one_its_successor_is_open_and_the_old_one_is_served_until_then(string reason)
    {
        await BothAsync();

        var old = await _slack.WarnAsync(reason, TestContext.Current.CancellationToken);
        await UntilAsync(() => _socket.Open == 3);
        var ana = new SlackUser(_slack, "U0ANA");
        for (var number = 0; number < 6; number++)
            await ana.SayAsync($"status c{number}", TestContext.Current.CancellationToken);

        _slack.Acknowledged.ShouldContain(old);
        _slack.Acknowledged.Distinct().Count().ShouldBe(3);
        await _slack.CloseAsync(old, TestContext.Current.CancellationToken);
        await ana.SayAsync("status", TestContext.Current.CancellationToken);
        _turns.Taken.Count.ShouldBe(7);
        _slack.Lost.ShouldBeEmpty();
        await UntilAsync(() => _socket.Open == 2);
        Opened.ShouldBe(3);
    }

    [Fact(Timeout = 60_000)]
    public async Task Switched_off_it_is_tried_again_after_five_minutes_and_not_before()
    {
        await BothAsync();
        await _slack.DropAsync("link_disabled", TestContext.Current.CancellationToken);
        await _slack.DropAsync("link_disabled", TestContext.Current.CancellationToken);
        await UntilAsync(() => _socket.Open == 0);

        await PassAsync(TimeSpan.FromMinutes(4));
        Opened.ShouldBe(2);

        _machine.Advance(TimeSpan.FromSeconds(70));
        await UntilAsync(() => _socket.Open == 2);
        Opened.ShouldBe(4);
    }

    [Fact(Timeout = 60_000)]
    public async Task One_too_many_is_closed_and_comes_back_after_a_while()
    {
        await BothAsync();

        await _slack.WarnAsync("too_many_websockets", TestContext.Current.CancellationToken);
        await UntilAsync(() => _socket.Open == 1);
        Opened.ShouldBe(2);

        _machine.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => _socket.Open == 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_token_that_is_refused_is_not_tried_again_and_again()
    {
        for (var time = 0; time < 50; time++)
            _slack.RefuseNext("apps.connections.open", "invalid_auth");

        _running = _socket.RunAsync(_ends.Token);
        await UntilAsync(() => Opened == 1).WaitAsync(TestContext.Current.CancellationToken);
        await PassAsync(TimeSpan.FromMinutes(4));

        Opened.ShouldBe(2);
        TestContext.Current.CancellationToken.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task Connections_that_are_taken_away_as_soon_as_they_are_open_are_not_opened_in_a_storm()
    {
        _running = _socket.RunAsync(_ends.Token);
        for (var second = 0; second < 60; second++)
        {
            while (_slack.Sockets > 0)
                await _slack.DropAsync("refresh_requested", TestContext.Current.CancellationToken);

            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Opened.ShouldBeGreaterThan(2);
        Opened.ShouldBeLessThan(25);
    }

    /// <summary>Both are open, and were for so long that the next fault is the first.</summary>
    private async Task BothAsync()
    {
        _running = _socket.RunAsync(_ends.Token);
        await UntilAsync(() => _socket.Open == 1);
        await PassAsync(TimeSpan.FromSeconds(10));
        await UntilAsync(() => _socket.Open == 2 && _slack.Sockets == 2);
        await PassAsync(TimeSpan.FromSeconds(6));
    }

    private async Task PassAsync(TimeSpan time)
    {
        for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromSeconds(1))
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private sealed class Turns : ITurnIntake
    {
        public ConcurrentQueue<ChatTurn> Taken { get; } = new();

        public Task TakeAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            Taken.Enqueue(turn);
            return Task.CompletedTask;
        }
    }
}
