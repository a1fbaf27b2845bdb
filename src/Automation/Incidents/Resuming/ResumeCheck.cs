using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>What a resume would meet now.</summary>
/// <param name="Objection">Why it would be refused; null when it would not.</param>
/// <param name="Known">A cause that is known to be on still, and that a second person has to agree to.</param>
public sealed record ResumeForeseen(IncidentAnswer? Objection, ResumeJudgement? Judged = null, string? Known = null);

/// <summary>Everything that speaks against a resume before anything is sent.</summary>
public sealed class ResumeCheck(IncidentBook book, ICampaignStore campaigns, ResumeJudge judge, KnownCause cause, ResumeAgain again)
{
    public Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) => book.FindStopAsync(campaign, cancellationToken);

    /// <summary>Who may not answer, or an incident that is over. What was left stopped when its incident was closed can still be resumed.</summary>
    public async Task<IncidentAnswer?> RefusalAsync(IncidentId id, Person by, CancellationToken cancellationToken) =>
        await book.RefusalAsync(id, by, cancellationToken) is { } refusal && !await IsLeftStoppedAsync(id, by, cancellationToken) ? refusal : null;

    /// <summary>The campaign that an incident stopped, or why there is nothing to resume.</summary>
    public async Task<(Campaign? Campaign, IncidentAnswer? Refusal)> StoppedAsync(Incident incident, CancellationToken cancellationToken)
    {
        if (await campaigns.FindAsync(incident.Campaign, cancellationToken) is not { Network.Campaign: not null } campaign)
            return (null, IncidentAnswer.No("The campaign is not known any more."));

        if (campaign.Undoing)
            return (null, IncidentAnswer.No($"The launch of {campaign.Name} was taken back, so there is nothing to resume.", "launch it again"));

        return incident.PauseConfirmed
            ? (campaign, null)
            : (null, IncidentAnswer.No("The pause is not confirmed yet, so there is nothing to resume. It is tried again with every check."));
    }

    /// <summary>What else is open on the campaign.</summary>
    public async Task<IReadOnlyList<Incident>> OthersAsync(Incident incident, CancellationToken cancellationToken) =>
        [.. (await book.OpenOfAsync(incident.Campaign, cancellationToken)).Where(open => open.Id != incident.Id)];

    public Task<ResumeJudgement> JudgeAsync(Campaign campaign, Incident incident, IReadOnlyList<Incident> others, Person by, CancellationToken cancellationToken) =>
        judge.JudgeAsync(campaign, incident, others, by, cancellationToken);

    /// <summary>Asks a second person where one is needed; null where one person may.</summary>
    public async Task<IncidentAnswer?> SecondPersonAsync(Campaign campaign, Incident incident, ResumeJudgement judged, Person by, CancellationToken cancellationToken) =>
        await cause.ObjectionAsync(campaign, incident, judged.Worst, by, cancellationToken) ?? await again.ObjectionAsync(campaign, incident, by, cancellationToken);

    /// <summary>The same without asking anybody.</summary>
    public async Task<ResumeForeseen> ForeseeAsync(Campaign campaign, Incident incident, Person by, CancellationToken cancellationToken)
    {
        var judged = await JudgeAsync(campaign, incident, await OthersAsync(incident, cancellationToken), by, cancellationToken);
        return (judged.Objection ?? await cause.RefusalAsync(campaign, incident, by, cancellationToken)) is { } objection
            ? new ResumeForeseen(objection, judged)
            : new ResumeForeseen(null, judged, await cause.FindAsync(campaign, incident, cancellationToken));
    }

    private async Task<bool> IsLeftStoppedAsync(IncidentId id, Person by, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { State: IncidentState.Closed, Remedy: Remedy.PauseCampaign } closed
        && by.May(Permission.Respond, closed.Account)
        && await campaigns.FindAsync(closed.Campaign, cancellationToken) is { Status: CampaignStatus.Stopped }
        && await book.FindStopAsync(closed.Campaign, cancellationToken) is { } newest && newest.Id == id;
}
