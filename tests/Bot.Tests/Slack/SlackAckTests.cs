using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.Chat.Slack.Inbound;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Dialogs.Chat;
using ChatOpsCampaigns.Dialogs.Turns;
using ChatOpsCampaigns.Kit.Slack;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>Both ways in at once: what Slack sends is acknowledged before anything is done about it, and each counts once.</summary>
public sealed class SlackAckTests(ITestOutputHelper output)
{
    private const int People = 100;

    [Fact(Timeout = 300_000)]
    public async Task Each_is_acknowledged_before_its_work_is_done_and_none_is_lost_or_done_twice_whichever_way_it_comes()
    {
        var work = new Work();
        await using var slack = await SlackStandIn.StartAsync(TestContext.Current.CancellationToken);
        await using var bot = InProcessBot.Start(
            services => services.AddSingleton<ITurnHandler>(work),
            ("Slack:ApiBaseUrl", $"{slack.Address}api/"), ("Slack:BotToken", SlackStandIn.BotToken), ("Slack:AppToken", SlackStandIn.AppToken), ("People:Roles:slack:U0ROOT:0", "Admin"));
        var said = Enumerable.Range(0, People).Select(number => new SlackUser(slack, $"U0P{number:000}")).Select(person => (person.Saying("status"), person.Saying("drafts"))).ToList();
        var took = new ConcurrentBag<TimeSpan>();

        await Task.WhenAll(said.SelectMany(one => new[]
        {
            TimedAsync(() => slack.DeliverAsync("events_api", one.Item1, TestContext.Current.CancellationToken)), TimedAsync(() => TakeAsync(one.Item2)),
            TimedAsync(() => TakeAsync(one.Item1)), TimedAsync(() => slack.DeliverAsync("events_api", one.Item2, TestContext.Current.CancellationToken)),
        }));

        output.WriteLine($"{took.Count} acknowledged: {Spread.Of(took)}");
        slack.Lost.ShouldBeEmpty();
        work.Done.ShouldBeEmpty();
        work.Gate.SetResult();
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (work.Done.Count < 2 * People)
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        work.Done.Count.ShouldBe(2 * People);
        work.Done.Distinct().Count().ShouldBe(2 * People);

        async Task TimedAsync(Func<Task> send)
        {
            var began = Stopwatch.GetTimestamp();
            await send();
            took.Add(Stopwatch.GetElapsedTime(began));
        }

        // As a signed request is taken, once its signature is known to be genuine.
        Task TakeAsync(JsonObject payload) => bot.Get<SlackIntake>().TakeAsync((JsonObject)payload.DeepClone(), TestContext.Current.CancellationToken);
    }

    /// <summary>What is done about a turn, once it may be.</summary>
    private sealed class Work : ITurnHandler
    {
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Done { get; } = new();

        public async Task HandleAsync(ChatTurn turn, CancellationToken cancellationToken)
        {
            await Gate.Task.WaitAsync(cancellationToken);
            Done.Enqueue(turn.Id);
        }
    }
}
