using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>What was made of a file for a slot, so that it is made once, also over restarts.</summary>
public interface IPreparedStore
{
    /// <param name="recipe">Everything that shapes the result, from <see cref="SlotPlan.Recipe"/>.</param>
    Task<PreparedCreative?> FindAsync(Digest source, string recipe, CancellationToken cancellationToken);

    Task KeepAsync(PreparedCreative prepared, string recipe, CancellationToken cancellationToken);
}
