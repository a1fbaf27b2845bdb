using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Campaigns.Holds;
using ChatOpsCampaigns.Automation.Commands;
using ChatOpsCampaigns.Automation.Hours;
using ChatOpsCampaigns.Automation.People;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Incidents.Resuming;

/// <summary>Lets a stopped campaign run again at its network, or rest until its hours begin.</summary>
public sealed class Resumption(ICampaignStore campaigns, NetworkGate gate, CampaignHours hours, CampaignClock clock)
{
    /// <summary>Why the gate would refuse it now; null when it would not. Nothing is written or sent.</summary>
    public async Task<IncidentAnswer?> ObjectionAsync(Incident incident, Campaign campaign, Person by, CancellationToken cancellationToken) =>
        await gate.ObjectionAsync(Request(incident, campaign, new CommandKey($"{incident.Id}/resume/foreseen"), by), cancellationToken) is { } objection ? Held(objection) : null;

    /// <param name="ended">Every incident that ends with it.</param>
    /// <returns>"resumed by olga", or why it is not.</returns>
    public async Task<(string? Resolution, IncidentAnswer? Refusal)> ResumeAsync(
        Incident incident, IReadOnlyList<Incident> ended, Campaign campaign, Person by, CancellationToken cancellationToken)
    {
        var request = Request(incident, campaign, await KeyAsync(incident, cancellationToken), by);
        if (await hours.RestWordsAsync(campaign, cancellationToken) is { } rest)
            return await RestAsync(request, ended, by, rest, cancellationToken);

        var outcome = await gate.SendAsync(
            request, (confirmed, token) => campaigns.ChangeAsync(campaign.Id, now => Resumed(now, confirmed.Runs, null, by, ended), token), cancellationToken);
        return outcome is CommandOutcome.Confirmed ? ($"resumed by {by.Name}", null) : (null, Refused(outcome.Words()));
    }

    /// <summary>Resumed outside its hours: it stays paused until they begin, and the schedule lets it run then.</summary>
    private async Task<(string? Resolution, IncidentAnswer? Refusal)> RestAsync(
        GateRequest request, IReadOnlyList<Incident> ended, Person by, string rest, CancellationToken cancellationToken)
    {
        if (await gate.ObjectionAsync(request, cancellationToken) is { } objection)
            return (null, Held(objection));

        await campaigns.ChangeAsync(request.Command.Campaign, now => Resumed(now, CampaignStatus.Resting, rest, by, ended), cancellationToken);
        return ($"resumed by {by.Name}, {rest},", null);
    }

    private static IncidentAnswer Held(string says) => IncidentAnswer.No($"Not resumed: {says}", "say resume again once that is over");

    private static IncidentAnswer Refused(string says) => IncidentAnswer.No($"Not resumed: {says}", "say resume again");

    private GateRequest Request(Incident incident, Campaign campaign, CommandKey key, Person by) => new(
        new NetworkCommand.Activate(campaign.Account, campaign.Id, campaign.Network.Campaign ?? default, campaign.Spec.Schedule.StartAhead(clock.GetUtcNow())),
        key, campaign.Workspace, campaign.Mode, by.Id, $"{by.Name} resumed {incident.Handle} ({incident.CauseWords})", incident.Id);

    /// <summary>One that a crash left open is gone on with; else it is another wanted effect, with a key of its own.</summary>
    private async Task<CommandKey> KeyAsync(Incident incident, CancellationToken cancellationToken) =>
        (await gate.FindResumeAsync(incident.Id, incident.Campaign, incident.ConfirmedAt ?? incident.OpenedAt, cancellationToken))?.Key
        ?? new CommandKey($"{incident.Id}/resume/{clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    private Campaign Resumed(Campaign campaign, CampaignStatus status, string? because, Person by, IReadOnlyList<Incident> ended)
    {
        var now = clock.GetUtcNow();
        var resumed = campaign with { Status = status, Because = because, LastResumedAt = now, ResumedFrom = new ResumedFrom(now, [.. ended.Select(incident => incident.Cause)]) };
        return resumed.RunningFrom(campaign.Status, now).HeldBy(HeldLever.Running, by.Id, now);
    }
}
