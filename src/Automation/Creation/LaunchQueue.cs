using System.Threading.Channels;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creation;

/// <summary>Campaigns whose creation should go on now. Only a nudge: what is to be done stands in the store.</summary>
public sealed class LaunchQueue
{
    private readonly Channel<CampaignId> _waiting = Channel.CreateUnbounded<CampaignId>();

    public void Add(CampaignId campaign) => _waiting.Writer.TryWrite(campaign);

    public IAsyncEnumerable<CampaignId> TakeAsync(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);
}
