using ChatOpsCampaigns.Automation.Campaigns;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>How large one step may be: smaller ones wait, larger ones are cut.</summary>
public readonly record struct ModeBand(decimal Least, decimal Most)
{
    public static ModeBand Of(OptimisationMode mode) => mode switch
    {
        OptimisationMode.Conservative => new(.05m, .10m),
        OptimisationMode.Balanced => new(.10m, .20m),
        OptimisationMode.Aggressive => new(.20m, .30m),
        _ => throw new InvalidOperationException($"No band for {mode}."),
    };
}
