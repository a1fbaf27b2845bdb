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

    /// <summary>Has it prepared in the background, so that a launch finds it done. False when the network has no place for it.</summary>
    public bool Warm(DraftId draft, SourceCreative creative, NetworkProfile profile)
    {
        if (SlotPlan.Possible(creative, profile) is null)
            return false;

        queue.Add(new PreparationWish(draft, creative, profile));
        return true;
    }

    /// <summary>What was prepared already, without waiting; null while it is not ready.</summary>
    public async Task<PreparedCreative?> FindAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken) =>
        SlotPlan.Possible(creative, profile) is { } plan ? await FindAsync(creative.File, plan, cancellationToken) : null;

    /// <exception cref="CreativeException">The file is damaged or cannot be made small enough; the message is for people.</exception>
    public async Task<IReadOnlyList<PreparedCreative>> PrepareAsync(SourceCreative creative, NetworkProfile profile, CancellationToken cancellationToken)
    {
        if (SlotPlan.Possible(creative, profile) is not { } plan)
            return [];

        using var turn = await _recipes.EnterAsync($"{creative.File}/{plan.Recipe}", cancellationToken);
        if (await FindAsync(creative.File, plan, cancellationToken) is { } known)
            return [known];

        var prepared = await editor.PrepareAsync(creative, plan.Slot, plan.Fit, cancellationToken);
        await store.KeepAsync(prepared, plan.Recipe, cancellationToken);
        return [prepared];
    }

    private async Task<PreparedCreative?> FindAsync(Digest source, SlotPlan plan, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(source, plan.Recipe, cancellationToken);
        return known is not null && await media.HasAsync(known.File, cancellationToken) && await media.HasAsync(known.Thumbnail, cancellationToken)
            ? known with { Slot = plan.Slot.Name }
            : null;
    }
}
