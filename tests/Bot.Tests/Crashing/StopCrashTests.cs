using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Stops of the demonstration account's campaigns, killed at points of their way: everything that was to stand still does, told once.</summary>
public sealed class StopCrashTests
{
    internal const string First = "SELECT Id FROM Campaigns WHERE Handle = 'c1'";

    private static readonly string[] DangerousForEverything =
        ["Inbox.Add.after#1", "IncidentStore.Open.after#2", "network.Pause.after#3"];

    private static readonly string[] DangerousInAStop =
    [
        "row.Audit.incident#1", "IncidentStore.Open.after#1", "IntentStore.Add.Planned.after#1", "network.Pause.after#1", "AlertStore.Add.after#1", "AlertChannel.Send.sms.after#1",
        "AlertChannel.Send.email.after#1",
    ];

    [Fact(Timeout = 600_000)]
    public Task Everything_stands_still_after_the_next_start_when_stopping_it_was_killed() => CrashRun.AtAsync(Everything, DangerousForEverything, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_stopping_everything() => CrashRun.EverywhereAsync(Everything, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public Task A_runaway_has_one_incident_one_pause_and_one_alert_when_the_stop_was_killed() => CrashRun.AtAsync(Runaway, DangerousInAStop, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_stop_by_the_monitor() => CrashRun.EverywhereAsync(Runaway, TestContext.Current.CancellationToken);

    private static CrashWay Everything => new(
        "you", "stop everything", (bot, _) => Task.FromResult(bot.Running().Count == 0),
        async (life, patience) =>
        {
            var paused = life.DoneOf<MarketEvent.Paused>();
            paused.ShouldAllBe(campaign => campaign.Count() == 1, life.Point);
            (await life.CountAsync("SELECT COUNT(*) FROM Incidents WHERE IsOpen", patience)).ShouldBe(paused.Count, life.Point);
            (await life.CountAsync("SELECT COUNT(DISTINCT Campaign) FROM Incidents WHERE IsOpen", patience)).ShouldBe(paused.Count, life.Point);
            foreach (var keys in (IReadOnlyList<string>[])[life.Gateway.Keys, life.Gateway.Mails])
                keys.CountBy(key => key).ShouldAllBe(key => key.Value == 1, life.Point);
        })
    {
        // It ends when everything stands still; that is told after it.
        MayBePassedOver = ["AlertStore."],
    };

    internal static CrashWay Runaway => new("you", "fast forward 2 hours", IsStoppedAndToldAsync, OnceAsync)
    {
        Arguments = ["--Clock:Start", "12:00"],
        Ports = ["IncidentStore.", "IntentStore.", "network.", "Alert", "row."],
        IsCutShort = true,
        PrepareAsync = async (bot, patience) =>
        {
            using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
            await client.SayAsync("simulate runaway x10 c1", patience);
            await client.SeesAsync("began on", patience);
        },
    };

    private static async Task<bool> IsStoppedAndToldAsync(CrashingBot bot, CancellationToken patience) =>
        await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Id = ({First}) AND Status = 'Stopped'", patience) == 1
        && await bot.CountAsync("SELECT COUNT(DISTINCT Channel) FROM Alerts WHERE Channel IN ('sms', 'email') AND Accepted", patience) == 2
        && await bot.CountAsync("SELECT COUNT(*) FROM Alerts WHERE Channel IN ('sms', 'email') AND NOT Settled", patience) == 0;

    private static async Task OnceAsync(CrashLife life, CancellationToken patience)
    {
        (await life.CountAsync($"SELECT COUNT(*) FROM Incidents WHERE IsOpen AND Campaign = ({First})", patience)).ShouldBe(1, life.Point);
        life.DoneOf<MarketEvent.Paused>().ShouldAllBe(campaign => campaign.Count() == 1, life.Point);

        // Taken by the gateway, and the end came before that was on record: nobody can know, so it is said again under the same key.
        var most = 1 + life.Points.Count(point => point.StartsWith("Alert", StringComparison.Ordinal));
        foreach (var (channel, keys) in ((string, IReadOnlyList<string>)[])[("sms", life.Gateway.Keys), ("email", life.Gateway.Mails)])
        {
            keys.ShouldNotBeEmpty($"{life.Point}: {channel}");
            keys.CountBy(key => key).ShouldAllBe(key => key.Value <= most, $"{life.Point}: {channel}");
            keys.Distinct().Count().ShouldBe(
                (int)await life.CountAsync($"SELECT COUNT(*) FROM Alerts WHERE Channel = '{channel}' AND Accepted", patience), $"{life.Point}: {channel}");
        }
    }
}
