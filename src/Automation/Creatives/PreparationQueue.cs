using System.Threading.Channels;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>A creative of a draft that is worth preparing before anybody asks.</summary>
public sealed record PreparationWish(DraftId Draft, SourceCreative Creative, NetworkProfile Profile);

/// <summary>Wishes that wait. Survives nothing: what is missing after a restart is wished for again, and made on demand at the latest.</summary>
public sealed class PreparationQueue
{
    private readonly Channel<PreparationWish> _waiting = Channel.CreateUnbounded<PreparationWish>();

    public void Add(PreparationWish wish) => _waiting.Writer.TryWrite(wish);

    public IAsyncEnumerable<PreparationWish> TakeAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);
}

/// <summary>How a preparation in the background ended.</summary>
public abstract record PreparationOutcome
{
    public sealed record Ready(PreparedCreative File) : PreparationOutcome;

    /// <summary>The file itself stands against it; the sentence says what would be right.</summary>
    public sealed record Refused(string Says) : PreparationOutcome;

    /// <summary>Not the file's fault: it is tried again at launch.</summary>
    public sealed record Interrupted(string Says) : PreparationOutcome;
}

/// <summary>What became of a wish.</summary>
public sealed record PreparationStanding(PreparationWish Wish, PreparationOutcome Outcome);

/// <summary>Is told as preparations end, so that a message can be edited in place.</summary>
public interface IPreparationWatcher
{
    Task SeeAsync(PreparationStanding standing, CancellationToken cancellationToken);
}
