using System.Globalization;
using ChatOpsCampaigns.Automation.Values;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ChatOpsCampaigns.Adapters.Charts;

/// <summary>How every chart looks. The font is shipped: without one on the machine a chart would have no text at all.</summary>
internal static class ChartStyle
{
    public const int Width = 800;
    public const int Height = 400;

    public static readonly Color Blue = Color.FromHex("#2563EB");
    public static readonly Color Green = Color.FromHex("#15803D");
    public static readonly Color Red = Color.FromHex("#DC2626");
    public static readonly Color Grey = Color.FromHex("#6B7280");

    private const string FontName = "ChartSans";

    /// <summary>The shipped font, plain and bold.</summary>
    public static readonly IReadOnlyList<string> FontFiles =
        [.. new[] { "DejaVuSans.ttf", "DejaVuSans-Bold.ttf" }.Select(file => Path.Combine(AppContext.BaseDirectory, "Charts", "Fonts", file))];

    private static readonly Lock FontLock = new();
    private static bool _fontAdded;

    public static Plot New(string title, string across, string up)
    {
        AddFont();
        var plot = new Plot();
        plot.Font.Set(FontName);
        plot.Title(Plain(title), 15);
        plot.XLabel(across);
        plot.YLabel(up);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Grid.YAxisStyle.MajorLineStyle.Color = Color.FromHex("#E5E7EB");
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 30;
        Quieten(plot.Axes.Left);
        Quieten(plot.Axes.Bottom);
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(.8);
        return plot;
    }

    public static void Quieten(IAxis axis)
    {
        axis.FrameLineStyle.Color = Color.FromHex("#9CA3AF");
        axis.TickLabelStyle.ForeColor = Color.FromHex("#374151");
        axis.TickLabelStyle.FontName = FontName;
        axis.TickLabelStyle.FontSize = 12;
        axis.Label.Bold = false;
        axis.Label.FontSize = 13;
        axis.Label.FontName = FontName;
        axis.MinorTickStyle.Length = 0;
    }

    public static NumericAutomatic MoneyTicks(Currency currency) =>
        new() { LabelFormatter = value => currency.Of((decimal)Math.Round(value, 2)).ToString() };

    public static NumericAutomatic NumberTicks() =>
        new() { LabelFormatter = value => value.ToString("#,0.##", CultureInfo.InvariantCulture) };

    /// <summary>A dashed line from the axis up to a point, the point, and words beside it at a chosen height.</summary>
    public static void Mark(Plot plot, double x, double y, double wordsAt, string words, Color color)
    {
        var line = plot.Add.Line(x, 0, x, y);
        line.LineColor = color;
        line.LineWidth = 2;
        line.LinePattern = LinePattern.Dashed;
        line.MarkerSize = 0;
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, 10, color);

        var text = plot.Add.Text(words, x, wordsAt);
        text.LabelFontColor = color;
        text.LabelFontName = FontName;
        text.LabelFontSize = 13;
        text.LabelBold = true;
        text.OffsetX = 8;
        text.LabelAlignment = Alignment.MiddleLeft;
    }

    /// <summary>One font draws no pictures and no Chinese: what it cannot draw is left out rather than shown as boxes.</summary>
    public static string Plain(string text) => string.Concat(text.Where(letter => letter < 0x2E80 && !char.IsSurrogate(letter)));

    private static void AddFont()
    {
        lock (FontLock)
        {
            if (_fontAdded)
                return;

            Fonts.AddFontFile(FontName, FontFiles[0]);
            Fonts.AddFontFile(FontName, FontFiles[1], bold: true);
            Fonts.Default = FontName;
            _fontAdded = true;
        }
    }
}
