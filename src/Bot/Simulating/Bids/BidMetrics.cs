using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOpsCampaigns.Bot.Simulating.Bids;

/// <summary>What the runs of all campaigns come to.</summary>
internal sealed class BidMetrics
{
    private static readonly double TenPercent = Math.Log(1.1);
    private static readonly double TwentyPercent = Math.Log(1.2);
    private static readonly double FifteenPercent = Math.Log(1.15);

    private const int MeanHours = 24;
    private const int SettledFor = 48;

    private readonly IReadOnlyList<BidRun> _runs;
    private readonly double[] _rmse;
    private readonly double[] _settled;
    private readonly double _within10;
    private readonly double _within20;
    private readonly double _movesADay;

    public BidMetrics(IReadOnlyList<BidRun> runs)
    {
        _runs = runs;
        var from = BidPlay.FirstJudgedDay * 24;
        _rmse = [.. runs.Select(run => Math.Sqrt(run.Errors.Skip(from).Average(error => error * error)))];
        _within10 = runs.Average(run => run.Errors.Skip(from).Count(error => Math.Abs(error) <= TenPercent) / (double)(run.Errors.Length - from));
        _within20 = runs.Average(run => run.Errors.Skip(from).Count(error => Math.Abs(error) <= TwentyPercent) / (double)(run.Errors.Length - from));
        _settled = [.. runs.Select(run => Settled(run.Errors)).OfType<double>()];
        _movesADay = runs.Average(run => run.Moves.Count * 24.0 / run.Errors.Length);
    }

    public double Score => _runs.Sum(run => run.Score);

    public JsonObject ToJson() => new()
    {
        ["medianRmseLn"] = Interval.Rounded(Interval.Quantile(_rmse, .5)),
        ["p90RmseLn"] = Interval.Rounded(Interval.Quantile(_rmse, .9)),
        ["within10"] = Interval.Rounded(_within10),
        ["within20"] = Interval.Rounded(_within20),
        ["settledShare"] = Interval.Rounded(_settled.Length / (double)_runs.Count),
        ["settleHoursMedian"] = Interval.Rounded(Interval.Quantile(_settled, .5)),
        ["bidChangesPerDay"] = Interval.Rounded(_movesADay),
        ["score"] = Math.Round(Score, 1),
    };

    /// <param name="oracle">What the same campaigns come to for somebody who knows the auction; null where it was not played.</param>
    public IReadOnlyList<(string Name, string Value)> Lines(BidMetrics? oracle, BidMetrics? human)
    {
        var lines = new List<(string, string)>
        {
            ("RMSE of ln(CPA ÷ target), median", Number(Interval.Quantile(_rmse, .5))),
            ("  p90", Number(Interval.Quantile(_rmse, .9))),
            ("hours within 10 %", Share(_within10)),
            ("hours within 20 %", Share(_within20)),
            ("settled", Share(_settled.Length / (double)_runs.Count)),
            ("  hours until then, median", Interval.Quantile(_settled, .5).ToString("0", CultureInfo.InvariantCulture)),
            ("bid changes a day", _movesADay.ToString("0.00", CultureInfo.InvariantCulture)),
            ("score", Score.ToString("N0", CultureInfo.InvariantCulture)),
        };
        if (oracle is not null)
            lines.Add(("  of the oracle's", Share(Score / oracle.Score)));

        if (human is not null)
        {
            var gain = Interval.OfRatio([.. _runs.Select((run, at) => (run.Score - human._runs[at].Score, human._runs[at].Score))]);
            lines.Add(("  above the daily human, paired", gain.Percent()));
        }

        return lines;
    }

    /// <summary>The first hour from which on the mean of a day stays within 15 % for two.</summary>
    private static double? Settled(double[] errors)
    {
        var (sum, calm) = (0.0, 0);
        for (var hour = 0; hour < errors.Length; hour++)
        {
            sum += errors[hour] - (hour >= MeanHours ? errors[hour - MeanHours] : 0);
            if (hour < MeanHours - 1)
                continue;

            calm = Math.Abs(sum / MeanHours) <= FifteenPercent ? calm + 1 : 0;
            if (calm >= SettledFor)
                return hour + 2 - SettledFor;
        }

        return null;
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Share(double value) => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
