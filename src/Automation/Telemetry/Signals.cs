using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace ChatOpsCampaigns.Automation.Telemetry;

/// <summary>
/// What the program measures of itself, under one name for metrics and traces. Tags are words of a short list or our own ids; never what a
/// person typed, what a network answered, or a secret. Where nobody listens a measurement costs next to nothing.
/// </summary>
public static class Signals
{
    /// <summary>Of the meter and of the source of traces.</summary>
    public const string Name = "ChatOpsCampaigns";

    public static readonly ActivitySource Traces = new(Name);

    public static readonly Meter Meter = new(Name);

    /// <summary>Machine time that one sweep took.</summary>
    public static readonly Histogram<double> SweepTook = Seconds("chatops.sweep.duration", "How long one emergency sweep took.");

    /// <summary>Tags: <c>network</c>, <c>state</c> of the figures.</summary>
    public static readonly Counter<long> Judged = Meter.CreateCounter<long>("chatops.sweep.judged", "{campaign}", "Campaigns that the rules spoke about, by the state of their figures.");

    /// <summary>In campaign time, of each campaign at each look. Tag: <c>network</c>.</summary>
    public static readonly Histogram<double> ReadingAge = Meter.CreateHistogram(
        "chatops.reading.age", "s", "How old the figures of a campaign were when they were judged.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400] });

    /// <summary>Every attempt to pause what an incident stops. Tags: <c>rule</c>, <c>outcome</c>.</summary>
    public static readonly Counter<long> Stops = Meter.CreateCounter<long>("chatops.stops", "{pause}", "Pauses that an incident demanded, by its cause and by whether the network confirmed them.");

    /// <summary>Machine time from the first word about an incident to the confirmed pause. Tag: <c>rule</c>.</summary>
    public static readonly Histogram<double> StopTook = Seconds("chatops.stop.duration", "From the breach to the pause that was read back.");

    /// <summary>Every turn of the agent over a campaign. Tag: <c>outcome</c>.</summary>
    public static readonly Counter<long> Decisions = Meter.CreateCounter<long>("chatops.decisions", "{turn}", "Turns of the agent over one campaign, by what came of them.");

    /// <summary>Launches that came to an end or to a person. Tags: <c>network</c>, <c>outcome</c>.</summary>
    public static readonly Counter<long> Launches = Meter.CreateCounter<long>("chatops.launches", "{launch}", "Launches by how they ended.");

    /// <summary>Machine time from arrival to the end of the answer. Tags: <c>channel</c>, <c>outcome</c>.</summary>
    public static readonly Histogram<double> ChatLatency = Seconds("chatops.chat.latency", "From the arrival of a message to the end of its answer.");

    /// <summary>Tags: <c>network</c>, <c>mode</c>, <c>call</c>, <c>outcome</c>.</summary>
    public static readonly Counter<long> NetworkCalls = Meter.CreateCounter<long>("chatops.network.calls", "{call}", "Calls to ad networks by what came of them.");

    /// <summary>Machine time. Tags: <c>network</c>, <c>mode</c>, <c>call</c>.</summary>
    public static readonly Histogram<double> NetworkTook = Seconds("chatops.network.call.duration", "How long calls to ad networks took.");

    /// <summary>Messages handed to mail, SMS, push and chat. Tags: <c>channel</c>, <c>outcome</c>.</summary>
    public static readonly Counter<long> Alerts = Meter.CreateCounter<long>("chatops.alerts", "{message}", "Alert messages by channel and by whether it took them.");

    private static Histogram<double> Seconds(string name, string says) => Meter.CreateHistogram(
        name, "s", says, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });

    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>A word of a short list: <c>RateLimited</c> becomes <c>rate_limited</c>.</summary>
    public static KeyValuePair<string, object?> Tag(string name, Enum value) => new(name, Word(value));

    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
