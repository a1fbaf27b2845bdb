using System.Globalization;
using System.Text.Json.Nodes;
using ChatOpsCampaigns.Adapters.AdNetworks.Simulator.Stepping;

namespace ChatOpsCampaigns.Bot.Simulating.Emergencies;

/// <summary>What the tallies of all campaigns come to.</summary>
internal sealed class EmergencyMetrics(IReadOnlyList<EmergencyTally> tallies, double? sharedOutageMinutes)
{
    private static readonly double[] Factors = [3, 5, 10];
    private static readonly (double From, double To)[] Volumes = [(0, 20), (20, 60), (60, 200), (200, double.MaxValue)];

    private readonly List<FaultOutcome> _faults = [.. tallies.SelectMany(tally => tally.Faults)];

    private Interval FalseStops => Interval.OfShare(tallies.Sum(tally => tally.FalseStops), tallies.Sum(tally => tally.CleanDays));

    private Interval Loss(FaultKind kind) => Interval.OfRatio([.. tallies.Select(tally => Sum(tally.Faults.Where(fault => fault.Fault.Kind == kind && !fault.StoppedForYesterday).Select(fault => fault.Lost)))]);

    public JsonObject ToJson()
    {
        var waits = tallies.SelectMany(tally => tally.SnapshotToPause).ToList();
        var over = OverCap(_ => true);
        var runaway = new JsonObject();
        foreach (var factor in Factors)
            runaway[Name(factor)] = Runaway(factor);

        var outage = new JsonObject();
        foreach (var (from, to) in Volumes)
            outage[VolumeName(from, to)] = Detected(Of(FaultKind.Outage, fault => fault.ConversionsADay >= from && fault.ConversionsADay < to));

        return new JsonObject
        {
            ["cleanCampaignDays"] = tallies.Sum(tally => tally.CleanDays),
            ["falseStopsPerCleanDay"] = FalseStops.ToJson(),
            ["falseStopsOnFreeze"] = Harmless(FaultKind.Freeze).ToJson(),
            ["falseStopsOnApiGap"] = Harmless(FaultKind.ApiGap).ToJson(),
            ["falseStopsOnOverdelivery"] = Harmless(FaultKind.Overdelivery).ToJson(),
            ["runaway"] = runaway,
            ["runawayLossShare"] = Loss(FaultKind.Runaway).ToJson(),
            ["outage"] = outage,
            ["sharedOutageMedianMinutes"] = sharedOutageMinutes is { } minutes ? Interval.Rounded(minutes) : null,
            ["fraud"] = Detected(Of(FaultKind.Fraud)),
            ["priceSpike"] = Detected(Of(FaultKind.PriceSpike)),
            ["priceSpikeX3WithinTwoRefreshes"] = WithinTwoRefreshes().ToJson(),
            ["falseAlertsPerCampaignMonth"] = Interval.Rounded(FalseAlertsAMonth),
            ["overCapDollars"] = Percentiles(over),
            ["valueLostToFalseStops"] = ValueLost.ToJson(),
            ["snapshotToPauseSecondsP95"] = Interval.Rounded(Interval.Quantile(waits, .95)),
            ["snapshotToPauseSecondsP99"] = Interval.Rounded(Interval.Quantile(waits, .99)),
        };
    }

    public IReadOnlyList<(string Name, string Value)> Lines() =>
    [
        ("clean campaign-days", tallies.Sum(tally => tally.CleanDays).ToString("N0", CultureInfo.InvariantCulture)),
        ("false stops per clean day", FalseStops.Percent()),
        ("  of these by rule", Rules()),
        ("stopped on a report freeze", Harmless(FaultKind.Freeze).Percent()),
        ("stopped on an API gap", Harmless(FaultKind.ApiGap).Percent()),
        ("stopped on an overdelivery day", Harmless(FaultKind.Overdelivery).Percent()),
        .. Factors.Select(factor => ($"runaway {Name(factor)}: same day, median, after evidence", Words(Of(FaultKind.Runaway, fault => fault.Fault.Factor == factor)))),
        ("runaway loss share", Loss(FaultKind.Runaway).Percent()),
        .. Volumes.Select(volume => ($"outage {VolumeWords(volume.From, volume.To)} results a day", Words(Of(FaultKind.Outage, fault => fault.ConversionsADay >= volume.From && fault.ConversionsADay < volume.To)))),
        ("outage shared by 10 campaigns, median", sharedOutageMinutes is { } minutes ? Minutes(minutes) : "-"),
        ("fraud", Words(Of(FaultKind.Fraud))),
        ("price spike", Words(Of(FaultKind.PriceSpike))),
        ("price spike told within two reports", WithinTwoRefreshes().Percent()),
        ("false alerts a campaign-month", FalseAlertsAMonth.ToString("0.00", CultureInfo.InvariantCulture)),
        ("dollars over the cap, runaway days p50/p95/p99", Dollars(OverCap(_ => true))),
        .. _faults.Select(fault => fault.RefreshMinutes).Distinct().Order().Select(minutes => ($"  reports every {minutes:0} min", Dollars(OverCap(fault => fault.RefreshMinutes == minutes)))),
        .. _faults.Select(fault => fault.Overdelivery).Distinct().Order().Select(factor => ($"  overdelivery {factor.ToString(CultureInfo.InvariantCulture)}", Dollars(OverCap(fault => fault.Overdelivery == factor)))),
        ("value lost to false stops", ValueLost.Percent()),
        ("report to confirmed pause p95/p99", Waits()),
    ];

    private Interval ValueLost => Interval.OfRatio([.. tallies.Select(tally => tally.ValueLost)]);

    private double FalseAlertsAMonth => tallies.Sum(tally => tally.FalseAlerts) * 30.0 / Math.Max(1, tallies.Sum(tally => tally.CleanDays));

    private Interval Harmless(FaultKind kind)
    {
        var counted = tallies.Select(tally => tally.Harmless.GetValueOrDefault(kind)).ToList();
        return Interval.OfShare(counted.Sum(one => one.Stops), counted.Sum(one => one.Days));
    }

    private List<FaultOutcome> Of(FaultKind kind, Func<FaultOutcome, bool>? which = null) =>
        [.. _faults.Where(fault => fault.Fault.Kind == kind && !fault.StoppedForYesterday && (which is null || which(fault)))];

    /// <summary>Of those under which a cent was spent: without one there is no price.</summary>
    private Interval WithinTwoRefreshes()
    {
        var spikes = Of(FaultKind.PriceSpike, fault => !fault.StoppedBefore && fault.Lost.Whole > 0);
        return Interval.OfShare(spikes.Count(fault => fault.AfterRefreshes is <= 2), spikes.Count);
    }

    private JsonObject Runaway(double factor)
    {
        var runaways = Of(FaultKind.Runaway, fault => fault.Fault.Factor == factor);
        return new JsonObject
        {
            ["sameDay"] = Share(runaways).ToJson(),
            ["medianMinutes"] = Median(runaways.Select(fault => fault.Minutes)),
            ["afterEvidenceMinutes"] = Median(runaways.Select(fault => fault.AfterEvidence)),
        };
    }

    private static JsonObject Detected(List<FaultOutcome> faults) => new()
    {
        ["detected"] = Share(faults).ToJson(),
        ["medianMinutes"] = Median(faults.Select(fault => fault.Minutes)),
    };

    private List<double> OverCap(Func<FaultOutcome, bool> which) => [.. Of(FaultKind.Runaway, which).Select(fault => fault.OverCap)];

    private static Interval Share(List<FaultOutcome> faults) => Interval.OfShare(faults.Count(fault => fault.Minutes is not null), faults.Count);

    private static double Median(IEnumerable<double?> minutes) => Interval.Rounded(Interval.Quantile(minutes.OfType<double>(), .5));

    private static (double, double) Sum(IEnumerable<(double Part, double Whole)> pairs) =>
        pairs.Aggregate((Part: 0.0, Whole: 0.0), (sum, pair) => (sum.Part + pair.Part, sum.Whole + pair.Whole));

    private static JsonObject Percentiles(List<double> values) => new()
    {
        ["p50"] = Math.Round(Interval.Quantile(values, .5), 2),
        ["p95"] = Math.Round(Interval.Quantile(values, .95), 2),
        ["p99"] = Math.Round(Interval.Quantile(values, .99), 2),
    };

    private static string Name(double factor) => $"x{factor.ToString("0", CultureInfo.InvariantCulture)}";

    private static string VolumeName(double from, double to) => from <= 0 ? "below20" : to > 1e6 ? "above200" : string.Create(CultureInfo.InvariantCulture, $"from{from:0}to{to:0}");

    private static string VolumeWords(double from, double to) => from <= 0 ? "below 20" : to > 1e6 ? "above 200" : string.Create(CultureInfo.InvariantCulture, $"{from:0}–{to:0}");

    private static string Words(List<FaultOutcome> faults) =>
        $"{Share(faults).Percent()} of {faults.Count}, {Minutes(Median(faults.Select(fault => fault.Minutes)))}, {Minutes(Median(faults.Select(fault => fault.AfterEvidence)))}";

    private static string Minutes(double minutes) => minutes.ToString("0", CultureInfo.InvariantCulture) + " min";

    private static string Dollars(List<double> values) => string.Create(
        CultureInfo.InvariantCulture, $"${Interval.Quantile(values, .5):0} / ${Interval.Quantile(values, .95):0} / ${Interval.Quantile(values, .99):0}");

    private string Rules()
    {
        var rules = tallies.SelectMany(tally => tally.FalseRules).GroupBy(rule => rule.Key, rule => rule.Value).OrderByDescending(rule => rule.Sum()).Select(rule => $"{rule.Key} {rule.Sum()}").ToList();
        return rules.Count == 0 ? "none" : string.Join(", ", rules);
    }

    private string Waits()
    {
        var waits = tallies.SelectMany(tally => tally.SnapshotToPause).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Interval.Quantile(waits, .95):0.0} s / {Interval.Quantile(waits, .99):0.0} s");
    }
}
