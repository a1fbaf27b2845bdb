using System.Globalization;
using ChatOpsCampaigns.Automation.Agent.Curves;
using ChatOpsCampaigns.Kit;

namespace ChatOpsCampaigns.Automation.Tests.Agent.Curves;

/// <summary>Fits of real data against the digits that NIST certifies and that R's nls gives.</summary>
public sealed class LeastSquaresTests
{
    private static readonly Dictionary<string, Func<IReadOnlyList<double>, double, double>> Models = new()
    {
        ["Misra1a"] = (b, x) => b[0] * (1 - Math.Exp(-b[1] * x)),
        ["BoxBOD"] = (b, x) => b[0] * (1 - Math.Exp(-b[1] * x)),
        ["Chwirut1"] = (b, x) => Math.Exp(-b[0] * x) / (b[1] + (b[2] * x)),
        ["Eckerle4"] = (b, x) => b[0] / b[1] * Math.Exp(-.5 * Math.Pow((x - b[2]) / b[1], 2)),
        ["MGH09"] = (b, x) => b[0] * ((x * x) + (x * b[1])) / ((x * x) + (x * b[2]) + b[3]),
        ["Thurber"] = (b, x) => (b[0] + (b[1] * x) + (b[2] * x * x) + (b[3] * x * x * x)) / (1 + (b[4] * x) + (b[5] * x * x) + (b[6] * x * x * x)),
    };

    [Fact]
    public void Too_few_points_fit_nothing() => LeastSquares.Fit((b, x) => b[0] * x, [1], [2], [1]).ShouldBeNull();

    [Fact]
    public void A_line_without_noise_is_found() => LeastSquares.Fit((b, x) => b[0] + (b[1] * x), [1, 2, 3, 4], [3, 5, 7, 9], [0, 1])!.Parameters.ShouldBe([1, 2], 1e-7);

    [Theory]
    [InlineData("Misra1a")]
    [InlineData("BoxBOD")]
    [InlineData("Chwirut1")]
    [InlineData("Eckerle4")]
    [InlineData("MGH09")]
    [InlineData("Thurber")]
    public void Certified_parameters_are_met_to_six_digits(string set)
    {
        Assert.SkipUnless(RealData.Has("nist_strd", $"{set}.dat"), RealData.Missing);
        var lines = File.ReadAllLines(RealData.File("nist_strd", $"{set}.dat"));
        var certified = lines.Take(60).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts is [['b', _], "=", _, _, _, _]).Select(parts => parts[2..].Select(Number).ToArray()).ToList();
        var points = lines.Skip(60).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 2).Select(parts => (Y: Number(parts[0]), X: Number(parts[1]))).ToList();

        var fit = LeastSquares.Fit(Models[set], [.. points.Select(point => point.X)], [.. points.Select(point => point.Y)], [.. certified.Select(row => row[1])])!;

        for (var index = 0; index < certified.Count; index++)
        {
            (fit.Parameters[index] / certified[index][2]).ShouldBe(1, 1e-6);
            (fit.Errors[index] / certified[index][3]).ShouldBe(1, 1e-3);
        }
    }

    [Proves(101)]
    [Fact]
    public void Puromycin_gives_the_reference_half_way_dose_and_height()
    {
        Assert.SkipUnless(RealData.Has("mmm", "puromycin.csv"), RealData.Missing);
        var rows = Rows("puromycin.csv").Where(row => row[2] == "treated").ToList();

        var fit = LeastSquares.Fit((b, x) => new Hill(b[0], b[1], 1).At(x), [.. rows.Select(row => Number(row[0]))], [.. rows.Select(row => Number(row[1]))], [200, .05])!;

        // R stops at 212.68358; the least is a ten-thousandth further.
        fit.Parameters[0].ShouldBe(212.68358, 2e-4);
        fit.Errors[0].ShouldBe(6.94715, 1e-3);
        fit.Parameters[1].ShouldBe(.0641210, 1e-6);
        fit.Errors[1].ShouldBe(.0082809, 1e-5);
        fit.ResidualDeviation.ShouldBe(10.93366, 1e-4);
        fit.Free.ShouldBe(10);
    }

    [Proves(101)]
    [Fact]
    public void Ryegrass_gives_the_reference_curve_of_four_parameters()
    {
        Assert.SkipUnless(RealData.Has("mmm", "ryegrass.csv"), RealData.Missing);
        var rows = Rows("ryegrass.csv").ToList();

        var fit = LeastSquares.Fit(
            (b, x) => b[1] + ((b[2] - b[1]) * (1 - new Hill(1, b[3], b[0]).At(x))),
            [.. rows.Select(row => Number(row[1]))], [.. rows.Select(row => Number(row[0]))], [2, .5, 8, 3])!;

        fit.Parameters.ShouldBe([2.98223, .48141, 7.79296, 3.05795], 2e-5);
    }

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(RealData.File("mmm", file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(','));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
