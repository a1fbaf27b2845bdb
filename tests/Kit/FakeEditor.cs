using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Sees a square picture in every file, except in those that a test gives another verdict; makes everything a quarter as heavy.</summary>
public sealed class FakeEditor(MemoryMedia media) : ICreativeEditor
{
    public ConcurrentDictionary<Digest, Inspection> Verdicts { get; } = new();

    /// <summary>Files at which looking or preparing throws.</summary>
    public ConcurrentDictionary<Digest, Exception> Faults { get; } = new();

    /// <summary>How often each file was prepared.</summary>
    public ConcurrentDictionary<Digest, int> Prepared { get; } = new();

    public Task<Inspection> InspectAsync(Digest file, string fileName, CancellationToken cancellationToken) =>
        Faults.TryGetValue(file, out var fault) && fault is not CreativeException
            ? Task.FromException<Inspection>(fault)
            : Task.FromResult(Verdicts.GetValueOrDefault(file) ?? new Inspection.Usable(A.Picture(fileName) with { File = file }));

    public Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken)
    {
        Prepared.AddOrUpdate(creative.File, 1, (_, times) => times + 1);
        if (Faults.TryGetValue(creative.File, out var fault))
            throw fault;

        media.All.TryAdd(creative.File, []);
        var bytes = creative.Bytes / 4;
        return Task.FromResult(new PreparedCreative(
            creative.File, creative.File, creative.File, creative.Kind, SlotPlan.ResultOf(slot), slot.Name, slot.Target, bytes, creative.Duration,
            [$"{Measures.Words(creative.Bytes)} → {Measures.Words(bytes)}", .. SlotPlan.Of(creative with { Fit = fit }, slot).Changes]));
    }
}

public sealed class MemoryPrepared : IPreparedStore
{
    private readonly ConcurrentDictionary<(Digest, string), PreparedCreative> _prepared = new();

    public Task<PreparedCreative?> FindAsync(Digest source, string recipe, CancellationToken cancellationToken) =>
        Task.FromResult(_prepared.GetValueOrDefault((source, recipe)));

    public Task KeepAsync(PreparedCreative prepared, string recipe, CancellationToken cancellationToken)
    {
        _prepared[(prepared.Source, recipe)] = prepared;
        return Task.CompletedTask;
    }
}

/// <summary>Draws nothing: every picture is the same digest.</summary>
public sealed class NoCharts : ICharts
{
    private static readonly Digest Blank = Digest.Of("blank");

    public Task<Digest> SaturationAsync(PreLaunchPredictions predictions, Money dailyBudget, CancellationToken cancellationToken) => Task.FromResult(Blank);

    public Task<Digest> SpendAgainstCapAsync(
        string name, IReadOnlyList<SpendPoint> points, Money dailyBudget, Money cap, AccountDay day, TimeZoneInfo zone, CancellationToken cancellationToken) => Task.FromResult(Blank);

    public Task<Digest> CostAgainstTargetAsync(string name, ResultWord result, IReadOnlyList<DayFigures> days, Money? target, CancellationToken cancellationToken) => Task.FromResult(Blank);
}
