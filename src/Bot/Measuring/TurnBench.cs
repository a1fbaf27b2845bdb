using ChatOpsCampaigns.Automation.Agent.Rounds;

namespace ChatOpsCampaigns.Bot.Measuring;

/// <summary><c>bench turn</c>: one round of the agent over all its campaigns, five minutes of campaign time after the last.</summary>
internal static class TurnBench
{
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMinutes(5);

    public static async Task<BenchResult> RunAsync(BenchPlan plan, CancellationToken cancellationToken)
    {
        await using var host = await BenchHost.OpenAsync(plan, cancellationToken);
        var campaigns = await BenchCampaigns.AddAsync(host, plan.Campaigns, cancellationToken);
        var agent = host.Get<AgentTurns>();
        var (_, first) = await TimedAsync(host, agent, cancellationToken);

        var before = host.Line.Requests;
        var rounds = new List<(TurnsReport Report, TimeSpan Took)>();
        for (var round = 0; round < plan.Rounds; round++)
        {
            host.Clock.SkipTo(host.Clock.GetUtcNow() + BetweenTurns);
            rounds.Add(await TimedAsync(host, agent, cancellationToken));
        }

        return new BenchResult(
            "turn", plan.Campaigns, BenchCampaigns.Accounts(campaigns), "one round over all of them", Spread.Of(rounds.Select(round => round.Took)),
            host.Line.Requests - before)
        {
            Parts = [("firstTurn", "the first round after a start", Spread.Of([first]))],
            Counts =
            [
                ("turns", "turns taken, over all these rounds", rounds.Sum(round => round.Report.Campaigns)),
                ("moves", "bids and budgets moved and read back", rounds.Sum(round => round.Report.Moves)),
                ("failed", "turns that failed, most with their account", rounds.Sum(round => round.Report.Failed)),
            ],
        };
    }

    private static async Task<(TurnsReport Report, TimeSpan Took)> TimedAsync(BenchHost host, AgentTurns agent, CancellationToken cancellationToken)
    {
        var began = host.Machine.GetTimestamp();
        var report = await agent.RunAsync(cancellationToken);
        return (report, host.Machine.GetElapsedTime(began));
    }
}
