namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>
/// At most one move for each lever. A campaign that is paused is moved no other way. A lower bid or budget drops every raise; of two raises the first named stays. An ad that is paused spends no less, so that it
/// goes beside either.
/// </summary>
public static class Reconciler
{
    public static IReadOnlyList<Proposal> OneEach(IReadOnlyList<Proposal> wanted)
    {
        if (wanted.FirstOrDefault(proposal => proposal.Lever == Lever.Running) is { } pause)
            return [pause];

        var ads = wanted.Where(proposal => proposal.Lever == Lever.Creative).Take(1);
        var money = wanted.Where(proposal => proposal.Lever != Lever.Creative).ToList();
        var cuts = money.Where(proposal => proposal.To < proposal.From).ToList();
        return cuts.Count > 0
            ? [.. cuts.GroupBy(proposal => proposal.Lever).Select(lever => lever.MinBy(proposal => proposal.To.Amount)!), .. ads]
            : [.. money.Where(proposal => proposal.To > proposal.From).OrderBy(proposal => proposal.Lever).Take(1), .. ads];
    }
}
