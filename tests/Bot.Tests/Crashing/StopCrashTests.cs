using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Stops of the demonstration account's campaigns, killed at points of their way: everything that was to stand still does, told once.</summary>
public sealed class StopCrashTests
{
    private static readonly string[] DangerousOfEverything =
        ["IntentStore.Add.after#1", "network.Pause.after#3"];

    private static readonly string[] DangerousOfTheMonitor = ["network.Pause.after#1"];

    /// <summary>What belongs to the stop and its alert; sweeps and time moved ahead pass thousands of points beside it.</summary>
    private static readonly string[] OfTheStop = ["IncidentStore.", "IntentStore.", "network.", "Alert"];

    [Fact(Timeout = 300_000)]
    public Task Everything_stands_still_after_the_next_start_when_stopping_it_was_killed() =>
        EverythingAsync(points => [.. points.Where(DangerousOfEverything.Contains)], TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_stopping_everything() => EverythingAsync(points => points, TestContext.Current.CancellationToken);

    [Fact(Timeout = 300_000)]
    public Task A_runaway_has_one_incident_one_pause_and_one_alert_when_the_stop_was_killed() =>
        MonitorAsync(points => [.. points.Where(DangerousOfTheMonitor.Contains)], TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_stop_by_the_monitor() => MonitorAsync(
        points => [.. points.Where(point => OfTheStop.Any(port => point.StartsWith(port, StringComparison.Ordinal)))], TestContext.Current.CancellationToken);

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

    private static async Task MonitorAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> choose, CancellationToken patience)
    {
        IReadOnlyList<string> points;
        await using (var gateway = new CountingGateway())
        await using (var undisturbed = new CrashingBot("--Alerts:Sms:Url", gateway.Address))
        {
            await RunsAwayAsync(undisturbed, patience);
            using var client = await ChatClient.OpenAsync(undisturbed.Address, "you", patience);
            points = await undisturbed.RecordAsync(async () =>
            {
                await client.SayAsync("fast forward 2 hours", patience);
                await StoppedAsync(undisturbed, patience);
            });
        }

        var chosen = choose(points);
        chosen.Count.ShouldBeGreaterThanOrEqualTo(DangerousOfTheMonitor.Length, string.Join('\n', points.Distinct().Where(point => OfTheStop.Any(port => point.StartsWith(port, StringComparison.Ordinal)))));
        var unreached = new List<string>();
        foreach (var point in chosen)
        {
            await using var gateway = new CountingGateway();
            await using var bot = new CrashingBot("--Alerts:Sms:Url", gateway.Address);
            await RunsAwayAsync(bot, patience);
            var before = bot.AtTheNetworks().Count;
            if (!await SaidAsync(bot, point, "fast forward 2 hours", patience))
                unreached.Add(point);

            // Cut short by the end: a person says it again.
            using (var client = await ChatClient.OpenAsync(bot.Address, "you", patience))
                await client.SayAsync("fast forward 2 hours", patience);

            await StoppedAsync(bot, patience);
            (await bot.CountAsync($"SELECT COUNT(*) FROM Incidents WHERE IsOpen AND Campaign = ({First})", patience)).ShouldBe(1, point);
            foreach (var campaign in bot.AtTheNetworks().Skip(before).Where(change => change.Happened is MarketEvent.Paused).GroupBy(change => change.Target))
                campaign.Count().ShouldBe(1, $"{point}: pauses of {campaign.Key}");

            // Taken by the gateway, and the end came before that was on record: nobody can know, so it is said again under the same key.
            var most = point.StartsWith("AlertChannel.Send.after", StringComparison.Ordinal) || point.StartsWith("AlertStore.Keep.before", StringComparison.Ordinal) ? 2 : 1;
            gateway.Keys.ShouldNotBeEmpty(point);
            gateway.Keys.CountBy(key => key).ShouldAllBe(key => key.Value <= most, point);
            await IntactAsync(bot, patience);
        }

        unreached.Count.ShouldBeLessThanOrEqualTo(chosen.Count / 5, string.Join(", ", unreached));
    }

    private const string First = "SELECT Id FROM Campaigns WHERE Handle = 'c1'";

    private static async Task RunsAwayAsync(CrashingBot bot, CancellationToken patience)
    {
        await bot.StartAsync(patience);
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("simulate runaway x10 c1", patience);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("began on", StringComparison.Ordinal), patience);
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

    private static Task StoppedAsync(CrashingBot bot, CancellationToken patience) => bot.UntilAsync(
        async () => await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Id = ({First}) AND Status IN ('Stopped', 'Paused')", patience) == 1
            && await bot.CountAsync("SELECT COUNT(*) FROM Alerts WHERE Channel = 'sms' AND Accepted", patience) > 0,
        "stopped and told", patience);

    private static async Task IntactAsync(CrashingBot bot, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("audit verify", patience);
        await client.WaitForAsync(activity => activity.ToJsonString().Contains("Intact", StringComparison.Ordinal), patience);
    }
}
