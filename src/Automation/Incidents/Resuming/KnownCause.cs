using System.Text.Json;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety.Observing;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>
/// A simulated fault that is still on: no rule sees it before it has cost something again, and we know of it. One person alone does not let the
/// campaign run into it once more.
/// </summary>
public sealed class KnownCause(IMarketDesk market, SecondPeople others, ApprovalDesk approvals, TimeProvider machine)
{
    /// <summary>The faults that are on and that no second person agreed to, "runaway ×10"; null when there are none.</summary>
    public async Task<string?> FindAsync(Campaign campaign, Incident incident, CancellationToken cancellationToken)
    {
        if (campaign.Mode == NetworkMode.Live)
            return null;

        var on = await OnAsync(market, campaign.Id, cancellationToken);
        return on.Length == 0 || on == incident.AgreedAlthough ? null : on;
    }

    /// <summary>The faults that are on, in words; empty when there are none.</summary>
    internal static async Task<string> OnAsync(IMarketDesk market, CampaignId campaign, CancellationToken cancellationToken) =>
        string.Join(" and ", (await market.FaultsAsync(campaign, cancellationToken)).Select(fault => fault.Words));

    /// <summary>There is nobody who could agree, so it is refused whatever is answered; null when there is somebody, or nothing to agree to.</summary>
    public async Task<IncidentAnswer?> RefusalAsync(Campaign campaign, Incident incident, Person by, CancellationToken cancellationToken) =>
        await FindAsync(campaign, incident, cancellationToken) is { } known && await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken)
            ? IncidentAnswer.No(StillOn(known), Calm(campaign), SecondPeople.WayToAdd)
            : null;

    /// <summary>Asks a second person; null when nothing has to be agreed to.</summary>
    public async Task<IncidentAnswer?> ObjectionAsync(Campaign campaign, Incident incident, WorstDay? worst, Person by, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(campaign, incident, by, cancellationToken) is { } refusal)
            return refusal;

        if (await FindAsync(campaign, incident, cancellationToken) is not { } known)
            return null;

        var details = JsonSerializer.Serialize(new ResumedAgain(incident.Id, campaign.Id) { Although = known });
        var most = worst is null ? "" : $"; at worst {worst.Most} is spent today";
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.ResumeAgain, incident.Id.Value, Digest.Of(details),
                $"{campaign.Name} was stopped ({incident.CauseWords}) and the simulated {known} is still on; it may be resumed all the same{most}", by.Id, machine.GetUtcNow(), ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return IncidentAnswer.No(StillOn(known), Calm(campaign), $"a second person is asked ({asked.Handle}); once it is approved say resume again");
    }

    private static string StillOn(string known) => $"Not resumed: the simulated {known} is still on, so it would only be stopped again, at your cost, and one person alone does not decide that.";

    private static string Calm(Campaign campaign) => $"say \"simulate calm {campaign.Handle}\", which ends it, and resume again";
}
