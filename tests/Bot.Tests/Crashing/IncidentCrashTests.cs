using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>What people do about a stopped campaign, killed at points of its way.</summary>
public sealed class IncidentCrashTests
{
    private const string Resumed = "c3";
    private const string Moved = "c2";

    private static readonly string[] DangerousInAResume =
        ["IntentStore.Add.Planned.after#1", "network.Activate.after#1"];

    /// <summary>Agreed to and not on record, on record and not carried out, carried out and not said so.</summary>
    private static readonly string[] DangerousInAnAgreement =
        ["row.Audit.approval#1", "ApprovalStore.Change.after#1", "IncidentStore.Change.after#1", "ApprovalStore.Change.before#1"];

    private static readonly string[] DangerousInARollBack =
        ["network.SetBid.after#1", "network.SetDailyBudget.after#1"];

    [Fact(Timeout = 600_000)]
    public Task A_resume_that_was_killed_lets_the_campaign_run_once() => CrashRun.AtAsync(Resume, DangerousInAResume, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_resume() => CrashRun.EverywhereAsync(Resume, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public Task A_resume_that_a_second_person_agrees_to_is_agreed_to_once_when_it_was_killed_and_runs_once() =>
        CrashRun.AtAsync(Agreement, DangerousInAnAgreement, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_an_approval_of_a_resume() => CrashRun.EverywhereAsync(Agreement, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_resume_that_was_agreed_to() => CrashRun.EverywhereAsync(AgreedResume, TestContext.Current.CancellationToken);

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

    private static CrashWay Agreement => new(
        "max", "approve a1",
        async (bot, patience) => await bot.CountAsync("SELECT COUNT(*) FROM Approvals WHERE State = 'Approved' AND CarriedOut", patience) == 1,
        async (life, patience) =>
        {
            (await life.CountAsync(Agreed, patience)).ShouldBe(1, life.Point);
            var target = await TargetAsync(life.Bot, Resumed, patience);
            life.DoneOf<MarketEvent.Activated>()[target].ShouldBeEmpty($"{life.Point}: agreeing resumes nothing");
            using (var olga = await ChatClient.OpenAsync(life.Bot.Address, "olga", patience))
                await ResumeAnywayAsync(olga, patience);

            await life.Bot.UntilAsync(async () => await RunsAsync(life.Bot, patience), $"{life.Point}: it runs", patience);
            life.DoneOf<MarketEvent.Activated>()[target].Count().ShouldBe(1, life.Point);
        })
    {
        Ports = ["ApprovalStore.", "IncidentStore.", "AuditTrail.", "Inbox.", "row."],
        PrepareAsync = AskedAsync,
    };

    private static CrashWay AgreedResume => new(
        "olga", $"resume {Resumed}", RunsAsync,
        async (life, patience) =>
        {
            var target = await TargetAsync(life.Bot, Resumed, patience);
            life.DoneOf<MarketEvent.Activated>()[target].Count().ShouldBe(1, life.Point);
            (await life.CountAsync(Agreed, patience)).ShouldBe(1, life.Point);
            (await life.CountAsync("SELECT COUNT(*) FROM Approvals", patience)).ShouldBe(1, $"{life.Point}: nobody is asked a second time");
        })
    {
        // What is passed before the yes is passed by the question too.
        Ports = ["IncidentStore.", "IntentStore.", "network.", "CampaignStore."],
        SayAsync = ResumeAnywayAsync,
        PrepareAsync = async (bot, patience) =>
        {
            await AskedAsync(bot, patience);
            using var max = await ChatClient.OpenAsync(bot.Address, "max", patience);
            await max.SayAsync("approve a1", patience);
            await bot.UntilAsync(async () => await bot.CountAsync("SELECT COUNT(*) FROM Approvals WHERE CarriedOut", patience) == 1, "a1 is carried out", patience);
        },
    };

    private const string Agreed =
        "SELECT COUNT(*) FROM Incidents, json_each(Incidents.Body, '$.Notes') AS note WHERE json_extract(note.value, '$.Says') LIKE 'agreed that it may be resumed%'";

    /// <summary>Stopped, with a fault on of which everybody knows: one person alone does not resume it.</summary>
    private static async Task AskedAsync(CrashingBot bot, CancellationToken patience)
    {
        using (var you = await ChatClient.OpenAsync(bot.Address, "you", patience))
        {
            await you.SayAsync($"simulate fraud {Resumed}", patience);
            await you.SeesAsync("simulate calm", patience);
        }

        await StoppedAsync(bot, patience);
        using var olga = await ChatClient.OpenAsync(bot.Address, "olga", patience);
        await olga.SayAsync($"resume {Resumed}", patience);
        await olga.SeesAsync("Ask a second person whether", patience);
        await olga.SayAsync("yes", patience);
        await olga.SeesAsync("a second person is asked (a1)", patience);
    }

    private static async Task ResumeAnywayAsync(ChatClient olga, CancellationToken patience)
    {
        await olga.SayAsync($"resume {Resumed}", patience);
        await olga.SeesAsync("anyway?", patience);
        await olga.SayAsync("yes", patience);
    }

    private static async Task<bool> RunsAsync(CrashingBot bot, CancellationToken patience) =>
        await bot.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Handle = '{Resumed}' AND Status = 'Active'", patience) == 1 && await OpenOfAsync(bot, Resumed, patience) == 0;

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
