using ChatOpsCampaigns.Automation.Feed;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>Resumes what an incident stopped: judged again now, sent, read back, and the incident closed with all that were open beside it.</summary>
public sealed class StoppedResume(IncidentBook book, ResumeCheck check, Resumption resumption, IncidentClosing closing)
{
    public async Task<IncidentAnswer> ResumeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (await check.RefusalAsync(id, by, cancellationToken) is { } refusal)
            return refusal;

        var incident = (await book.FindAsync(id, cancellationToken))!;
        if (incident.Remedy != Remedy.PauseCampaign)
            return await closing.CloseAsync(incident, by.Id, $"closed by {by.Name}", FeedKind.Incident, cancellationToken);

        var (campaign, nothing) = await check.StoppedAsync(incident, cancellationToken);
        if (campaign is null)
            return nothing!;

        // Sweeps wait: none of them sees the campaign running and not yet resumed.
        using var alone = await book.EnterAsync(campaign.Id, cancellationToken);
        var others = await check.OthersAsync(incident, cancellationToken);
        var judged = await check.JudgeAsync(campaign, incident, others, by, cancellationToken);
        if ((judged.Objection ?? await resumption.ObjectionAsync(incident, campaign, by, cancellationToken)
            ?? await check.SecondPersonAsync(campaign, incident, judged, by, cancellationToken)) is { } objection)
            return objection;

        var (resolution, refused) = await resumption.ResumeAsync(incident, [incident, .. others], campaign, by, cancellationToken);
        if (resolution is null)
            return refused!;

        await closing.CloseWithAsync(incident, others, by, cancellationToken);
        var closed = await closing.CloseAsync(incident, by.Id, resolution, FeedKind.Resume, cancellationToken);
        return closed with { Says = $"{closed.Says}{Today(judged)}" };
    }

    /// <summary>What it would meet now. Nothing is changed, and nobody is asked.</summary>
    public async Task<ResumeForeseen> ForeseeAsync(IncidentId id, Person by, CancellationToken cancellationToken)
    {
        if (await check.RefusalAsync(id, by, cancellationToken) is { } refusal)
            return new ResumeForeseen(refusal);

        var incident = (await book.FindAsync(id, cancellationToken))!;
        if (incident.Remedy != Remedy.PauseCampaign)
            return new ResumeForeseen(null);

        var (campaign, nothing) = await check.StoppedAsync(incident, cancellationToken);
        if (campaign is null)
            return new ResumeForeseen(nothing);

        var foreseen = await check.ForeseeAsync(campaign, incident, by, cancellationToken);
        return foreseen with { Objection = foreseen.Objection ?? await resumption.ObjectionAsync(incident, campaign, by, cancellationToken) };
    }

    private static string Today(ResumeJudgement judged) => judged is { Spent: { } spent, Worst: { } worst }
        ? $" {spent} is spent today; it is stopped again at {worst.Cap}, and at worst {worst.Most} is spent by midnight."
        : "";
}
