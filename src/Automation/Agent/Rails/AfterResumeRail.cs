using ChatOpsCampaigns.Automation.Safety;

namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>The agent keeps its hands off a campaign for an hour after somebody let it run again: it sees first how it runs as people left it.</summary>
internal sealed class AfterResumeRail : IRail
{
    public string Name => "after-resume";

    public Trim? Check(Proposal move, Surroundings around) =>
        around.Now.Campaign.LastResumedAt is { } resumed && around.Now.Now - resumed < SafetyLimits.ResumeCooldown
            ? this.Dropped(move, $"it was resumed {Math.Max(0, (around.Now.Now - resumed).TotalMinutes):0} minutes ago, and nothing is moved for an hour")
            : null;
}
