using System.Threading.Channels;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Creatives that are worth preparing before anybody asks. Survives nothing: what is missing is made on demand.</summary>
public sealed class PreparationQueue
{
    private readonly Channel<(SourceCreative Creative, NetworkProfile Profile)> _waiting =
        Channel.CreateUnbounded<(SourceCreative, NetworkProfile)>();

    public void Add(SourceCreative creative, NetworkProfile profile) => _waiting.Writer.TryWrite((creative, profile));

    public IAsyncEnumerable<(SourceCreative Creative, NetworkProfile Profile)> TakeAsync(CancellationToken cancellationToken) =>
        _waiting.Reader.ReadAllAsync(cancellationToken);
}

/// <summary>What became of one creative that was prepared in the background: ready, or a sentence why not.</summary>
public sealed record PreparationStanding(SourceCreative Creative, NetworkProfile Profile, PreparedCreative? Ready, string? Fault);

/// <summary>Is told as preparations end, so that a message can be edited in place.</summary>
public interface IPreparationWatcher
{
    Task SeeAsync(PreparationStanding standing, CancellationToken cancellationToken);
}
