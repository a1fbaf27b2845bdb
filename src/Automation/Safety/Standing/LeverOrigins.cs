using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Safety.Standing;

/// <param name="TakeOver">Changes our record.</param>
/// <param name="ByOthers">Somebody at the network moved one of them.</param>
public sealed record LeversFound(Func<Campaign, Campaign> TakeOver, bool ByOthers);

/// <summary>
/// Who moved a lever that stands elsewhere at the network than in our record: we, when the answer to a change of ours was lost, or
/// somebody there. What a person moved is theirs, and the agent leaves it alone.
/// </summary>
public sealed class LeverOrigins(IIntentStore intents, CampaignClock clock)
{
    /// <summary>How far back a change of ours explains what is found. 24 hours.</summary>
    private static readonly TimeSpan OwnReach = TimeSpan.FromHours(24);

    /// <summary>What makes our record what the network shows: its values, and holds on what a person moved.</summary>
    public async Task<LeversFound> FindAsync(Campaign campaign, NetworkCampaign shown, CancellationToken cancellationToken)
    {
        var moved = new List<(HeldLever Lever, CommandIntent? Own)>();
        if (shown.DailyBudget != campaign.DailyBudget)
            moved.Add((HeldLever.DailyBudget, await OwnAsync(campaign, HeldLever.DailyBudget, shown.DailyBudget, cancellationToken)));
        if (shown.Bid != campaign.Bid)
            moved.Add((HeldLever.Bid, await OwnAsync(campaign, HeldLever.Bid, shown.Bid, cancellationToken)));

        var at = clock.GetUtcNow();
        return new LeversFound(
            found => moved.Where(one => one.Own is null || one.Own.By.IsHuman).Aggregate(
                found with { DailyBudget = shown.DailyBudget, Bid = shown.Bid }, (held, one) => held.HeldBy(one.Lever, one.Own?.By, at)),
            moved.Any(one => one.Own is null));
    }

    /// <summary>The newest change of ours to that value.</summary>
    private async Task<CommandIntent?> OwnAsync(Campaign campaign, HeldLever lever, Money? shown, CancellationToken cancellationToken) =>
        (await intents.OpenAsync(cancellationToken))
            .Concat(await intents.ConfirmedAsync(campaign.Id, clock.GetUtcNow() - OwnReach, cancellationToken))
            .Where(intent => intent.Command.Campaign == campaign.Id && shown is not null && SetTo(intent.Command, lever) == shown)
            .MaxBy(intent => intent.PlannedAt);

    private static Money? SetTo(NetworkCommand command, HeldLever lever) => (command, lever) switch
    {
        (NetworkCommand.SetBid bid, HeldLever.Bid) => bid.To,
        (NetworkCommand.SetDailyBudget budget, HeldLever.DailyBudget) => budget.To,
        _ => null,
    };
}
