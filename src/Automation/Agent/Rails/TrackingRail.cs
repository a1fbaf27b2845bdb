namespace ChatOpsCampaigns.Automation.Agent.Rails;

/// <summary>While results are not being counted in an account, what they seem to cost moves no bid, and nothing is raised.</summary>
internal sealed class TrackingRail : IRail
{
    public string Name => "tracking";

    public Trim? Check(Proposal move, Surroundings around) =>
        around.Now.ResultsUncounted && (move.Lever != Lever.DailyBudget || move.Raises())
            ? this.Dropped(move, "results are not being counted in this account, so nobody knows what one costs")
            : null;
}
