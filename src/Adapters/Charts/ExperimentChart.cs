using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChatOpsCampaigns.Adapters.Charts;

/// <summary>A bar of a picture, with its interval where it has one.</summary>
internal sealed record ExperimentBar(string Name, double Value, double? Low, double? High);

/// <summary>Draws what an experiment came to, a bar for each policy.</summary>
internal static class ExperimentChart
{
    private const double Headroom = 1.15;

    public static void Write(string file, string title, string up, IReadOnlyList<ExperimentBar> bars)
    {
        var plot = ChartStyle.New(title, "", up);
        for (var at = 0; at < bars.Count; at++)
        {
            var bar = plot.Add.Bar(at, bars[at].Value);
            bar.Color = bars[at].Name.StartsWith("agent", StringComparison.Ordinal) ? ChartStyle.Blue : ChartStyle.Grey;
            if (bars[at] is { Low: { } low, High: { } high })
            {
                var interval = plot.Add.Line(at, low, at, high);
                interval.LineColor = ChartStyle.Red;
                interval.LineWidth = 2;
                interval.MarkerSize = 0;
            }
        }

        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, bars.Count).Select(at => (double)at)], [.. bars.Select(bar => ChartStyle.Plain(bar.Name))]);
        plot.Axes.Left.TickGenerator = new NumericAutomatic();
        var top = bars.Select(bar => bar.High ?? bar.Value).DefaultIfEmpty(1).Max();
        var bottom = Math.Min(0, bars.Select(bar => bar.Low ?? bar.Value).DefaultIfEmpty(0).Min());
        plot.Axes.SetLimits(-0.6, bars.Count - 0.4, bottom * Headroom, Math.Max(1e-6, top * Headroom));
        plot.SavePng(file, ChartStyle.Width, ChartStyle.Height);
    }
}
