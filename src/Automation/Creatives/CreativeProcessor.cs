using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Automation.Creatives;

/// <summary>Looks at files, judges them by a network's slots, and makes them fit: each once, in the background when there is time.</summary>
public sealed class CreativeProcessor(ICreativeEditor editor, IMediaStore media, IPreparedStore store, PreparationQueue queue) : ICreativePreparation
{
    private readonly Turnstile _recipes = new();

    /// <summary>What is in a file, or why it cannot be used and what would be right.</summary>
    public Task<Inspection> InspectAsync(Digest file, string fileName, CancellationToken cancellationToken) =>
        editor.InspectAsync(file, fileName, cancellationToken);

    /// <summary>What a network makes of it: never empty, also where the network has no slot for its kind.</summary>
    public static IReadOnlyList<SpecFinding> Judge(SourceCreative creative, NetworkProfile profile) => CreativeJudge.Judge(creative, profile);

    /// <summary>Starts preparing in the background, so that a launch finds it done.</summary>
    public void Warm(IEnumerable<SourceCreative> creatives, NetworkProfile profile)
    {
        foreach (var creative in creatives.Where(creative => PlanOf(creative, profile) is not null))
            queue.Add(creative, profile);
    }

    /// <summary>What was prepared already, without waiting; null while it is not ready.</summary>
    public async Task<PreparedCreative?> FindAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken) =>
        PlanOf(creative, profile) is { } plan ? await FindAsync(creative.File, plan, cancellationToken) : null;

    /// <exception cref="CreativeException">The file is damaged or cannot be made small enough; the message is for people.</exception>
    public async Task<IReadOnlyList<PreparedCreative>> PrepareAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken)
    {
        if (PlanOf(creative, profile) is not { } plan)
            return [];

        using var turn = await _recipes.EnterAsync($"{creative.File}/{plan.Recipe}", cancellationToken);
        if (await FindAsync(creative.File, plan, cancellationToken) is { } known)
            return [known];

        var prepared = await editor.PrepareAsync(creative, plan.Slot, plan.Fit, cancellationToken);
        await store.KeepAsync(prepared, plan.Recipe, cancellationToken);
        return [prepared];
    }

    private static SlotPlan? PlanOf(SourceCreative creative, NetworkProfile profile) => creative.Kind switch
    {
        CreativeKind.Image or CreativeKind.Video when creative.Size is { Width: > 0, Height: > 0 } =>
            SlotPlan.Best(creative, profile) is { IsPossible: true } plan ? plan : null,
        _ => null,
    };

    private async Task<PreparedCreative?> FindAsync(Digest source, SlotPlan plan, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(source, plan.Recipe, cancellationToken);
        return known is not null && await media.HasAsync(known.File, cancellationToken) && await media.HasAsync(known.Thumbnail, cancellationToken)
            ? known with { Slot = plan.Slot.Name }
            : null;
    }
}
