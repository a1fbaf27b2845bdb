using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>A busy hour in which people launch, move, undo, pause, resume and stop, and the program is killed at any instant of it.</summary>
public sealed class RandomKillTests
{
    private static readonly string[] Says =
    [
        "launch", "undo launch c13", "set bid c2 $9", "set bid c2 $8.50", "set budget c3 $280", "set budget c4 $320", "undo c2 bid", "undo c3 budget", "roll back since 1 hour ago",
        "pause c6 enough for today", "resume c6", "simulate runaway x10 c1", "simulate calm c1", "resume c1", "stop everything", "allow everything", "yes", "yes", "yes",
    ];

    [Theory(Timeout = 3_600_000)]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("Length", "Long")]
    public Task Killed_at_random_instants_of_a_busy_hour_everything_is_done_and_on_record_once(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return CrashRun.AtRandomAsync(BusyHour, Says, kills: 40, seed, TestContext.Current.CancellationToken);
    }

    /// <summary>It ends with everything at rest, however it came there.</summary>
    private static CrashWay BusyHour => new("you", "stop everything", (bot, _) => Task.FromResult(bot.Running().Count == 0), IsOnRecordAsync)
    {
        // So fast that some minutes of kills are an hour or two of campaigns.
        Arguments = ["--Clock:Speed", "20"],
        PrepareAsync = (bot, patience) => LaunchCrashTests.ReviewAsync(bot, "you", 50, patience),
    };

    private static async Task IsOnRecordAsync(CrashLife life, CancellationToken patience)
    {
        var done = life.Done;
        done.Count(change => change.Created is not null).ShouldBeLessThanOrEqualTo(1, life.Point);
        foreach (var key in done.Select(change => change.Key).OfType<CommandKey>().Distinct())
            (await life.CountAsync($"SELECT COUNT(*) FROM Intents WHERE Id = '{key}' AND State IN ('Confirmed', 'TakenBack')", patience)).ShouldBe(1, $"{life.Point}: {key}");

        foreach (var lever in done.Where(change => change.Happened is MarketEvent.BidSet or MarketEvent.BudgetSet).GroupBy(change => (change.Target, change.Happened!.GetType())))
            await MoveCrashTests.IsKnownAsync(life, lever.Last(), patience);

        await life.Bot.UntilAsync(
            async () => await life.CountAsync("SELECT COUNT(*) FROM Campaigns WHERE Status IN ('Active', 'Launching')", patience) == 0, $"{life.Point}: nothing runs on our record either", patience);
        (await life.Bot.TextAsync(
            "SELECT group_concat(Campaign || ' ' || Cause) FROM (SELECT Campaign, Cause FROM Incidents WHERE IsOpen AND Campaign IN (SELECT Id FROM Campaigns) GROUP BY Campaign, Cause HAVING COUNT(*) > 1)",
            patience)).ShouldBe("", $"{life.Point}: one open incident for each cause");
    }
}
