using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Agent;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Raises;

/// <summary>
/// A raise that a second person allowed: from the value that was shown and no other, judged again, and sent under the approval's own key,
/// so that a crash in between never raises twice.
/// </summary>
public sealed class RaiseApproval(
    ICampaignStore campaigns, NetworkGate gate, NetworkDoor door, CampaignTurns turns, IActivityFeed feed, CampaignClock clock) : IApprovalEffect
{
    private const string Mark = "/approved/";

    public ApprovalKind Kind => ApprovalKind.Raise;

    public Permission? AskedWith => Permission.Raise;

    public static bool IsApproved(CommandKey key) => key.Value.Contains(Mark, StringComparison.Ordinal);

    public async Task<ApprovalObjection?> ObjectionAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedRaise.Of(approval);
        var found = await campaigns.FindAsync(asked.Campaign, cancellationToken);
        if (Pointless(asked, found) is { } says)
            return new ApprovalObjection(says);

        var (campaign, target) = (found!, found!.Network.Campaign!.Value);
        try
        {
            var (network, account) = await door.OpenAsync(campaign.Account, campaign.Mode, cancellationToken);
            var shown = await network.FindCampaignAsync(account, target, cancellationToken);
            if ((asked.Lever == Lever.Bid ? shown?.Bid : shown?.DailyBudget) is var there && there != asked.From)
                return new ApprovalObjection(Moved(asked, there));
        }
        catch (AdNetworkException fault)
        {
            return new ApprovalObjection($"Not now: nobody can see what it is at the network ({fault.Message}).", KeepsWaiting: true);
        }

        return await gate.ObjectionAsync(Request(approval, asked, campaign, target), cancellationToken) is { } objection
            ? new ApprovalObjection($"Not now: {objection}", KeepsWaiting: true)
            : null;
    }

    public async Task<string?> PointlessAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        AskedRaise.Of(approval) is var asked ? Pointless(asked, await campaigns.FindAsync(asked.Campaign, cancellationToken)) : null;

    private static string? Pointless(AskedRaise asked, Campaign? campaign)
    {
        if (campaign is not { Network.Campaign: not null })
            return "The campaign is not known any more.";

        if (!campaign.IsOpen)
            return $"{asked.CampaignName} is over, so that its {asked.LeverName} is not raised any more.";

        if (AskedRaise.Present(campaign, asked.Lever) is var present && present != asked.From)
            return Moved(asked, present);

        return campaign.LastResumedAt == asked.ResumedBefore
            ? null
            : $"{asked.CampaignName} stood still and was resumed since this was asked; look at how it does now, and ask again if it is still wanted.";
    }

    public async Task<bool> HasBegunAsync(PendingApproval approval, CancellationToken cancellationToken) =>
        await gate.FindAsync(KeyOf(approval, AskedRaise.Of(approval).Campaign), cancellationToken) is not null;

    public async Task<string> CarryOutAsync(PendingApproval approval, CancellationToken cancellationToken)
    {
        var asked = AskedRaise.Of(approval);
        using var turn = await turns.EnterAsync(asked.Campaign, cancellationToken);
        if (await campaigns.FindAsync(asked.Campaign, cancellationToken) is not { Network.Campaign: { } target } campaign)
            return "Not done: the campaign is not known any more.";

        // Carried out again after a crash, it may have been moved on since: then its own record stays.
        var request = Request(approval, asked, campaign, target);
        var outcome = await gate.SendAsync(
            request,
            (_, token) => campaigns.ChangeAsync(
                campaign.Id, now => AskedRaise.Present(now, asked.Lever) == asked.From ? now.MovedBy(request.Command, approval.RequestedBy, clock.GetUtcNow()) : now, token),
            cancellationToken);
        if (outcome is CommandOutcome.Unknown unknown)
            throw new NotCarriedOutYetException(unknown.Says);

        if (outcome is not CommandOutcome.Confirmed)
            return $"Not done: {outcome.Words()}";

        await feed.PublishAsync(
            new FeedEvent(
                0, clock.GetUtcNow(), campaign.Workspace, campaign.Account, campaign.Id, campaign.Name,
                asked.Lever == Lever.Bid ? FeedKind.BidAdjustment : FeedKind.BudgetChange, Severity.Medium, $"{asked.LeverName} {asked.From} → {asked.To}",
                $"asked by {approval.RequestedBy}, approved by {approval.DecidedBy}", approval.RequestedBy, Simulated: campaign.IsSimulated),
            cancellationToken);
        return $"{campaign.Name}: {asked.LeverName} {asked.From} → {asked.To}, confirmed by the network.";
    }

    private static string Moved(AskedRaise asked, Money? present) =>
        $"The {asked.LeverName} of {asked.CampaignName} is {present?.ToString() ?? "not known"} and no longer {asked.From}, from which it was asked for; ask again if it is still wanted.";

    private static CommandKey KeyOf(PendingApproval approval, CampaignId campaign) => new($"{campaign}{Mark}{approval.Id}");

    private static GateRequest Request(PendingApproval approval, AskedRaise asked, Campaign campaign, ExternalId target) => new(
        asked.Command(campaign, target), KeyOf(approval, campaign.Id), campaign.Workspace, campaign.Mode, approval.RequestedBy,
        $"asked by {approval.RequestedBy}, approved by {approval.DecidedBy?.ToString() ?? "nobody yet"}")
    {
        SureOfSize = asked.Unusual is not null,
    };
}
