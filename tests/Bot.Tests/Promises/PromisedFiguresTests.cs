using System.Diagnostics;
using ChatOpsCampaigns.Bot.Measuring;
using ChatOpsCampaigns.Bot.Measuring.Lines;
using ChatOpsCampaigns.Kit;
using ImageMagick;

namespace ChatOpsCampaigns.Bot.Tests.Promises;

/// <summary>Figures that are promised, measured on the machine's clock with networks that are as slow as real ones.</summary>
public sealed class PromisedFiguresTests
{
    /// <summary>What people think and type at network, files, type, targeting, budget, agent and review, by the product document; seconds.</summary>
    private static readonly int[] People = [10, 30, 10, 60, 30, 20, 30];

    private static readonly BenchPlan Real = new() { Campaigns = 12, AccountsPerNetwork = 2, Rounds = 4, BreachesAtOnce = 20 };

    /// <summary>As slow as real, but with an answer to every call.</summary>
    private static readonly LineQuality Answering = LineQuality.AsReal with { FailedShare = 0 };

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Proves(12, 166)]
    [Fact(Timeout = 600_000)]
    public async Task A_campaign_is_made_in_at_most_twelve_turns_and_five_minutes_with_the_time_that_people_think()
    {
        var patience = TestContext.Current.CancellationToken;
        await using var bot = await BotProcess.StartAloneAsync(patience, "--Demo:History", "false", "--Simulator:Latency", "00:00:00.200");
        using var chat = await ChatClient.OpenAsync(bot.Address, "ana", patience);
        (string Says, string Answer)[] turns =
        [
            ("new campaign", "Step 1 of 7"),
            ("facebook", "Step 2 of 7"),
            ("", "So far: 1"),
            ("done", "Step 3 of 7"),
            ("app install, installs, ios, https://apps.apple.com/app/id1234567890", "Step 4 of 7"),
            ("US, CA; 18-44; all", "Step 5 of 7"),
            ("$500/day, max $750, cost cap $12, max bid $15", "Step 6 of 7"),
            ("balanced, min roas 2.0, max cpa $18", "Step 7 of 7"),
            ("start tomorrow 9am", "09:00"),
            ("launch", "scheduled for"),
        ];

        var began = Stopwatch.GetTimestamp();
        foreach (var (says, answer) in turns)
        {
            if (says.Length > 0)
                await chat.SayAsync(says, patience);
            else
                await chat.UploadAsync(Picture(), "one.jpg", "image/jpeg", patience);

            await chat.SeesAsync(answer, patience);
        }

        var machine = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"{turns.Length} turns, {turns.Sum(turn => turn.Says.Length)} keys, {machine.TotalSeconds:0.0} s of the program");
        turns.Length.ShouldBeLessThanOrEqualTo(12);
        (People.Sum() + machine.TotalSeconds).ShouldBeLessThanOrEqualTo(300);
    }

    [Proves(63)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task Of_launches_with_three_files_95_in_a_hundred_run_within_a_minute()
    {
        var launches = await LaunchBench.RunAsync(Real, Patience);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', launches.Lines()));
        launches.Notes.ShouldBeEmpty();
        Count(launches, "notActive").ShouldBe(0);
        launches.Seconds.Count.ShouldBe(12);
        launches.Seconds.P95.ShouldBeLessThanOrEqualTo(60);
    }

    [Proves(168)]
    [Fact]
    public async Task From_the_look_at_a_campaign_to_a_move_that_its_network_confirmed_it_takes_less_than_ten_seconds()
    {
        using var heard = new Heard();

        var rounds = await TurnBench.RunAsync(Real with { Campaigns = 64, AccountsPerNetwork = 8, Line = Answering }, Patience);

        var moved = Spread.Of(heard.Took.Where(one => one.Trace.StartsWith("decision turn", StringComparison.Ordinal) && one.Trace.Contains("outcome=moved", StringComparison.Ordinal)).Select(one => one.Took));
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join('\n', rounds.Lines())}\n  turns that moved something: {moved}");
        moved.Count.ShouldBeGreaterThan(4);
        moved.P95.ShouldBeLessThan(10);
    }

    [Proves(170, 172, 173)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task A_breach_is_paused_and_read_back_within_the_promised_time()
    {
        var stops = await SweepBench.RunAsync(Real with { Campaigns = 100, AccountsPerNetwork = 4, Rounds = 1 }, Patience);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', stops.Lines()));
        Count(stops, "stopsReadBack").ShouldBe(100);
        Part(stops, "stopAfterFetch").P99.ShouldBeLessThan(10);
        Part(stops, "stopPause").P99.ShouldBeLessThan(10);
        Part(stops, "stop").P99.ShouldBeLessThan(40);
    }

    [Proves(177)]
    [Fact]
    [Trait("Length", "Long")]
    public async Task One_instance_looks_after_a_hundred_campaigns_within_its_own_rhythm()
    {
        var plan = Real with { Campaigns = 100, AccountsPerNetwork = 8, Rounds = 3, BreachesAtOnce = 100, Speed = 20, Line = Answering };

        var rounds = await TurnBench.RunAsync(plan, Patience);
        var sweeps = await SweepBench.RunAsync(plan, Patience);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', [.. rounds.Lines(), .. sweeps.Lines()]));
        (Count(rounds, "turns"), Count(rounds, "failed"), Count(sweeps, "judged")).ShouldBe((300, 0, 300));
        rounds.Seconds.Most.ShouldBeLessThan(TimeSpan.FromMinutes(5).TotalSeconds);
        sweeps.Seconds.Most.ShouldBeLessThan(30);
    }

    private static long Count(BenchResult result, string name) => result.Counts.Single(one => one.Name == name).Count;

    private static Spread Part(BenchResult result, string name) => result.Parts.Single(one => one.Name == name).Seconds;

    private static byte[] Picture()
    {
        using var picture = new MagickImage(MagickColors.SteelBlue, 1200, 1200);
        return picture.ToByteArray(MagickFormat.Jpeg);
    }
}
