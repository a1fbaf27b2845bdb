using System.Collections.Immutable;
using System.Globalization;
using ChatOpsCampaigns.Automation.Accounts;
using ChatOpsCampaigns.Automation.AdNetworks;
using ChatOpsCampaigns.Automation.Campaigns;
using ChatOpsCampaigns.Automation.Creatives;
using ChatOpsCampaigns.Automation.Predictions;
using ChatOpsCampaigns.Automation.Values;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChatOpsCampaigns.Adapters.Charts;

/// <summary>Draws with ScottPlot into the media store.</summary>
internal sealed class Charts(IMediaStore media, DrawnCharts drawn) : ICharts
{
    /// <summary>Empty room above the highest thing drawn.</summary>
    private const double Headroom = 1.15;

    public Task<Digest> SaturationAsync(PreLaunchPredictions predictions, Money dailyBudget, CancellationToken cancellationToken)
    {
        var curve = predictions.Curve;
        var plot = ChartStyle.New(
            curve.Assumed ? "What a day's budget brings (assumed, no own days yet)" : "What a day's budget brings", "Daily spend", $"{predictions.Result.Title} a day");

        double[] spend = [.. curve.Points.Select(point => (double)point.Spend)];
        double[] middle = [.. curve.Points.Select(point => (double)point.Middle)];
        double[] low = [.. curve.Points.Select(point => (double)point.Low)];
        double[] high = [.. curve.Points.Select(point => (double)point.High)];

        var band = plot.Add.FillY(spend, low, high);
        band.FillColor = ChartStyle.Blue.WithAlpha(.15);
        band.LineWidth = 0;
        band.LegendText = "10–90 %";
        var line = plot.Add.ScatterLine(spend, middle, ChartStyle.Blue);
        line.LineWidth = 3;
        line.LegendText = "middle";

        var top = Math.Max(1e-6, high.DefaultIfEmpty(1).Max()) * Headroom;
        if (curve.Optimum is { } optimum)
        {
            var best = plot.Add.Rectangle(
                (double)optimum.Low.Amount, Math.Min((double)optimum.High.Amount, spend.DefaultIfEmpty(0).Max()), 0, top);
            best.FillColor = ChartStyle.Green.WithAlpha(.12);
            best.LineWidth = 0;
            best.LegendText = $"optimum {optimum.Low}–{optimum.High}{(curve.Assumed ? ", assumed" : "")}";
        }

        var now = (double)dailyBudget.Amount;
        ChartStyle.Mark(plot, now, At(spend, middle, now), top * .08, $"now {dailyBudget}", ChartStyle.Red);
        plot.Axes.Bottom.TickGenerator = ChartStyle.MoneyTicks(predictions.Currency);
        plot.Axes.Left.TickGenerator = ChartStyle.NumberTicks();
        plot.Axes.SetLimits(0, Math.Max(spend.DefaultIfEmpty(1).Max(), now), 0, top);
        plot.ShowLegend(Alignment.UpperLeft);
        var shown = DrawnCharts.Spread(curve.Points);
        return KeepAsync(
            plot,
            new ChartNumbers(
                curve.Assumed ? "What a day's budget brings (assumed)" : "What a day's budget brings", "Daily spend", $"{predictions.Result.Title} a day",
                [.. shown.Select(point => predictions.Currency.Of(point.Spend).ToString())],
                [Line("middle", shown.Select(point => point.Middle)), Line("low (10 %)", shown.Select(point => point.Low)), Line("high (90 %)", shown.Select(point => point.High))])
            {
                Amounts = [.. shown.Select(point => decimal.Round(point.Spend, 2))],
            },
            cancellationToken);
    }

    public Task<Digest> SpendAgainstCapAsync(
        string name, IReadOnlyList<SpendPoint> points, Money dailyBudget, Money cap, AccountDay day, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var plot = ChartStyle.New($"Spend on {day}: {name}", $"Time ({zone.Id})", "");
        var (start, end) = (Local(day.Start(zone), zone), Local(day.End(zone), zone));

        if (points.Count > 0)
        {
            var spent = plot.Add.ScatterLine(
                points.Select(point => Local(point.At, zone)).ToArray(), points.Select(point => (double)point.Spend).ToArray(), ChartStyle.Blue);
            spent.LineWidth = 3;
            spent.LegendText = $"spend {cap.Currency.Of(points[^1].Spend)}";
            spent.FillY = true;
            spent.FillYColor = ChartStyle.Blue.WithAlpha(.12);
        }

        var pace = plot.Add.Line(start.ToOADate(), 0, end.ToOADate(), (double)dailyBudget.Amount);
        pace.LineColor = ChartStyle.Grey;
        pace.LinePattern = LinePattern.Dashed;
        pace.LineWidth = 2;
        pace.MarkerSize = 0;
        pace.LegendText = $"even pace to {dailyBudget}";
        plot.Add.HorizontalLine((double)cap.Amount, 2, ChartStyle.Red).LegendText = $"cap {cap}";

        var top = Math.Max((double)cap.Amount, points.Select(point => (double)point.Spend).DefaultIfEmpty(0).Max()) * Headroom;
        var bottom = plot.Axes.DateTimeTicksBottom();
        bottom.TickGenerator = new DateTimeAutomatic { LabelFormatter = AccountTime.OnAxis };
        ChartStyle.Quieten(bottom);
        plot.Axes.Left.TickGenerator = ChartStyle.MoneyTicks(cap.Currency);
        plot.Axes.SetLimits(start.ToOADate(), end.ToOADate(), 0, Math.Max(1e-6, top));
        plot.ShowLegend(Alignment.LowerRight);
        var shown = DrawnCharts.Spread(points);
        var length = (end - start).TotalHours;
        return KeepAsync(
            plot,
            new ChartNumbers(
                $"Spend on {day}", $"Time ({zone.Id})", cap.Currency.Code, [.. shown.Select(point => AccountTime.OnAxis(Local(point.At, zone)))],
                [
                    Line("spend", shown.Select(point => point.Spend)), Line("cap", shown.Select(_ => cap.Amount)),
                    Line("even pace", shown.Select(point => dailyBudget.Amount * (decimal)((Local(point.At, zone) - start).TotalHours / length))),
                ])
            {
                Moments = [.. shown.Select(point => Local(point.At, zone).ToString("s", CultureInfo.InvariantCulture))],
            },
            cancellationToken);
    }

    public Task<Digest> CostAgainstTargetAsync(
        string name, ResultWord result, IReadOnlyList<DayFigures> days, Money? target, CancellationToken cancellationToken)
    {
        var plot = ChartStyle.New($"{result.CostTitle} by day: {name}", "", "");
        var withResults = days.Where(day => result.In(day) > 0).ToList();
        var costs = withResults.ConvertAll(day => (double)(day.Spend.Amount / result.In(day)!.Value));
        if (withResults.Count > 0)
        {
            var line = plot.Add.Scatter(
                withResults.Select(day => day.Day.Date.ToDateTime(TimeOnly.MinValue)).ToArray(), costs.ToArray(), ChartStyle.Blue);
            line.LineWidth = 3;
            line.MarkerSize = 7;
            line.LegendText = $"spend ÷ {result.Many} of the day";
        }

        if (target is { } wanted)
            plot.Add.HorizontalLine((double)wanted.Amount, 2, ChartStyle.Green).LegendText = $"target {wanted}";

        var currency = target?.Currency ?? (days.Count > 0 ? days[0].Spend.Currency : Currency.Usd);
        var bottom = plot.Axes.DateTimeTicksBottom();
        bottom.TickGenerator = new DateTimeAutomatic { LabelFormatter = moment => moment.ToString("d MMM", CultureInfo.InvariantCulture) };
        ChartStyle.Quieten(bottom);
        plot.Axes.Left.TickGenerator = ChartStyle.MoneyTicks(currency);
        var top = Math.Max((double)(target?.Amount ?? 0), costs.DefaultIfEmpty(0).Max()) * Headroom;
        plot.Axes.SetLimitsY(0, Math.Max(1e-6, top));
        plot.ShowLegend(Alignment.LowerLeft);
        var shown = DrawnCharts.Spread(withResults);
        var lines = new List<ChartLine> { Line(result.CostTitle, shown.Select(day => day.Spend.Amount / result.In(day)!.Value)) };
        if (target is { } aim)
            lines.Add(Line("target", shown.Select(_ => aim.Amount)));

        return KeepAsync(
            plot,
            new ChartNumbers($"{result.CostTitle} by day", "", currency.Code, [.. shown.Select(day => day.Day.Date.ToString("d MMM", CultureInfo.InvariantCulture))], [.. lines])
            {
                Moments = [.. shown.Select(day => day.Day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
            },
            cancellationToken);
    }

    private async Task<Digest> KeepAsync(Plot plot, ChartNumbers numbers, CancellationToken cancellationToken)
    {
        var bytes = plot.GetImageBytes(ChartStyle.Width, ChartStyle.Height, ImageFormat.Png);
        using var stream = new MemoryStream(bytes);
        var picture = await media.KeepAsync(stream, cancellationToken);
        drawn.Keep(picture, numbers);
        return picture;
    }

    private static ChartLine Line(string name, IEnumerable<decimal> values) => new(name, [.. values.Select(value => decimal.Round(value, 2))]);

    private static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static double At(double[] spend, double[] results, double budget)
    {
        for (var index = 1; index < spend.Length; index++)
        {
            if (spend[index] >= budget)
            {
                var share = (budget - spend[index - 1]) / (spend[index] - spend[index - 1]);
                return results[index - 1] + (share * (results[index] - results[index - 1]));
            }
        }

        return results.Length > 0 ? results[^1] : 0;
    }
}
