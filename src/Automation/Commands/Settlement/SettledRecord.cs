using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Commands.Settlement;

/// <summary>Somebody who counts moves and has to hear of those whose answer was lost.</summary>
public interface ISettledMoves
{
    Task RememberAsync(CommandIntent move, Campaign campaign, CancellationToken cancellationToken);
}

/// <summary>Takes into our record, and tells people, what became of a command whose answer was lost.</summary>
public sealed class SettledRecord(ICampaignStore campaigns, IEnumerable<ISettledMoves> listeners, IActivityFeed feed, CampaignClock clock)
{
    /// <summary>Only what still stands as it was when the command was sent is changed: a later move of ours counts more.</summary>
    public async Task KeepAsync(CommandIntent intent, CommandOutcome.Confirmed shown, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(intent.Command.Campaign, cancellationToken) is null)
            return;

        var kept = await campaigns.ChangeAsync(intent.Command.Campaign, now => Held(Changed(now, intent, shown), intent), cancellationToken);
        foreach (var listener in listeners)
            await listener.RememberAsync(intent, kept, cancellationToken);
    }

    public async Task TellAsync(CommandIntent before, CommandIntent after, CancellationToken cancellationToken)
    {
        if (KindOf(after.Command) is not { } kind || (before.State, before.Says) == (after.State, after.Says)
            || await campaigns.FindAsync(after.Command.Campaign, cancellationToken) is not { } campaign)
            return;

        var (severity, says, because) = after.State switch
        {
            IntentState.Confirmed => (Severity.Medium, "done", "no answer came at first; what the network shows now says that it was done"),
            IntentState.TakenBack => (Severity.High, "taken back", after.Says ?? ""),
            IntentState.Failed when before.IsOpen => (Severity.Medium, "did not happen", "no answer came, and what the network shows now says that nothing was changed"),
            IntentState.Unknown or IntentState.Failed when before.Says != after.Says => (Severity.High, "not settled yet", after.Says ?? ""),
            _ => (Severity.Low, "", ""),
        };
        if (says.Length == 0)
            return;

        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name, kind, severity, $"{ActionOf(after.Command)}: {says}", because,
                after.State == IntentState.TakenBack ? PersonId.Monitor : after.By, Simulated: campaign.IsSimulated)
            {
                Undo = after.State == IntentState.Confirmed && after.By == PersonId.Agent ? UndoOf(campaign, after) : null,
            },
            cancellationToken);
    }

    private static FeedOffer UndoOf(Campaign campaign, CommandIntent done) =>
        done.Command is NetworkCommand.Pause ? UndoOffer.Resume(campaign.Handle) : UndoOffer.Of(campaign.Handle, done.Key);

    private Campaign Changed(Campaign now, CommandIntent intent, CommandOutcome.Confirmed shown) => intent.Command switch
    {
        NetworkCommand.SetDailyBudget budget when now.DailyBudget == budget.From => now.Moved(budget),
        NetworkCommand.SetBid bid when now.Bid == bid.From => now.Moved(bid),
        NetworkCommand.Activate when now.Status is CampaignStatus.Paused or CampaignStatus.Resting
            || (now.Status == CampaignStatus.Stopped && intent.Resumes is not null) =>
            (now with { Status = shown.Runs, Because = null, LastResumedAt = clock.GetUtcNow() }).RunningFrom(now.Status, clock.GetUtcNow()),

        // The monitor and the schedule settle their own pauses.
        NetworkCommand.Pause when intent.By.IsHuman || intent.By == PersonId.Agent => now.Paused(intent.By, intent.Because),
        _ => now,
    };

    /// <summary>What a person moved is theirs, also when its answer was lost.</summary>
    private Campaign Held(Campaign now, CommandIntent intent) => intent.By.IsHuman && LeverOf(intent.Command) is { } lever
        ? now.HeldBy(lever, intent.By, clock.GetUtcNow())
        : now;

    private static HeldLever? LeverOf(NetworkCommand command) => command switch
    {
        NetworkCommand.SetDailyBudget => HeldLever.DailyBudget,
        NetworkCommand.SetBid => HeldLever.Bid,
        NetworkCommand.Activate or NetworkCommand.Pause => HeldLever.Running,
        _ => null,
    };

    private static FeedKind? KindOf(NetworkCommand command) => command switch
    {
        NetworkCommand.SetDailyBudget => FeedKind.BudgetChange,
        NetworkCommand.SetBid => FeedKind.BidAdjustment,
        NetworkCommand.Activate => FeedKind.Resume,
        NetworkCommand.Pause => FeedKind.Pause,
        _ => null,
    };

    private static string ActionOf(NetworkCommand command) => command switch
    {
        NetworkCommand.SetDailyBudget budget => $"daily budget {budget.From} → {budget.To}",
        NetworkCommand.SetBid bid => $"bid {bid.From} → {bid.To}",
        NetworkCommand.Activate => "resume",
        _ => command.Words,
    };
}
