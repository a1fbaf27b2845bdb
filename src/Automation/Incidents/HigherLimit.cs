using System.Text.Json;
using ChatOpsCampaigns.Automation.Approvals;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>Asks a second person for a higher limit: for the whole time when the lifetime budget holds the campaign, else until the account's midnight.</summary>
public sealed class HigherLimit(IncidentBook book, ICampaignStore campaigns, ResumeJudge judge, ApprovalDesk approvals, SecondPeople others)
{
    private const string AddSomebody = "add somebody first: an Admin says \"people grant approver @ana\", and then it can be asked for";

    public async Task<IncidentAnswer> RequestAsync(IncidentId id, Person by, Money cap, CancellationToken cancellationToken)
    {
        if (await book.RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { } campaign)
            return IncidentAnswer.No("The campaign is not known any more.");

        var (now, held) = await judge.LatestAsync(campaign, cancellationToken);
        var whole = held ? campaign.LifetimeBudget : null;
        var (present, when) = whole is { } budget ? (budget, "altogether") : (now.Cap, "today");
        if (cap.Currency != present.Currency || cap <= present)
            return IncidentAnswer.No($"The limit {when} is {present}; a higher one has to be above that, in {present.Currency}.");

        if (await others.NobodyElseMayAsync(campaign.Workspace, campaign.Account, by, cancellationToken))
            return IncidentAnswer.No($"Not asked: a second person has to approve {cap} {when} instead of {present}, and nobody else here may.", AddSomebody, whole is null ? "or wait for the account's midnight, when the day begins anew" : "or leave it stopped");

        var lifted = new LiftedCap(incident.Id, campaign.Id, new DayCap(now.Today, cap), whole is not null);
        var details = JsonSerializer.Serialize(lifted);
        var asked = await approvals.RequestAsync(
            new PendingApproval(
                ApprovalId.New(), campaign.Workspace, campaign.Account, ApprovalKind.LiftCap, incident.Id.Value, Digest.Of(details),
                $"{campaign.Name} may spend {cap} {when} instead of {present}, so that it can resume", by.Id, approvals.Now, ApprovalState.Waiting)
            {
                Details = details,
            },
            cancellationToken);
        return IncidentAnswer.Yes($"Asked for {cap} {when} ({asked.Handle}); a second person has to approve it, then say resume.");
    }
}
