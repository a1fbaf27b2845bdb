using System.Globalization;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Feed;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Moves that people take back, killed at points of their way: each goes back once, and none that was made before it.</summary>
public sealed class UndoCrashTests
{
    private const string Moved = "c2";
    private const string Switched = "c3";

    /// <summary>By name the campaign with the budget comes first.</summary>
    private static readonly string[] DangerousInARollBack = ["network.SetDailyBudget.after#1", "network.SetBid.after#1"];

    private static readonly string[] OfAnUndo = ["IntentStore.", "network.", "CampaignStore.Change", "AuditTrail.", "Inbox.", "row."];

    /// <summary>The agent moves nothing beside it.</summary>
    private static readonly string[] ByPeopleAlone = ["--Agent:Autonomy", "Shadow"];

    [Fact(Timeout = 600_000)]
    [Trait("Length", "Long")]
    public Task What_was_moved_since_a_time_goes_back_once_when_that_was_killed() => CrashRun.AtAsync(RollBackSince, DangerousInARollBack, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_rolling_back_what_was_moved_since_a_time() => CrashRun.EverywhereAsync(RollBackSince, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_an_undo() => CrashRun.EverywhereAsync(Undo(), TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_undoing_an_act_of_the_agent() => CrashRun.EverywhereAsync(UndoAct, TestContext.Current.CancellationToken);

    private static CrashWay RollBackSince => new(
        "you", "yes",
        async (bot, patience) => await AreBackAsync(bot, 2, patience) && await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Handle = '{Switched}' AND {BidsAreOn}", patience) == 1,
        MoveCrashTests.OnceAsync)
    {
        Arguments = ByPeopleAlone,
        Ports = OfAnUndo,

        // What is left of it by then is asked about as it stands.
        IsCutShort = true,
        PrepareAsync = async (bot, patience) =>
        {
            using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
            await LowerAsync(bot, client, Moved, "Bid", patience);
            await LowerAsync(bot, client, Switched, "DailyBudget", patience);
            await client.SayAsync($"set bids {Switched} off", patience);
            await bot.UntilAsync(async () => await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Handle = '{Switched}' AND {BidsAreOn}", patience) == 0, "the switch is off", patience);
            await client.SayAsync("roll back since 2 hours ago", patience);
            await client.SeesAsync("2 levers and 1 setting back", patience);
        },
    };

    /// <summary>Of two moves of one lever the last is undone; asked once more, it would be the one before.</summary>
    private static CrashWay Undo()
    {
        var wanted = "";
        return new CrashWay(
            "you", "yes",
            async (bot, patience) => await AreBackAsync(bot, 1, patience) && await LeverAsync(bot, Moved, "Bid", patience) == wanted,
            MoveCrashTests.OnceAsync)
        {
            Arguments = ByPeopleAlone,
            Ports = OfAnUndo,
            PrepareAsync = async (bot, patience) =>
            {
                using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
                await LowerAsync(bot, client, Moved, "Bid", patience);
                wanted = await LeverAsync(bot, Moved, "Bid", patience);
                await LowerAsync(bot, client, Moved, "Bid", patience);
                await client.SayAsync($"undo {Moved} bid", patience);
                await client.SeesAsync("Undo the last change of", patience);
            },
        };
    }

    private static CrashWay UndoAct => new("you", "yes", (bot, patience) => AreBackAsync(bot, 1, patience), MoveCrashTests.OnceAsync)
    {
        Arguments = MoveCrashTests.BidsMove,
        Ports = OfAnUndo,
        PrepareAsync = async (bot, patience) =>
        {
            using var client = await ChatClient.OpenAsync(bot.Address, "you", patience);
            await client.SayAsync(MoveCrashTests.TimePasses, patience);
            await bot.UntilAsync(() => MoveCrashTests.HasPassedAsync(bot, patience), "time has passed", patience);
            var act = await bot.TextAsync($"SELECT Id {NewestOfTheAgent}", patience);
            var handle = await bot.TextAsync($"SELECT Handle FROM Campaigns WHERE Id = (SELECT Campaign {NewestOfTheAgent})", patience);
            await client.SayAsync($"undo act {handle} {UndoOffer.NameOf(new CommandKey(act))}", patience);
            await client.SeesAsync("Undo what the agent did in", patience);
        },
    };

    private const string NewestOfTheAgent =
        "FROM Intents WHERE Person = 'agent' AND State = 'Confirmed' AND json_extract(Body, '$.Command.To.Amount') IS NOT NULL ORDER BY At DESC, Id LIMIT 1";

    private const string BidsAreOn = "json_extract(Body, '$.Spec.Automation.AdjustBids')";

    private static async Task<bool> AreBackAsync(CrashingBot bot, int levers, CancellationToken patience) =>
        await bot.CountAsync("SELECT COUNT(*) FROM Intents WHERE Id LIKE '%/rollback/%' AND State = 'Confirmed'", patience) == levers;

    /// <summary>By so little that putting it back needs nobody else.</summary>
    private static async Task LowerAsync(CrashingBot bot, ChatClient client, string campaign, string lever, CancellationToken patience)
    {
        var before = await LeverAsync(bot, campaign, lever, patience);
        var lower = decimal.Parse(before, CultureInfo.InvariantCulture) * 0.97m;
        await client.SayAsync(string.Create(CultureInfo.InvariantCulture, $"set {(lever == "Bid" ? "bid" : "budget")} {campaign} ${lower:0.00}"), patience);
        await bot.UntilAsync(async () => await LeverAsync(bot, campaign, lever, patience) != before, $"the {lever} of {campaign} is lowered", patience);
    }

    private static Task<string> LeverAsync(CrashingBot bot, string campaign, string lever, CancellationToken patience) =>
        bot.TextAsync($"SELECT json_extract(Body, '$.{lever}.Amount') FROM Campaigns WHERE Handle = '{campaign}'", patience);
}
