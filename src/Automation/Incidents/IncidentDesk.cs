using ChatOpsCampaigns.Automation.Incidents.Resuming;
using ChatOpsCampaigns.Automation.Incidents.RollingBack;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents;

/// <summary>What people do about an incident: one at a time for each. The only way by which a stopped campaign runs again.</summary>
public sealed class IncidentDesk(IncidentAcknowledgement acknowledgement, ResumeCheck check, StoppedResume resume, RollBack rollBack, HigherLimit limit)
{
    private readonly Turnstile _incidents = new();

    public Task<IncidentAnswer> AcknowledgeAsync(IncidentId id, Person by, CancellationToken cancellationToken) => acknowledgement.AcknowledgeAsync(id, by, cancellationToken);

    /// <summary>The incident that holds a stopped campaign; null when none is kept.</summary>
    public Task<Incident?> FindStopAsync(CampaignId campaign, CancellationToken cancellationToken) => check.FindStopAsync(campaign, cancellationToken);

    /// <summary>What a resume would meet now, so that nothing is asked that would then be refused. Nothing is changed.</summary>
    public Task<ResumeForeseen> ForeseeResumeAsync(IncidentId id, Person by, CancellationToken cancellationToken) => resume.ForeseeAsync(id, by, cancellationToken);

    /// <summary>
    /// Judges again now, on a fresh reading; resumes only when every rule is clear. Also what was left stopped when its incident was closed.
    /// </summary>
    public async Task<IncidentAnswer> ResumeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        using var turn = await _incidents.EnterAsync(id.Value, cancellationToken);
        return await resume.ResumeAsync(id, by, cancellationToken);
    }

    public Task<RollBackPlan> RollBackPlanAsync(IncidentId id, CancellationToken cancellationToken) => rollBack.PlanAsync(id, cancellationToken);

    /// <summary>Puts levers back; a campaign that is paused stays so.</summary>
    public async Task<IncidentAnswer> RollBackAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        using var turn = await _incidents.EnterAsync(id.Value, cancellationToken);
        return await rollBack.PutBackAsync(id, by, cancellationToken);
    }

    /// <summary>Asks a second person for a higher limit.</summary>
    public Task<IncidentAnswer> RequestHigherCapAsync(IncidentId id, Person by, Money cap, CancellationToken cancellationToken) => limit.RequestAsync(id, by, cap, cancellationToken);
}
