using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Dialogs.Chat.Places;

/// <summary>Conversations that take no messages any more, and why: one was refused there, or the chat told it before anything was said there.</summary>
public sealed class ShutPlaces(IAdAccounts accounts, ICampaignStore campaigns)
{
    private readonly ConcurrentDictionary<ConversationId, string> _all = new();

    public IReadOnlyDictionary<ConversationId, string> All => _all;

    public void Refused(ClosedPlaceException shut) => _all[shut.Place] = shut.Why;

    /// <summary>It concerns nobody where nothing of ours is posted.</summary>
    public async Task ToldAsync(ConversationId place, string why, CancellationToken cancellationToken)
    {
        if (await IsPostedToAsync(place, cancellationToken))
            _all[place] = why;
    }

    /// <summary>It takes messages, and whatever it is in does too.</summary>
    public void Opened(ConversationId conversation)
    {
        foreach (var open in _all.Keys.Where(shut => ChatDesk.IsIn(conversation, shut.Value)))
            _all.TryRemove(open, out _);
    }

    /// <summary>Whether an account is bound to it, or a campaign that is open was made there.</summary>
    public async Task<bool> IsPostedToAsync(ConversationId place, CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.AllAsync(cancellationToken))
        {
            if ((await accounts.BindingAsync(account.Id, cancellationToken)).Channels.Contains(place.Value))
                return true;
        }

        return (await campaigns.AllAsync(WorkspaceId.Local, cancellationToken)).Any(campaign => campaign.IsOpen && campaign.Conversation is { Length: > 0 } home && ChatDesk.IsIn(new ConversationId(home), place.Value));
    }
}
