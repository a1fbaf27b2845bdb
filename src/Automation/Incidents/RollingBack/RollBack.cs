using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.RollingBack;

/// <summary>Rolls back for a person, on record and told.</summary>
public sealed class RollBack(RollBackPlans plans, LeverRollBack levers, IncidentBook book, IncidentVoice voice, CampaignClock clock)
{
    public Task<RollBackPlan> PlanAsync(IncidentId id, CancellationToken cancellationToken) => plans.PlanAsync(id, cancellationToken);

    public async Task<IncidentAnswer> PutBackAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (await book.RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        var rolled = await PutBackAsync(incident, by, cancellationToken);
        var text = string.Join("; ", rolled.Says);
        if (rolled.Plan.Levers.IsEmpty)
        {
            return IncidentAnswer.No(rolled.Says.Count == 0
                ? "Nothing was moved since the last launch or resume within 24 hours, so there is nothing to put back."
                : $"There is nothing to put back: {text}.");
        }

        var did = rolled.Back > 0 ? "rolled back" : "nothing was put back";
        incident = await book.ChangeAsync(
            incident, open => open with { Notes = open.Notes.Add(new IncidentNote(clock.GetUtcNow(), by.Id, $"{did}: {text}")) }, cancellationToken);
        await voice.NoteAsync(
            incident, FeedKind.Incident, Severity.Medium, rolled.Back > 0 ? $"rolled back by {by.Name}: {text}" : $"{by.Name} wanted to roll back, and {did}: {text}", IncidentVoice.Because(incident), by.Id, cancellationToken);
        if (rolled.Back == 0)
            return IncidentAnswer.No($"Nothing was put back: {text}.");

        return IncidentAnswer.Yes($"Rolled back: {text}. {(rolled.Plan.Runs ? "The campaign runs on." : "The campaign stays paused; say resume when it should run.")}");
    }

    private async Task<RolledBack> PutBackAsync(Incident incident, Person by, CancellationToken cancellationToken)
    {
        var (plan, campaign) = await plans.OfAsync(incident, cancellationToken);
        return campaign is null
            ? new RolledBack(plan, 0, plan.LeftAlone)
            : await levers.PutBackAsync(
                plan, new ReturnOrder(campaign, by, $"{by.Name} rolled back {incident.Handle}", lever => LeverMove.KeyOf(incident.Id, lever, clock.GetUtcNow()), incident), cancellationToken);
    }
}
