using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>What people do about a stopped campaign, killed at points of its way.</summary>
public sealed class IncidentCrashTests
{
    private const string Resumed = "c3";
    private const string Moved = "c2";

    private static readonly string[] DangerousInAResume =
        ["IntentStore.Add.Planned.after#1", "network.Activate.after#1"];

    private static readonly string[] DangerousInARollBack =
        ["network.SetBid.after#1", "network.SetDailyBudget.after#1"];

    [Fact(Timeout = 600_000)]
    public Task A_resume_that_was_killed_lets_the_campaign_run_once() => CrashRun.AtAsync(Resume, DangerousInAResume, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_resume() => CrashRun.EverywhereAsync(Resume, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public Task A_roll_back_that_was_killed_puts_every_lever_back_once() => CrashRun.AtAsync(RollBack(), DangerousInARollBack, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_roll_back() => CrashRun.EverywhereAsync(RollBack(), TestContext.Current.CancellationToken);

    private static CrashWay Resume => new(
        "olga", $"resume {Resumed}",
        async (bot, patience) => await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Handle = '{Resumed}' AND Status = 'Active'", patience) == 1
            && await OpenOfAsync(bot, Resumed, patience) == 0,
        async (life, patience) =>
        {
            var target = await TargetAsync(life.Bot, Resumed, patience);
            life.DoneOf<MarketEvent.Activated>()[target].Count().ShouldBe(1, life.Point);
            life.DoneOf<MarketEvent.Paused>()[target].ShouldBeEmpty(life.Point);
            life.Bot.Running().Count.ShouldBe(1, life.Point);
            life.Gateway.Keys.ShouldBeEmpty(life.Point);
        })
    {
        Ports = ["IncidentStore.", "IntentStore.", "network.", "CampaignStore.", "AuditTrail.", "Inbox."],
        PrepareAsync = StoppedAsync,
    };

    private static CrashWay RollBack()
    {
        var (budget, bid) = ("", "");
        return new CrashWay(
            "you", "yes",
            async (bot, patience) => await LeversAsync(bot, patience) == (budget, bid),
            async (life, patience) =>
            {
                var target = await TargetAsync(life.Bot, Moved, patience);
                life.DoneOf<MarketEvent.BudgetSet>()[target].Count().ShouldBe(1, life.Point);
                life.DoneOf<MarketEvent.BidSet>()[target].Count().ShouldBe(1, life.Point);
                life.Bot.Running().ShouldBeEmpty(life.Point);
                (await OpenOfAsync(life.Bot, Moved, patience)).ShouldBe(1, life.Point);
            })
        {
            Ports = ["IncidentStore.", "IntentStore.", "network.", "CampaignStore.", "AuditTrail.", "Inbox.", "ConversationStore."],

            // What is left of it by then is asked about as it stands.
            IsCutShort = true,
            PrepareAsync = async (bot, patience) =>
            {
                (budget, bid) = await LeversAsync(bot, patience);
                using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
                await client.SayAsync($"set budget {Moved} $200", patience);
                await client.SeesAsync("$200, confirmed by the network", patience);
                await client.SayAsync($"set bid {Moved} $9", patience);
                await client.SeesAsync("$9, confirmed by the network", patience);
                await StoppedAsync(bot, patience);
                await client.SayAsync($"roll back {await bot.TextAsync($"SELECT json_extract(Body, '$.Handle') FROM Incidents WHERE IsOpen AND Campaign = ({IdOf(Moved)})", patience)}", patience);
                await client.SeesAsync("It stays paused", patience);
            },
        };
    }

    private static async Task StoppedAsync(CrashingBot bot, CancellationToken patience)
    {
        using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
        await client.SayAsync("stop everything", patience);
        await client.SeesAsync("0 not confirmed", patience);
        await client.SayAsync("allow everything", patience);
        await client.SeesAsync("Nothing is resumed by this", patience);
        await client.SayAsync("yes", patience);
        await client.SeesAsync("Allowed again", patience);
    }

    private static async Task<(string Budget, string Bid)> LeversAsync(CrashingBot bot, CancellationToken patience) => (
        await bot.TextAsync($"SELECT json_extract(Body, '$.DailyBudget.Amount') FROM Campaigns WHERE Handle = '{Moved}'", patience),
        await bot.TextAsync($"SELECT json_extract(Body, '$.Bid.Amount') FROM Campaigns WHERE Handle = '{Moved}'", patience));

    private static Task<long> OpenOfAsync(CrashingBot bot, string handle, CancellationToken patience) =>
        bot.CountAsync($"SELECT COUNT(*) FROM Incidents WHERE IsOpen AND Campaign = ({IdOf(handle)})", patience);

    private static Task<string> TargetAsync(CrashingBot bot, string handle, CancellationToken patience) =>
        bot.TextAsync($"SELECT json_extract(Body, '$.Network.Campaign') FROM Campaigns WHERE Handle = '{handle}'", patience);

    private static string IdOf(string handle) => $"SELECT Id FROM Campaigns WHERE Handle = '{handle}'";
}
