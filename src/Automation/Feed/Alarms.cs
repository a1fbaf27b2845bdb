using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Safety.Stopping;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

/// <summary>An open emergency of a campaign in words.</summary>
/// <param name="IsUrgent">It may still be spending: said before everything else.</param>
public sealed record Alarm(string Says, bool IsUrgent)
{
    public string Around(string status) => IsUrgent ? $"{Says}. Otherwise: {status}" : $"{status} ({Says})";
}

/// <summary>What is wrong just now, for every place that shows how a campaign stands.</summary>
public sealed class Alarms(IIncidentStore incidents, GlobalSwitch everything)
{
    /// <summary>The emergencies that are open, by campaign: the one that could not be carried out yet before the others.</summary>
    public async Task<ILookup<CampaignId, Incident>> OpenAsync(CancellationToken cancellationToken) =>
        (await incidents.OpenAsync(cancellationToken))
            .OrderBy(open => open is { Remedy: Remedy.PauseCampaign, PauseConfirmed: false } ? 0 : 1)
            .ThenByDescending(open => open.OpenedAt)
            .ToLookup(open => open.Campaign);

    /// <summary>That raises, launches and resumes are refused for everybody, or null when they are not.</summary>
    public async Task<string?> FrozenAsync(CancellationToken cancellationToken) =>
        await everything.StateAsync(cancellationToken) is { Frozen: true } frozen
            ? $"Raises, launches and resumes are refused for everybody since {frozen.By} said \"{frozen.Because}\"; \"allow everything\" lifts it."
            : null;

    /// <summary>One campaign's emergency, or null without one.</summary>
    public static Alarm? Of(Incident? open) => open switch
    {
        null => null,
        { Remedy: Remedy.PauseCampaign, PauseConfirmed: false } => new Alarm($"EMERGENCY {open.Handle}: IT COULD NOT BE PAUSED YET, tried {Times(open.PauseAttempts)} and again all the time; pause it in the network's own pages{(open.OwnPages is { } pages ? $" ({pages})" : "")}", IsUrgent: true),
        { Remedy: Remedy.PauseCampaign } => new Alarm($"emergency {open.Handle} is open", IsUrgent: false),
        _ => new Alarm($"incident {open.Handle} is open", IsUrgent: false),
    };

    private static string Times(int attempts) => attempts == 1 ? "once" : $"{attempts} times";
}
