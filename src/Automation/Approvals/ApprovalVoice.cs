using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Approvals;

/// <summary>Says what becomes of requests: in the feed, and to who comes too late.</summary>
public sealed class ApprovalVoice(IActivityFeed feed, IAdAccounts accounts, CampaignClock clock)
{
    private readonly ConcurrentDictionary<ApprovalId, string> _toldOf = new();

    public async Task AnnounceAsync(PendingApproval approval, PersonId by, string action, string reason, CancellationToken cancellationToken) =>
        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), approval.Workspace, approval.Account, null, approval.Handle, FeedKind.Approval, Severity.High, action, reason, by,
                Simulated: (await accounts.AllAsync(cancellationToken)).Any(known => known.Id == approval.Account && known.Mode == NetworkMode.Simulated)),
            cancellationToken);

    /// <summary>What was approved cannot be carried out yet: told once.</summary>
    public async Task TellOnceAsync(PendingApproval approval, Exception fault, CancellationToken cancellationToken)
    {
        if (!_toldOf.TryAdd(approval.Id, fault.Message))
            return;

        try
        {
            await AnnounceAsync(
                approval, PersonId.System, $"approved but not carried out yet: {approval.Says}", $"{fault.Message.TrimEnd('.')}. It is tried again every minute.", cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What keeps the effect from happening may keep people from being told; the next try tells them.
            _toldOf.TryRemove(KeyValuePair.Create(approval.Id, fault.Message));
        }
    }

    /// <summary>What became of a request, and what can be done now.</summary>
    public async Task<string> AlreadyDecidedAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var when = approval.DecidedAt is { } at ? $" at {await accounts.InAsync(approval.Account, at, cancellationToken)}" : "";
        var why = approval.Why is { Length: > 0 } reason ? $": {reason.TrimEnd('.')}" : "";
        const string Anew = "Nothing was changed. If it is still wanted, it has to be asked for anew.";
        return approval.State switch
        {
            ApprovalState.Approved when approval.CarriedOut => $"{approval.Handle} was approved by {approval.DecidedBy}{when}: {approval.Says}. It is done; \"status\" shows how things stand.",
            ApprovalState.Approved => $"{approval.Handle} was approved by {approval.DecidedBy}{when}: {approval.Says}. It is not carried out yet and is tried again every minute.",
            ApprovalState.Expired => $"{approval.Handle} ran out{when}{why}. {Anew}",
            ApprovalState.Rejected => $"{approval.Handle} was rejected by {approval.DecidedBy}{when}{why}. {Anew}",
            _ => $"{approval.Handle} was withdrawn{when}{why}. {Anew}",
        };
    }
}
