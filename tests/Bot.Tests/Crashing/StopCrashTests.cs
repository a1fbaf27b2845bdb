using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Stopping the demonstration account's campaigns, killed at points of its way: everything stands still after the next start, each paused once.</summary>
public sealed class StopCrashTests
{
    private static readonly string[] DangerousOfEverything =
        ["IntentStore.Add.after#1", "network.Pause.after#3"];

    [Fact(Timeout = 300_000)]
    public Task Everything_stands_still_after_the_next_start_when_stopping_it_was_killed() =>
        EverythingAsync(points => [.. points.Where(DangerousOfEverything.Contains)], TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_stopping_everything() => EverythingAsync(points => points, TestContext.Current.CancellationToken);

    private static async Task EverythingAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> choose, CancellationToken patience)
    {
        IReadOnlyList<string> points;
        await using (var undisturbed = new CrashingBot())
        {
            await undisturbed.StartAsync(patience);
            undisturbed.Running().ShouldNotBeEmpty();
            using var client = await ChatClient.OpenAsync(undisturbed.Address, "you", patience);
            points = await undisturbed.RecordAsync(async () =>
            {
                await client.SayAsync("stop everything", patience);
                await StandsStillAsync(undisturbed, patience);
            });
        }

        var chosen = choose(points);
        chosen.Count.ShouldBeGreaterThanOrEqualTo(2, string.Join('\n', points));
        var unreached = new List<string>();
        foreach (var point in chosen)
        {
            await using var bot = new CrashingBot();
            await bot.StartAsync(patience);
            var before = bot.AtTheNetworks().Count;
            if (!await SaidAsync(bot, point, "stop everything", patience))
                unreached.Add(point);

            await StandsStillAsync(bot, patience);
            foreach (var campaign in bot.AtTheNetworks().Skip(before).Where(change => change.Happened is MarketEvent.Paused).GroupBy(change => change.Target))
                campaign.Count().ShouldBe(1, $"{point}: pauses of {campaign.Key}");

            await IntactAsync(bot, patience);
        }

        unreached.Count.ShouldBeLessThanOrEqualTo(chosen.Count / 5, string.Join(", ", unreached));
    }

    /// <summary>Whoever got no answer says it again.</summary>
    private static async Task<bool> SaidAsync(CrashingBot bot, string point, string text, CancellationToken patience)
    {
        var isAcknowledged = false;
        bool died;
        using (var client = await ChatClient.OpenAsync(bot.Address, "you", patience))
        {
            died = await bot.DiesAtAsync(
                point,
                async () =>
                {
                    await client.SayAsync(text, patience);
                    isAcknowledged = true;
                },
                patience);
        }

        if (isAcknowledged)
            return died;

        using var again = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await again.SayAsync(text, patience);
        return died;
    }

    private static Task StandsStillAsync(CrashingBot bot, CancellationToken patience) => bot.UntilAsync(
        async () => bot.Running().Count == 0 && await bot.CountAsync("SELECT COUNT(*) FROM Turns WHERE Done = 0", patience) == 0, "stands still", patience);

    private static async Task IntactAsync(CrashingBot bot, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("audit verify", patience);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("Intact", StringComparison.Ordinal), patience);
    }
}
