using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <summary>
/// Takes over what the network says of a campaign that may be spending: reviewed, rejected, begun, ended, paused there, levers
/// moved there; of a stopped one the levers alone, so that a roll back whose record was lost comes back to it. Skipped when our own record changed since it was looked up: then the next reading tells.
/// </summary>
public sealed partial class StatusReconciler(
    ICampaignStore campaigns, IIntentStore intents, IActivityFeed feed, CampaignClock clock, ILogger<StatusReconciler> logger)
{
    /// <summary>A lever that differs is believed when two readings in a row show it: one may have crossed a change of ours.</summary>
    private readonly ConcurrentDictionary<CampaignId, (Money Budget, Money? Bid)> _differed = new();

    private readonly LeverOrigins _origins = new(intents, clock);

    /// <summary>A pause, the same way: with the version of our own record, which every act of ours raises.</summary>
    private readonly ConcurrentDictionary<CampaignId, int> _paused = new();

    /// <summary>How far back an own pause explains one that is found. 24 hours.</summary>
    private static readonly TimeSpan OwnPauseReach = TimeSpan.FromHours(24);

    public async Task<Campaign> ReconcileAsync(Campaign campaign, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        if (!campaign.MaySpend && campaign.Status != CampaignStatus.Stopped)
            return campaign;

        try
        {
            if (campaign.Status == CampaignStatus.Stopped)
                return await LeversAsync(campaign, shown, cancellationToken);

            var after = await StatusAsync(campaign, shown, cancellationToken);
            return after.MaySpend ? await LeversAsync(after, shown, cancellationToken) : after;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotTakenOver(campaign.Id, fault.Message);
            return campaign;
        }
    }

    /// <summary>Takes over that something runs at its network which was at rest here: from now on it is watched like everything else.</summary>
    public async Task<Campaign> AdoptAsync(Campaign campaign, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        if (StatusOf(shown.Status) is not { } status || status == campaign.Status)
            return campaign;

        var adopted = await ChangeAsync(campaign, now => (now with { Status = status, Because = null }).RunningFrom(now.Status, clock.GetUtcNow()), cancellationToken);
        if (adopted.Status == status)
        {
            await NoteAsync(
                adopted, Severity.High, $"{Words(status)}, found at the network; here it was {StatusWords.Of(campaign.Status)}",
                "somebody let it run there, or a pause was lost; every rule watches it again", cancellationToken);
        }

        return adopted;
    }

    private async Task<Campaign> StatusAsync(Campaign campaign, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        if (StatusOf(shown.Status) is not { } status || status == campaign.Status || (status, campaign.Status) is (CampaignStatus.Paused, CampaignStatus.Resting))
        {
            _paused.TryRemove(campaign.Id, out _);
            return campaign;
        }

        if (status == CampaignStatus.Paused && !IsSeenAgain(campaign))
            return campaign;

        var because = status switch
        {
            CampaignStatus.Rejected => shown.WhyRejected ?? "the network gives no reason",
            CampaignStatus.Paused => await IsOurOwnAsync(campaign, cancellationToken) ? "paused from here" : "paused at the network, not by us",
            CampaignStatus.Ended => "ended at the network",
            _ => null,
        };
        var changed = await ChangeAsync(campaign, now => (now with { Status = status, Because = because }).RunningFrom(now.Status, clock.GetUtcNow()), cancellationToken);
        if (changed.Status == status)
        {
            await NoteAsync(changed, status == CampaignStatus.Rejected ? Severity.High : Severity.Medium, Words(status),
                because ?? "the network says so", cancellationToken);
        }

        return changed;
    }

    private bool IsSeenAgain(Campaign campaign)
    {
        if (_paused.TryGetValue(campaign.Id, out var version) && version == campaign.Version)
            return _paused.TryRemove(campaign.Id, out _);

        _paused[campaign.Id] = campaign.Version;
        return false;
    }

    /// <summary>Our last word to the network was a pause that our record does not show yet: its answer was lost, or a crash came between.</summary>
    private async Task<bool> IsOurOwnAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var open = await intents.OpenAsync(cancellationToken);
        var confirmed = await intents.ConfirmedAsync(campaign.Id, clock.GetUtcNow() - OwnPauseReach, cancellationToken);
        return open.Concat(confirmed)
            .Where(intent => intent.Command.Campaign == campaign.Id && intent.Command is NetworkCommand.Pause or NetworkCommand.Activate)
            .MaxBy(intent => intent.PlannedAt)?.Command is NetworkCommand.Pause;
    }

    private async Task<Campaign> LeversAsync(Campaign campaign, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        if (shown.DailyBudget == campaign.DailyBudget && shown.Bid == campaign.Bid)
        {
            _differed.TryRemove(campaign.Id, out _);
            return campaign;
        }

        var seen = (shown.DailyBudget, shown.Bid);
        if (!_differed.TryGetValue(campaign.Id, out var before) || before != seen)
        {
            _differed[campaign.Id] = seen;
            return campaign;
        }

        _differed.TryRemove(campaign.Id, out _);
        var found = await _origins.FindAsync(campaign, shown, cancellationToken);
        var changed = await ChangeAsync(campaign, found.TakeOver, cancellationToken);
        var moves = new List<string>();
        if (shown.DailyBudget != campaign.DailyBudget)
            moves.Add($"daily budget {campaign.DailyBudget} → {shown.DailyBudget}");
        if (shown.Bid != campaign.Bid)
            moves.Add($"bid {campaign.Bid?.ToString() ?? "none"} → {shown.Bid?.ToString() ?? "none"}");

        await NoteLeversAsync(changed, string.Join(", ", moves), found.ByOthers, cancellationToken);
        return changed;
    }

    /// <summary>What somebody moved at the network is asked about once: our record shows it from here on.</summary>
    private Task<FeedEvent> NoteLeversAsync(Campaign changed, string moves, bool byOthers, CancellationToken cancellationToken) => byOthers && changed.AgentManaged
        ? NoteAsync(
            changed, Severity.High, moves,
            $"changed at the network, not by us. The agent leaves it alone for 24 hours: say \"take over {changed.Handle}\" to keep it for good, or \"hand back {changed.Handle}\" to let the agent go on now",
            cancellationToken, new FeedOffer("Keep it for good", $"take over {changed.Handle}"), new FeedOffer("Hand back to the agent", $"hand back {changed.Handle}"))
        : NoteAsync(changed, Severity.Medium, moves, byOthers ? "changed at the network, not by us" : "changed from here", cancellationToken);

    private Task<Campaign> ChangeAsync(Campaign campaign, Func<Campaign, Campaign> change, CancellationToken cancellationToken) =>
        campaigns.ChangeAsync(campaign.Id, now => now.Version == campaign.Version ? change(now) : now, cancellationToken);

    private Task<FeedEvent> NoteAsync(
        Campaign campaign, Severity severity, string action, string reason, CancellationToken cancellationToken, params ReadOnlySpan<FeedOffer> offers) =>
        feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, FeedKind.Note, severity, action, reason,
                PersonId.Monitor, Simulated: campaign.IsSimulated)
            {
                Offers = [.. offers],
            },
            cancellationToken);

    private static CampaignStatus? StatusOf(NetworkStatus status) => status switch
    {
        NetworkStatus.Active => CampaignStatus.Active,
        NetworkStatus.Scheduled => CampaignStatus.Scheduled,
        NetworkStatus.InReview => CampaignStatus.InReview,
        NetworkStatus.Rejected => CampaignStatus.Rejected,
        NetworkStatus.Paused => CampaignStatus.Paused,
        NetworkStatus.Ended or NetworkStatus.Archived => CampaignStatus.Ended,
        _ => null,
    };

    private static string Words(CampaignStatus status) => status switch
    {
        CampaignStatus.Active => "running now",
        CampaignStatus.InReview => "in review by the network",
        CampaignStatus.Rejected => "rejected by the network",
        CampaignStatus.Scheduled => "waiting for its start",
        CampaignStatus.Paused => "found paused at the network",
        _ => "ended",
    };

    [LoggerMessage(EventId = 214, Level = LogLevel.Warning, Message = "What the network says of {Campaign} could not be taken over yet: {Says}")]
    private partial void NotTakenOver(CampaignId campaign, string says);
}
