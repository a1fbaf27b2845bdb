using System.Collections.Immutable;
using ChatOpsCampaigns.Automation.Agent.Optimizers;
using ChatOpsCampaigns.Automation.Agent.Rails;

namespace ChatOpsCampaigns.Automation.Agent;

/// <summary>What a turn wants, and what the rails leave of it.</summary>
public sealed record Plan(ImmutableArray<Proposal> Wanted, ImmutableArray<Trim> Trimmed, ImmutableArray<Proposal> Moves);

/// <summary>Propose, reconcile, trim: everything of a turn that needs no network and no store. Pure.</summary>
public static class DecisionEngine
{
    public static Plan Decide(Surroundings around)
    {
        if (!around.Now.Campaign.AgentManaged)
            return new Plan([], [], []);

        var wanted = new[] { BidOptimizer.Propose(around.Now, around.Memory), BudgetChoice.Propose(around.Now, around.Memory, around.Share), CreativeOptimizer.Propose(around.Now, around.Memory), CampaignPause.Propose(around.Now, around.Memory) }
            .OfType<Proposal>()
            .ToImmutableArray();
        return Allow(wanted, around);
    }

    /// <summary>What reconciling and the rails leave of what is wanted, by whatever it was proposed.</summary>
    internal static Plan Allow(ImmutableArray<Proposal> wanted, Surroundings around)
    {
        var trims = ImmutableArray.CreateBuilder<Trim>();
        var moves = ImmutableArray.CreateBuilder<Proposal>();
        var kept = Reconciler.OneEach(wanted);
        trims.AddRange(wanted.Except(kept).Select(dropped =>
            new Trim(RailNames.OneDirection, dropped.Lever, dropped.To, null, "another move of this turn goes first")));

        foreach (var proposal in kept)
        {
            var (left, shortened) = AllRails.Through(proposal, around);
            trims.AddRange(shortened);
            if (left is not null)
                moves.Add(left);
        }

        return new Plan(wanted, trims.ToImmutable(), moves.ToImmutable());
    }
}
