using System.Collections.Concurrent;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;

namespace ChatOpsCampaigns.Kit;

/// <summary>Sees a square picture in every file, except in those that a test gives another verdict.</summary>
public sealed class FakeEditor : ICreativeEditor
{
    public ConcurrentDictionary<Digest, Inspection> Verdicts { get; } = new();

    public Task<Inspection> InspectAsync(Digest file, string fileName, CancellationToken cancellationToken) =>
        Task.FromResult(Verdicts.GetValueOrDefault(file) ?? new Inspection.Usable(A.Picture(fileName) with { File = file }));

    public Task<PreparedCreative> PrepareAsync(SourceCreative creative, CreativeSlot slot, Fit fit, CancellationToken cancellationToken) =>
        Task.FromResult(new PreparedCreative(creative.File, creative.File, creative.File, creative.Kind, creative.Format, slot.Name, slot.Target, creative.Bytes, creative.Duration, []));
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

    public Task<Digest> CpaAgainstTargetAsync(string name, IReadOnlyList<DayFigures> days, Money? target, CancellationToken cancellationToken) => Task.FromResult(Blank);
}
