using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.AdNetworks;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>
/// Files that turned out while they were being prepared to be unfit, so that the review says so and not first the launch. Kept in
/// memory: after a restart they are prepared, and refused, again.
/// </summary>
public sealed class PreparationFaults : IPreparationWatcher
{
    private readonly ConcurrentDictionary<string, string> _refused = new();

    public string? Find(SourceCreative creative, NetworkProfile profile) =>
        KeyOf(creative, profile) is { } key ? _refused.GetValueOrDefault(key) : null;

    public Task SeeAsync(PreparationStanding standing, CancellationToken cancellationToken)
    {
        if (KeyOf(standing.Wish.Creative, standing.Wish.Profile) is not { } key)
            return Task.CompletedTask;

        if (standing.Outcome is PreparationOutcome.Refused refused)
            _refused[key] = refused.Says;
        else
            _refused.TryRemove(key, out _);

        return Task.CompletedTask;
    }

    private static string? KeyOf(SourceCreative creative, NetworkProfile profile) =>
        SlotPlan.Possible(creative, profile) is { } plan ? $"{creative.File}/{plan.Recipe}" : null;
}
