using ChatOpsCampaigns.Bot.Simulating.Bids;
using ChatOpsCampaigns.Bot.Simulating.Budgets;
using ChatOpsCampaigns.Bot.Simulating.Creatives;
using ChatOpsCampaigns.Bot.Simulating.Emergencies;

namespace ChatOpsCampaigns.Bot.Simulating;

/// <summary>Every experiment that is built, in the order in which <c>all</c> plays them.</summary>
internal static class Experiments
{
    public static readonly IReadOnlyList<IExperiment> All =
    [
        new EmergencyExperiment(),
        new BidExperiment(),
        new BudgetExperiment(),
        new CreativeExperiment(),
    ];
}
