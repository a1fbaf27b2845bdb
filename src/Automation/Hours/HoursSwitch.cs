using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;
using Microsoft.Extensions.Logging;

namespace ChatOpsCampaigns.Automation.Hours;

/// <summary>
/// Switches campaigns off and on by the hour where the network keeps no hours. Everything it goes by stands in the campaign: what runs
/// outside its hours is paused and rests, what rests inside them is resumed. A resume of the schedule is a resume: it is refused while an
/// incident is open or everything is frozen, and a campaign that a person paused or the monitor stopped does not rest, so it stays as it is.
/// </summary>
public sealed partial class HoursSwitch(
    ICampaignStore campaigns, CampaignHours hours, CampaignTurns turns, NetworkGate gate, IActivityFeed feed, CampaignClock clock, TimeProvider machine,
    ILogger<HoursSwitch> logger)
{
    private const int AccountsAtOnce = 64;
    private const int CampaignsAtOnce = 8;

    /// <summary>How long a round waits for one account. 15 seconds of machine time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly AccountLanes _lanes = new(Patience, machine);

    /// <summary>Looks once at every campaign; how many were switched. An account that takes long goes on by itself and is not counted.</summary>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var ours = (await campaigns.MaySpendAsync(cancellationToken)).Where(campaign => campaign.HoursByUs).GroupBy(campaign => campaign.Account);
        var switched = 0;
        await Parallel.ForEachAsync(
            ours,
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (group, _) =>
            {
                var done = await _lanes.TryAsync(group.Key, () => TurnAsync([.. group.Select(campaign => campaign.Id)], cancellationToken));
                Interlocked.Add(ref switched, done?.Count ?? 0);
            });
        return switched;
    }

    /// <summary>Those of one account's campaigns that were switched.</summary>
    private async Task<IReadOnlyCollection<CampaignId>> TurnAsync(IReadOnlyList<CampaignId> account, CancellationToken cancellationToken)
    {
        var switched = new ConcurrentBag<CampaignId>();
        await Parallel.ForEachAsync(
            account,
            new ParallelOptions { MaxDegreeOfParallelism = CampaignsAtOnce, CancellationToken = cancellationToken },
            async (campaign, token) =>
            {
                if (await TryTurnAsync(campaign, token))
                    switched.Add(campaign);
            });
        return switched;
    }

    private async Task<bool> TryTurnAsync(CampaignId id, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await turns.EnterAsync(id, cancellationToken);
            return await campaigns.FindAsync(id, cancellationToken) is { Network.Campaign: { } target } campaign
                && await hours.FindAsync(campaign, cancellationToken) is { } open
                && await TurnAsync(campaign, target, open, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            NotSwitched(id, fault);
            return false;
        }
    }

    private async Task<bool> TurnAsync(Campaign campaign, ExternalId target, OpenHours open, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (campaign.Status == CampaignStatus.Resting && campaign.Spec.Schedule.End <= now)
            return await EndAsync(campaign, cancellationToken);

        return (campaign.Status, open.IsOpenAt(now)) switch
        {
            (CampaignStatus.Active or CampaignStatus.InReview, false) => await RestAsync(campaign, target, open.RestWords(now), cancellationToken),
            (CampaignStatus.Resting, true) => await RunAsync(campaign, target, now, cancellationToken),
            _ => false,
        };
    }

    private async Task<bool> RestAsync(Campaign campaign, ExternalId target, string words, CancellationToken cancellationToken)
    {
        // The version tells one rest from the next, also after somebody let it run again at the network.
        var pause = Request(campaign, new NetworkCommand.Pause(campaign.Account, campaign.Id, target), $"rest/{campaign.Version}", words);
        var resting = campaign;
        var outcome = await gate.SendAsync(
            pause,
            async (_, token) => resting = await campaigns.ChangeAsync(
                campaign.Id, now => now.Status is CampaignStatus.Active or CampaignStatus.InReview ? now with { Status = CampaignStatus.Resting, Because = words } : now, token),
            cancellationToken);
        if (outcome is not CommandOutcome.Confirmed)
            return await KeepTellingAsync(campaign, $"its hours are over, and the pause is not confirmed: {outcome.Words()}", cancellationToken);

        await PublishAsync(resting, FeedKind.Pause, Severity.Low, "paused by its hours", words, cancellationToken);
        return true;
    }

    private async Task<bool> RunAsync(Campaign campaign, ExternalId target, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var start = campaign.Spec.Schedule.Start is { } later && later > now ? later : (DateTimeOffset?)null;
        var activate = Request(campaign, new NetworkCommand.Activate(campaign.Account, campaign.Id, target, start), $"run/{campaign.Version}", "its hours begin");
        if (await gate.ObjectionAsync(activate, cancellationToken) is { } objection)
            return await KeepTellingAsync(campaign, $"its hours have begun, but it stays paused: {objection}", cancellationToken);

        var running = campaign;
        var outcome = await gate.SendAsync(
            activate,
            async (shown, token) => running = await campaigns.ChangeAsync(
                campaign.Id,
                found => found.Status == CampaignStatus.Resting ? (found with { Status = shown.Runs, Because = null }).RunningFrom(found.Status, now) : found,
                token),
            cancellationToken);
        if (outcome is not CommandOutcome.Confirmed confirmed)
            return await KeepTellingAsync(campaign, $"its hours have begun, and running is not confirmed: {outcome.Words()}", cancellationToken);

        if (running.Status != confirmed.Runs)
        {
            // Stopped in this very moment: the stop came first at the network, so it is said again.
            await gate.SendAsync(Request(running, new NetworkCommand.Pause(running.Account, running.Id, target), $"back/{running.Version}", "stopped meanwhile"), cancellationToken);
            return false;
        }

        await PublishAsync(running, FeedKind.Resume, Severity.Low, "runs again by its hours", "its hours have begun", cancellationToken);
        return true;
    }

    private async Task<bool> EndAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var ended = await campaigns.ChangeAsync(
            campaign.Id, now => now.Status == CampaignStatus.Resting ? now with { Status = CampaignStatus.Ended, Because = "its end came outside its hours" } : now, cancellationToken);
        await PublishAsync(ended, FeedKind.Note, Severity.Medium, "ended", "its end came outside its hours", cancellationToken);
        return true;
    }

    /// <summary>Kept with the campaign, so that it is told once and tried again every time; figures that only grow older are no news.</summary>
    private async Task<bool> KeepTellingAsync(Campaign campaign, string because, CancellationToken cancellationToken)
    {
        if (WithoutNumbers(campaign.Because) == WithoutNumbers(because))
            return false;

        var kept = await campaigns.ChangeAsync(campaign.Id, now => now.Status == campaign.Status ? now with { Because = because } : now, cancellationToken);
        await PublishAsync(kept, FeedKind.Note, Severity.High, "not switched by its hours yet, tried again every minute", because, cancellationToken);
        return false;
    }

    private static string? WithoutNumbers(string? words) => words is null ? null : string.Concat(words.Where(letter => !char.IsDigit(letter) && letter != '.'));

    private static GateRequest Request(Campaign campaign, NetworkCommand command, string what, string because) => new(
        command, new CommandKey($"{campaign.Id}/hours/{what}"), campaign.Workspace, campaign.Mode, PersonId.System, because);

    private Task<FeedEvent> PublishAsync(Campaign campaign, FeedKind kind, Severity severity, string action, string reason, CancellationToken cancellationToken) =>
        feed.PublishAsync(
            new FeedEvent(0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, kind, severity, action, reason, PersonId.System, Simulated: campaign.IsSimulated),
            cancellationToken);

    [LoggerMessage(EventId = 165, Level = LogLevel.Error, Message = "{Campaign} was not switched by its hours; tried again in a minute.")]
    private partial void NotSwitched(CampaignId campaign, Exception fault);
}
