using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Makes creatives fit for a network. Asked again for the same file and slot it answers at once with what it made before.</summary>
public interface ICreativePreparation
{
    /// <summary>What can be uploaded, best slot first; empty when the network cannot show it.</summary>
    Task<IReadOnlyList<PreparedCreative>> PrepareAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken);
}
