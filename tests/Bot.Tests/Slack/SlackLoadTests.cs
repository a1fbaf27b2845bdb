using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Kit.Slack;

namespace ChatOpsCampaigns.Bot.Tests.Slack;

/// <summary>What a large workspace does to the bot. Of the times, which are printed, only what was promised is asserted.</summary>
[Trait("Length", "Long")]
public sealed class SlackLoadTests(ITestOutputHelper output)
{
    private const int ASecond = 50;
    private const int Seconds = 60;
    private const int People = 300;

    [Fact(Timeout = 600_000)]
    public async Task The_same_message_press_and_command_ten_thousand_times_are_answered_and_done_once_each()
    {
        await using var home = await SlackBot.StartAloneAsync(TestContext.Current.CancellationToken);
        await home.Ana.SayAsync("new campaign", TestContext.Current.CancellationToken);
        var step = await home.Ana.SeesAsync("Step 1 of 7", TestContext.Current.CancellationToken);
        (string Type, JsonObject Payload)[] sent =
        [
            ("events_api", home.Max.Saying("who am i")), ("slash_commands", home.Olga.Commanding("C0ANYWHERE", "who am i")), ("interactive", home.Ana.Pressing(step, "Cancel")),
        ];

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = TestContext.Current.CancellationToken }, async (number, token) =>
            await home.Slack.DeliverAsync(sent[number % sent.Length].Type, sent[number % sent.Length].Payload, token));

        foreach (var person in new[] { home.Ana, home.Max, home.Olga })
        {
            // The next answer of a conversation says that the one before is done with.
            await person.SayAsync("approvals", TestContext.Current.CancellationToken);
            await person.SeesAsync("request", TestContext.Current.CancellationToken);
        }

        home.Since(home.Max.Direct, "").Select(message => message.Words.Contains("Approver", StringComparison.Ordinal)).ShouldBe([true, false]);
        home.Since(home.Olga.Direct, "").Select(message => message.Words.Contains("On-call", StringComparison.Ordinal)).ShouldBe([true, false]);
        home.Since(home.Ana.Direct, step.Stamp).Count.ShouldBe(2);
        home.Since(home.Ana.Direct, step.Stamp)[0].Words.ShouldContain("nothing was launched");
    }

    [Fact(Timeout = 600_000)]
    public async Task Fifty_events_a_second_for_a_minute_are_all_acknowledged_and_answered_while_the_sweeps_go_on()
    {
        await using var home = await SlackBot.StartAloneAsync(TestContext.Current.CancellationToken);
        using var metrics = new HttpClient { BaseAddress = home.Bot.Address };
        var people = Enumerable.Range(0, People).Select(number => new SlackUser(home.Slack, $"U0P{number:000}")).ToList();
        var (took, ages, sent) = (new ConcurrentBag<TimeSpan>(), new List<double>(), new List<Task>());
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / ASecond), TimeProvider.System);

        for (var number = 0; number < ASecond * Seconds; number++)
        {
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            sent.Add(SayAsync(people[number % People], took));
            if (number % (ASecond * 5) == 0)
                ages.Add(SweepAge(await metrics.GetStringAsync("/metrics", TestContext.Current.CancellationToken)));
        }

        await Task.WhenAll(sent);
        foreach (var person in people)
            await AnsweredAsync(home, person, ASecond * Seconds / People);

        var spread = Spread.Of(took);
        output.WriteLine($"{took.Count} events acknowledged: {spread} (promised: p99 below 0.5 s); the last sweep was at most {ages.Max():0.0} s ago");
        took.Count.ShouldBe(ASecond * Seconds);
        ages.Max().ShouldBeLessThan(60);
        spread.P99.ShouldBeLessThan(0.5);

        async Task SayAsync(SlackUser person, ConcurrentBag<TimeSpan> took)
        {
            var began = Stopwatch.GetTimestamp();
            await person.SayAsync("who am i", TestContext.Current.CancellationToken);
            took.Add(Stopwatch.GetElapsedTime(began));
        }
    }

    private static async Task AnsweredAsync(SlackBot home, SlackUser person, int times)
    {
        using var every = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (home.Since(person.Direct, "").Count < times)
            await every.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }

    private static double SweepAge(string page) => double.Parse(
        page.Split('\n').Single(line => line.StartsWith("chatops_sweep_age_seconds", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
}
