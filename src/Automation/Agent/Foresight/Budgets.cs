using ChatOpsCampaigns.Automation.Agent.Memory;

namespace ChatOpsCampaigns.Automation.Agent.Foresight;

/// <summary>How spend follows the daily budget.</summary>
internal static class Budgets
{
    /// <summary>Share of a budget that is really spent; our prior until the campaign's own days tell.</summary>
    public const double Delivery = .9;

    private const double LeastFactor = .25;
    private const double MostFactor = 4;

    /// <summary>Re-expresses what was spent at an instant at the present budget: by how much the agent moved it since then.</summary>
    public static double Since(AgentMemory memory, DateTimeOffset at) => Math.Clamp(
        memory.Moves.Where(move => move.Lever == Lever.DailyBudget && move.At > at && move.From.Amount > 0).Aggregate(1.0, (all, move) => all * (double)(move.To.Amount / move.From.Amount)),
        LeastFactor, MostFactor);
}
