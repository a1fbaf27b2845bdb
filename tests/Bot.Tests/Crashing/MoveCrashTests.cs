using ChatOpsCampaigns.Adapters.AdNetworks.Simulator;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Market;

namespace ChatOpsCampaigns.Bot.Tests.Crashing;

/// <summary>Moves of bids and budgets, killed at points of their way: wanted once, done once, and known here as they are at the network.</summary>
public sealed class MoveCrashTests
{
    private const string Raised = "c1";

    /// <summary>On some days no bid of the demonstration has to move: on this one several do.</summary>
    internal static readonly string[] BidsMove = ["--Clock:Start", "2026-03-04T17:00:00Z"];

    internal const string TimePasses = "fast forward 5 minutes";

    private static readonly string[] OfAMove = ["ApprovalStore.", "IntentStore.", "network.", "CampaignStore.Change", "AuditTrail.", "DecisionStore.", "SettingsStore.", "Inbox.", "row."];

    private static readonly string[] DangerousInARaise = ["row.Audit.approval#1", "IntentStore.Add.Planned.after#1", "network.SetDailyBudget.after#1", "CampaignStore.Change.after#1"];

    private static readonly string[] DangerousInATurn = ["IntentStore.Add.Planned.after#1", "network.SetBid.after#1", "row.Audit.outcome#1"];

    [Fact(Timeout = 600_000)]
    public Task A_raise_that_a_second_person_approves_is_one_raise_when_it_was_killed() => CrashRun.AtAsync(ApprovedRaise, DangerousInARaise, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_an_approval_of_a_raise() => CrashRun.EverywhereAsync(ApprovedRaise, TestContext.Current.CancellationToken);

    [Fact(Timeout = 600_000)]
    public Task A_turn_of_the_agent_that_was_killed_moves_every_lever_once() => CrashRun.AtAsync(Turn, DangerousInATurn, TestContext.Current.CancellationToken);

    [Fact(Timeout = 3_600_000)]
    [Trait("Length", "Long")]
    public Task Killed_at_every_point_of_a_turn_of_the_agent() => CrashRun.EverywhereAsync(Turn, TestContext.Current.CancellationToken);

    private static CrashWay ApprovedRaise => new(
        "max", "approve a1",
        async (bot, patience) => await bot.CountAsync("SELECT COUNT(*) FROM Approvals WHERE CarriedOut", patience) == 1,
        async (life, patience) =>
        {
            (await life.CountAsync("SELECT COUNT(*) FROM Approvals WHERE State = 'Approved' AND CarriedOut", patience)).ShouldBe(1, life.Point);
            (await life.CountAsync($"SELECT COUNT(*) FROM Campaigns WHERE Handle = '{Raised}' AND json_extract(Body, '$.DailyBudget.Amount') = 560", patience)).ShouldBe(1, life.Point);
            await OnceAsync(life, patience);
        })
    {
        Ports = OfAMove,
        PrepareAsync = async (bot, patience) =>
        {
            using var client = await ChatClient.OpenAsync(bot.Address, "ana", patience);
            await AskForARaiseAsync(client, patience);
            await client.SayAsync("yes", patience);
            await client.SeesAsync("a1: asked", patience);
        },
    };

    private static CrashWay Turn => new(
        "you", TimePasses, HasPassedAsync,
        async (life, patience) =>
        {
            (await life.CountAsync("SELECT COUNT(*) FROM Intents WHERE Person = 'agent' AND State = 'Confirmed'", patience)).ShouldBeGreaterThan(0, life.Point);
            await OnceAsync(life, patience);
        })
    {
        Arguments = BidsMove,
        Ports = OfAMove,
        IsCutShort = true,
    };

    /// <summary>Up to the question whether a second person is to be asked.</summary>
    internal static async Task AskForARaiseAsync(ChatClient client, CancellationToken patience)
    {
        await client.SayAsync($"set budget {Raised} $560", patience);
        await client.SeesAsync("a second person has to approve it", patience);
    }

    internal static async Task<bool> HasPassedAsync(CrashingBot bot, CancellationToken patience) =>
        await bot.CountAsync("SELECT COUNT(*) FROM Settings WHERE Name = 'fast-forward' AND json_extract(Body, '$.Ended')", patience) == 1;

    /// <summary>Each lever moved once at its network, each move wanted, ended and on record once, the agent's with its decision, and our record shows what the network does.</summary>
    internal static async Task OnceAsync(CrashLife life, CancellationToken patience)
    {
        foreach (var lever in life.DoneOf<MarketEvent.BudgetSet>().Concat(life.DoneOf<MarketEvent.BidSet>()))
        {
            var move = lever.ShouldHaveSingleItem($"{life.Point}: {lever.Key}");
            await IsKnownAsync(life, move, patience);
            (await life.CountAsync($"SELECT COUNT(*) FROM Intents WHERE Id = '{move.Key}' AND State = 'Confirmed'", patience)).ShouldBe(1, $"{life.Point}: {move.Key}");
            (await life.CountAsync($"SELECT COUNT(*) FROM Audit WHERE Body LIKE '%{move.Key}%' AND Body LIKE '%outcome%'", patience)).ShouldBe(1, $"{life.Point}: outcomes of {move.Key} on record");

            // A decision that was lost is written by the campaign's next turn, which may still be under way.
            await life.Bot.UntilAsync(
                async () => await life.CountAsync(
                    $"SELECT COUNT(*) FROM Intents WHERE Id = '{move.Key}' AND Person = 'agent' AND NOT EXISTS (SELECT 1 FROM Decisions, json_each(Decisions.Body, '$.Done') AS act "
                    + "WHERE Decisions.Campaign = Intents.Campaign AND json_extract(act.value, '$.Confirmed') AND json_extract(act.value, '$.Proposal.To.Amount') = json_extract(Intents.Body, '$.Command.To.Amount'))",
                    patience) == 0,
                $"{life.Point}: {move.Key} has a decision", patience);
        }
    }

    /// <summary>Our record shows what the network does: where the end came between the confirmation and our own record, with the next look at it.</summary>
    internal static async Task IsKnownAsync(CrashLife life, Change move, CancellationToken patience)
    {
        var (column, amount) = move.Happened switch
        {
            MarketEvent.BudgetSet budget => ("DailyBudget", budget.Amount),
            MarketEvent.BidSet bid => ("Bid", bid.Amount),
            _ => throw new InvalidOperationException(),
        };
        var shown = amount.Amount.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
        await life.Bot.UntilAsync(
            async () => await life.Bot.TextAsync($"SELECT json_extract(Body, '$.{column}.Amount') FROM Campaigns WHERE json_extract(Body, '$.Network.Campaign') = '{move.Target}'", patience) == shown,
            $"{life.Point}: our record of {move.Target} shows {shown}", patience);
    }
}
