using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatOpsCampaigns.Automation.Telemetry;

namespace ChatOpsCampaigns.Kit;

/// <summary>
/// Listens to what the program measures of itself: to what one test sets going, and to nothing of the tests beside it.
/// </summary>
public sealed class Heard : IDisposable
{
    private static readonly AsyncLocal<Heard?> Mine = new();

    private readonly MeterListener _metrics = new();
    private readonly ActivityListener _traces;
    private readonly ConcurrentQueue<string> _measured = new();
    private readonly ConcurrentQueue<(string Trace, TimeSpan Took)> _traced = new();

    /// <summary>Hears what is set going from here on by whoever made this.</summary>
    public Heard()
    {
        Mine.Value = this;
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Signals.Name && !instrument.IsObservable)
                listener.EnableMeasurementEvents(instrument);
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _metrics.Start();
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Signals.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => Mine.Value == this ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity => _traced.Enqueue((Written(activity.OperationName, activity.TagObjects), activity.Duration)),
        };
        ActivitySource.AddActivityListener(_traces);
    }

    /// <summary>"chatops.stops{outcome=confirmed,rule=daily-spend-cap} 1", tags by name.</summary>
    public IReadOnlyList<string> Measured => [.. _measured];

    /// <summary>"sweep{accounts=1,failed=0}", in the order in which they ended.</summary>
    public IReadOnlyList<string> Traced => [.. _traced.Select(one => one.Trace)];

    /// <summary>How long they took on the machine's clock.</summary>
    public IReadOnlyList<(string Trace, TimeSpan Took)> Took => [.. _traced];

    /// <summary>What one instrument measured.</summary>
    public IReadOnlyList<string> Of(string instrument) => [.. _measured.Where(one => one.StartsWith($"{instrument}{{", StringComparison.Ordinal))];

    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Mine.Value == this)
            _measured.Enqueue(FormattableString.Invariant($"{Written(instrument.Name, tags.ToArray())} {value}"));
    }

    private static string Written(string name, IEnumerable<KeyValuePair<string, object?>> tags) =>
        $"{name}{{{string.Join(',', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))}}}";
}
