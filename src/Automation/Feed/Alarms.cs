using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Incidents;
using ChatOpsCampaigns.Automation.Safety;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Feed;

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

    /// <summary>One campaign's emergency in words, or null without one.</summary>
    public static string? Words(Incident? open) => open switch
    {
        null => null,
        { Remedy: Remedy.PauseCampaign, PauseConfirmed: false } => $"EMERGENCY {open.Handle}: IT COULD NOT BE PAUSED YET, tried {Times(open.PauseAttempts)} and again all the time; pause it in the network's own pages",
        { Remedy: Remedy.PauseCampaign } => $"emergency {open.Handle} is open",
        _ => $"incident {open.Handle} is open",
    };

    private static string Times(int attempts) => attempts == 1 ? "once" : $"{attempts} times";
}
