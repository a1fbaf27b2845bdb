namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>At most one move for each lever. A reduction anywhere drops every raise; of two raises the first named stays.</summary>
public static class Reconciler
{
    public static IReadOnlyList<Proposal> OneEach(IReadOnlyList<Proposal> wanted)
    {
        var cuts = wanted.Where(proposal => proposal.To < proposal.From).ToList();
        return cuts.Count > 0
            ? [.. cuts.GroupBy(proposal => proposal.Lever).Select(lever => lever.MinBy(proposal => proposal.To.Amount)!)]
            : [.. wanted.Where(proposal => proposal.To > proposal.From).OrderBy(proposal => proposal.Lever).Take(1)];
    }
}
